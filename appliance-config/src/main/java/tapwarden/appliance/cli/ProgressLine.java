package tapwarden.appliance.cli;

import java.util.Locale;

/** What is said of the progress of a replay: a pure function of counts and time. */
final class ProgressLine {
  private static final int BAR = 20;
  private static final double NANOS = 1e9;

  private ProgressLine() {}

  /** With a bar, for a terminal: {@code [####....] 20 % 81 MB/s 910 k packets/s ...}. */
  static String bar(SessionView.Progress progress, long elapsedNanos, int columns) {
    String words = words(progress, elapsedNanos);
    if (progress.bytesTotal() <= 0 || columns < words.length() + BAR + 4) {
      return words.substring(0, Math.min(words.length(), Math.max(0, columns - 1)));
    }
    int full = (int) (share(progress) * BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + words;
  }

  /** Without a bar, for a log. */
  static String words(SessionView.Progress progress, long elapsedNanos) {
    double seconds = Math.max(elapsedNanos / NANOS, 1e-3);
    StringBuilder out = new StringBuilder(80);
    if (progress.bytesTotal() > 0) {
      out.append(String.format(Locale.ROOT, "%3d %%  ", (int) (share(progress) * 100)));
    }
    out.append(String.format(Locale.ROOT, "%.1f MB/s  ", progress.bytesRead() / seconds / 1e6));
    out.append(rate(progress.frames() / seconds)).append(" packets/s  ");
    out.append(Plural.of(progress.frames(), "packet", "packets")).append("  ");
    out.append(Plural.of(progress.alerts(), "alert", "alerts"));
    if (progress.bytesTotal() > 0 && progress.bytesRead() > 0) {
      double left = seconds * (progress.bytesTotal() - progress.bytesRead()) / progress.bytesRead();
      out.append("  ETA ").append(clock(Math.max(0, Math.round(left))));
    }
    return out.toString();
  }

  private static double share(SessionView.Progress progress) {
    return Math.clamp((double) progress.bytesRead() / progress.bytesTotal(), 0, 1);
  }

  private static String rate(double number) {
    if (number >= 1e6) {
      return String.format(Locale.ROOT, "%.2f M", number / 1e6);
    }
    return number >= 1e4
        ? String.format(Locale.ROOT, "%.0f k", number / 1e3)
        : String.format(Locale.ROOT, "%.0f", number);
  }

  private static String clock(long seconds) {
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
