package tapwarden.appliance.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with the configuration, with everything that a person needs to mend it.
 *
 * @param place {@code file:line:column}, or the flag or variable
 * @param message what is wrong, one sentence without a full stop
 * @param excerpt the line in question and a caret below it; empty when there is none to show
 * @param hint what would be right, or null
 */
public record ConfigProblem(
    Severity severity, String place, String message, List<String> excerpt, @Nullable String hint) {

  /** An error keeps the program from starting; a warning does not. */
  public enum Severity {
    ERROR,
    WARNING
  }

  private static final int MOST_SHOWN_OF_A_LINE = 120;

  public ConfigProblem {
    excerpt = List.copyOf(excerpt);
  }

  static ConfigProblem at(
      Severity severity, Position position, String message, @Nullable String hint) {
    return new ConfigProblem(severity, position.toString(), message, excerpt(position), hint);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Several lines: place and message, the excerpt, the hint. */
  public String render() {
    StringBuilder out = new StringBuilder();
    out.append(place).append(isError() ? ": error: " : ": warning: ").append(message).append('\n');
    excerpt.forEach(line -> out.append(line).append('\n'));
    if (hint != null) {
      out.append("      ").append(hint).append('\n');
    }
    return out.toString();
  }

  /** A long line is cut so that the place of the caret stays in sight. */
  private static List<String> excerpt(Position position) {
    String line = position.text().line(position.line());
    if (position.line() == 0 || line.isBlank()) {
      return List.of();
    }
    int from = Math.max(0, Math.min(position.column() - 1, line.length()));
    int start = from < MOST_SHOWN_OF_A_LINE ? 0 : from - MOST_SHOWN_OF_A_LINE / 2;
    int end = Math.min(line.length(), start + MOST_SHOWN_OF_A_LINE);
    int carets = Math.max(1, Math.min(position.length(), end - from));
    String before = Visible.text(line.substring(start, from));
    String shown = (start > 0 ? "…" : "") + before + Visible.text(line.substring(from, end));
    String number = position.text().isFile() ? String.format("%4d", position.line()) : "    ";
    String indent = " ".repeat(before.length() + (start > 0 ? 1 : 0));
    return List.of(
        number + " | " + shown + (end < line.length() ? "…" : ""),
        "     | " + indent + "^".repeat(carets));
  }
}
