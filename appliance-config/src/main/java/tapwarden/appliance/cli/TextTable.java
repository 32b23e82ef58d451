package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.Visible;

/**
 * A table of text that fits the width of a terminal: when it is too wide, the widest columns give
 * way first and what is cut ends in an ellipsis.
 */
final class TextTable {
  private static final int GAP = 2;
  private static final int LEAST_WIDTH = 6;

  /** A cell of so many characters still says which address, name or time it holds. */
  private static final int LEGIBLE_WIDTH = 20;

  private final String[] heads;
  private final List<String[]> rows = new ArrayList<>();

  TextTable(String... heads) {
    this.heads = heads.clone();
  }

  /** Adds a row; cells may hold anything and are made harmless. */
  TextTable row(String... cells) {
    rows.add(Arrays.stream(cells).map(Visible::text).toArray(String[]::new));
    return this;
  }

  /** The heads and rows as lines of at most {@code columns} characters. */
  List<String> lines(int columns, boolean color) {
    int[] widths = widths();
    shrink(widths, columns);
    List<String> lines = new ArrayList<>();
    lines.add(Ansi.BOLD.paint(line(heads, widths), color));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  /** Whether the lines would fit without cutting a cell below {@link #LEGIBLE_WIDTH}. */
  boolean isLegible(int columns) {
    long least = (long) GAP * (heads.length - 1);
    for (int width : widths()) {
      least += Math.min(width, LEGIBLE_WIDTH);
    }
    return least <= columns;
  }

  /** Whether {@code text} contains {@code part} in any case; null contains nothing. */
  static boolean contains(@Nullable String text, String part) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private int[] widths() {
    int[] widths = new int[heads.length];
    for (int i = 0; i < heads.length; i++) {
      widths[i] = length(heads[i]);
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    return widths;
  }

  private static void shrink(int[] widths, int columns) {
    long over =
        Arrays.stream(widths).asLongStream().sum() + (long) GAP * (widths.length - 1) - columns;
    while (over > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST_WIDTH) {
        return;
      }
      widths[widest]--;
      over--;
    }
  }

  private static String line(String[] cells, int[] widths) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String cell = cut(cells[i], widths[i]);
      out.append(cell);
      if (i < cells.length - 1) {
        out.append(" ".repeat(widths[i] - length(cell) + GAP));
      }
    }
    return out.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    return length(cell) <= width
        ? cell
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
