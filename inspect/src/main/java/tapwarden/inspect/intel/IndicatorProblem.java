package tapwarden.inspect.intel;

import java.nio.file.Path;

/**
 * A line that was refused, or (line 0) something wrong with a whole list.
 *
 * @param text the line's beginning, neutralised; empty for a whole list
 */
public record IndicatorProblem(Path file, int line, String text, String reason) {
  private static final int MOST_CHARACTERS = 80;

  /** The bytes as text that is safe to show, cut to a sensible length. */
  static String neutralised(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to && text.length() < MOST_CHARACTERS; i++) {
      byte b = bytes[i];
      text.append(b >= ' ' && b < 0x7F ? (char) b : '?');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + reason : "%s:%d: %s: %s".formatted(file, line, text, reason);
  }
}
