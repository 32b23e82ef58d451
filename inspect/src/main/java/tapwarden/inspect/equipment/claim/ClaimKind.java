package tapwarden.inspect.equipment.claim;

import java.util.Locale;

/** What a guess is about. */
public enum ClaimKind {
  /** Who made the device. */
  VENDOR,
  /** Which of the vendor's devices it is. */
  MODEL,
  /** Operating system or firmware, with its version if that is said. */
  FIRMWARE,
  /** A program that answered or asked, with its version if that is said. */
  SOFTWARE,
  /** What it is for, in the words that declarations use: {@code router}, {@code camera}, ... */
  ROLE;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As events show it. */
  public String id() {
    return id;
  }
}
