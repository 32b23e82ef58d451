package tapwarden.appliance.ops;

import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import tapwarden.appliance.config.Visible;

/**
 * The program's own log, on standard error, one line an entry: quiet unless something is wrong.
 * Whatever text gets into an entry, it can neither start a new line nor move a terminal's cursor.
 */
public final class PublicLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Held, because a logger that nobody holds is collected together with its level. */
  private static final Logger OURS = Logger.getLogger("tapwarden");

  private PublicLog() {}

  /**
   * Sets the log up for the whole process.
   *
   * @param verbosity 0 for warnings, 1 for what goes on, 2 for everything of ours
   */
  public static void start(PrintStream err, int verbosity) {
    LogManager.getLogManager().reset();
    Handler handler =
        new StreamHandler(err, new OneLine(verbosity > 0)) {
          @Override
          public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
          }

          // Leaves the stream open, which is the process's: the JDK closes all handlers as soon as
          // a signal comes, while a session still drains and then says what it lost.
          @Override
          public synchronized void close() {
            flush();
          }
        };
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(Level.WARNING);
    OURS.setLevel(verbosity == 0 ? Level.WARNING : verbosity == 1 ? Level.INFO : Level.ALL);
  }

  /** {@code time level logger: message: cause}. */
  static final class OneLine extends Formatter {
    private final boolean stackTraces;

    OneLine(boolean stackTraces) {
      this.stackTraces = stackTraces;
    }

    @Override
    public String format(LogRecord entry) {
      StringBuilder out = new StringBuilder(120);
      out.append(TIME.format(entry.getInstant())).append(' ');
      out.append(entry.getLevel().getName().toLowerCase(Locale.ROOT)).append(' ');
      out.append(shortName(entry.getLoggerName())).append(": ");
      out.append(Visible.text(formatMessage(entry)));
      Throwable cause = entry.getThrown();
      if (cause != null) {
        out.append(": ").append(Visible.text(cause.toString()));
      }
      out.append('\n');
      if (cause != null && stackTraces) {
        for (StackTraceElement element : cause.getStackTrace()) {
          out.append("    at ").append(element).append('\n');
        }
      }
      return out.toString();
    }

    private static String shortName(String logger) {
      return logger == null ? "log" : logger.substring(logger.lastIndexOf('.') + 1);
    }
  }
}
