package tapwarden.inspect.intel;

import java.util.Locale;

/** What an indicator names. */
public enum IndicatorType {
  /** One address on one port. */
  ADDRESS_PORT,
  ADDRESS,
  NETWORK,
  /** A name and all names below it. */
  NAME;

  /** {@code address_port}, {@code address}, {@code network} or {@code name}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
