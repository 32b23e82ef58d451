package tapwarden.appliance.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads sizes such as {@code 64 MiB} and durations such as {@code 30s}. */
final class Quantities {
  static final String SIZE_HINT = "a size is a whole number and B, KiB, MiB, GiB or TiB: 64 MiB";
  static final String DURATION_HINT =
      "a duration is a whole number and ms, s, m, h or d: 30s; several may follow: 1h 30m";

  private static final Pattern SIZE = Pattern.compile("([0-9][0-9_]{0,18})\\s*([a-z]{0,3})");
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|min|h|d)(?:\\s+|$|(?=[0-9]))");

  private Quantities() {}

  /** The size in bytes; null if the text is none or does not fit. */
  static @Nullable Long size(String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return null;
    }
    long factor =
        switch (matcher.group(2)) {
          case "", "b" -> 1L;
          case "kib" -> 1L << 10;
          case "mib" -> 1L << 20;
          case "gib" -> 1L << 30;
          case "tib" -> 1L << 40;
          case "kb" -> 1_000L;
          case "mb" -> 1_000_000L;
          case "gb" -> 1_000_000_000L;
          case "tb" -> 1_000_000_000_000L;
          default -> 0;
        };
    try {
      long number = Long.parseLong(matcher.group(1).replace("_", ""));
      return factor == 0 ? null : Long.valueOf(Math.multiplyExact(number, factor));
    } catch (NumberFormatException | ArithmeticException tooBig) {
      return null;
    }
  }

  /** The duration; null if the text is none or does not fit. */
  static @Nullable Duration duration(String text) {
    String rest = text.strip().toLowerCase(Locale.ROOT);
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION.matcher(rest);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < rest.length() && matcher.find(end) && matcher.start() == end) {
      long number = Long.parseLong(matcher.group(1));
      sum =
          sum.plus(
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m", "min" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              });
      end = matcher.end();
    }
    return end == rest.length() && end > 0 ? sum : null;
  }

  /** The duration as a person writes it: {@code 10m}, {@code 1h 30m}. */
  static String text(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    append(out, duration.toDaysPart(), "d");
    append(out, duration.toHoursPart(), "h");
    append(out, duration.toMinutesPart(), "m");
    append(out, duration.toSecondsPart(), "s");
    append(out, duration.toMillisPart(), "ms");
    return out.toString();
  }

  /** The size as a person writes it: {@code 1 MiB}. */
  static String text(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long number = bytes;
    while (unit < units.length - 1 && number >= 1024 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + " " + units[unit];
  }

  private static void append(StringBuilder out, long number, String unit) {
    if (number != 0) {
      out.append(out.isEmpty() ? "" : " ").append(number).append(unit);
    }
  }
}
