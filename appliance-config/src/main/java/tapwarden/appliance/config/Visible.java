package tapwarden.appliance.config;

/** Makes text of unknown origin safe to print: nothing in it can move a terminal's cursor. */
public final class Visible {
  private Visible() {}

  /** The text with control, format and other invisible characters as {@code \\u001b}. */
  public static String text(String text) {
    int i = 0;
    while (i < text.length() && isPlain(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  private static void append(StringBuilder out, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          out.append(String.format(c > 0xffff ? "\\u{%x}" : "\\u%04x", c));
      default -> out.appendCodePoint(c);
    }
  }
}
