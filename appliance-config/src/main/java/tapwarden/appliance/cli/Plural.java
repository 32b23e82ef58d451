package tapwarden.appliance.cli;

import java.util.Locale;

/** Numbers in sentences. */
final class Plural {
  private Plural() {}

  /** {@code 1 frame}, {@code 12,345 frames}. */
  static String of(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
