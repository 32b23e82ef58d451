package tapwarden.appliance.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tapwarden.appliance.config.Visible;

/** An alert in one line: time, severity, equipment, endpoint and its name, what, why. */
final class AlertLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long NANOS = 1_000_000_000L;

  private AlertLine() {}

  /** The time as ISO 8601, in UTC to the nanosecond. */
  static String isoTime(long nanos) {
    return instant(nanos).toString();
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** The time in UTC to the microsecond. */
  static String time(long nanos) {
    return TIME.format(instant(nanos));
  }

  /** The whole line, without a line end; whatever packets said in it is harmless to a terminal. */
  static String of(ShownAlert alert, boolean color) {
    StringBuilder out = new StringBuilder(160);
    String severity = alert.severity().name();
    out.append(Ansi.FAINT.paint(time(alert.timeNanos()), color)).append("  ");
    out.append(Ansi.of(alert.severity()).paint(severity, color));
    out.append(" ".repeat(10 - severity.length()));
    out.append(Ansi.BOLD.paint(Visible.text(alert.equipment()), color));
    String vendor = alert.vendor();
    if (vendor != null) {
      out.append(" (").append(Visible.text(vendor)).append(')');
    }
    out.append(" → ").append(Ansi.BOLD.paint(Visible.text(alert.endpoint()), color));
    String name = alert.name();
    if (name != null && alert.address() != null) {
      out.append(' ').append(Visible.text(name));
    }
    out.append("  ").append(Visible.text(alert.what())).append(" [").append(alert.stage());
    out.append(", ").append(alert.score()).append(']');
    if (!alert.because().isEmpty()) {
      out.append(": ").append(Visible.text(String.join("; ", alert.because())));
    }
    if (alert.count() > 1) {
      out.append(" (").append(Plural.of(alert.count(), "time", "times")).append(')');
    }
    return out.toString();
  }
}
