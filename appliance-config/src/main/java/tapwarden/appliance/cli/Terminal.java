package tapwarden.appliance.cli;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a command prints to. Text is UTF-8 whatever the locale says; nothing is written to standard
 * output that is not a result.
 *
 * @param out results
 * @param err everything else
 * @param outIsTerminal whether a person looks at {@code out}
 * @param color whether results may be coloured, unless a flag says otherwise
 * @param columns width of the terminal in characters
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean color,
    int columns) {
  static final int COLUMNS_WHEN_UNKNOWN = 100;

  /** The process's own standard output and error. */
  public static Terminal ofProcess(Map<String, String> environment) {
    boolean outIsTerminal = isTerminal(1);
    boolean color =
        outIsTerminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        outIsTerminal,
        isTerminal(2),
        color,
        columns(environment, outIsTerminal || isTerminal(2)));
  }

  /** The same with colour switched on or off. */
  Terminal withColor(boolean wanted) {
    return new Terminal(out, err, outIsTerminal, errIsTerminal, wanted, columns);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    OutputStream file = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13);
    return new PrintStream(file, true, StandardCharsets.UTF_8);
  }

  /** Linux names the device behind a descriptor; {@code System.console()} cannot tell 1 from 2. */
  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static int columns(Map<String, String> environment, boolean terminal) {
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    if (columns <= 0 && terminal) {
      columns = askedOfTerminal();
    }
    return columns > 0 ? Math.clamp(columns, 40, 1000) : COLUMNS_WHEN_UNKNOWN;
  }

  private static int askedOfTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream answer = stty.getInputStream()) {
        String[] size =
            new String(answer.readNBytes(64), StandardCharsets.US_ASCII).strip().split(" ", -1);
        boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
        return ended && size.length == 2 ? number(size[1]) : 0;
      } finally {
        stty.destroy();
      }
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int number(String digits) {
    boolean isNumber = !digits.isEmpty() && digits.length() < 6;
    return isNumber && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(digits)
        : 0;
  }
}
