package tapwarden.inspect.equipment;

import java.nio.charset.StandardCharsets;

/**
 * What a device says of itself, made fit to be kept and shown: UTF-8, where every run of white
 * space and control characters is one blank, and what is unreadable or turns the direction of
 * writing is a question mark.
 */
public final class TraitText {
  /** Most bytes of UTF-8 that are kept. */
  public static final int MOST_BYTES = 256;

  /** Most bytes of what was said that are looked at. */
  static final int MOST_RAW_BYTES = 1024;

  private static final int UNREADABLE = 0xFFFD;

  private TraitText() {}

  /** The text without blanks around it; empty if nothing readable is in it. */
  public static String of(byte[] text, int start, int length) {
    String raw = new String(text, start, Math.min(length, MOST_RAW_BYTES), StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(Math.min(raw.length(), MOST_BYTES));
    int bytes = 0;
    boolean blank = false;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = bytes > 0;
        continue;
      }
      int shown = isShown(c) ? c : '?';
      int more = (blank ? 1 : 0) + utf8Bytes(shown);
      if (bytes + more > MOST_BYTES) {
        break;
      }
      if (blank) {
        out.append(' ');
        blank = false;
      }
      out.appendCodePoint(shown);
      bytes += more;
    }
    return out.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> c != UNREADABLE;
    };
  }

  private static int utf8Bytes(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
