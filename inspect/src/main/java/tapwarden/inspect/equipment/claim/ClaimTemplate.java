package tapwarden.inspect.equipment.claim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a value is made of a text: fixed words, or words around a piece that is taken from the text.
 * The piece is written {@code {anchor^anchor~stop}}: it begins after the last of the anchors, which
 * are sought one after the other from where the rule's own words were found, whatever their case
 * ({@code @} stands for the place of those words themselves), and ends before {@code stop}. Without
 * {@code stop} it is one word, with {@code #n} as many words: a word ends at a blank, comma,
 * semicolon, bracket that closes, colon, or quotation mark.
 *
 * @param anchors empty for fixed words alone
 * @param stop null where words are counted
 */
record ClaimTemplate(
    ClaimKind kind,
    String before,
    List<String> anchors,
    @Nullable String stop,
    int words,
    String after) {
  /** Most characters that are taken from a text. */
  static final int MOST_CHARS = 48;

  private static final String HERE = "@";

  /** Reads {@code kind=words {anchor~stop} words}. */
  static ClaimTemplate parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("no '=' in " + text);
    }
    ClaimKind kind =
        ClaimKind.valueOf(text.substring(0, equals).strip().toUpperCase(java.util.Locale.ROOT));
    String value = text.substring(equals + 1).strip();
    int open = value.indexOf('{');
    if (open < 0) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("no value in " + text);
      }
      return new ClaimTemplate(kind, value, List.of(), null, 0, "");
    }
    int close = value.indexOf('}', open);
    int tilde = value.indexOf('~', open);
    if (close < 0 || tilde < 0 || tilde > close) {
      throw new IllegalArgumentException("no '~' and '}' in " + text);
    }
    List<String> anchors = List.of(value.substring(open + 1, tilde).split("\\^", -1));
    String stop = value.substring(tilde + 1, close);
    boolean counted = stop.isEmpty() || stop.startsWith("#");
    return new ClaimTemplate(
        kind,
        value.substring(0, open),
        anchors,
        counted ? null : stop,
        stop.isEmpty() ? 1 : counted ? Integer.parseInt(stop.substring(1)) : 0,
        value.substring(close + 1));
  }

  /**
   * The value; null if the text has not got the piece, unless what stands before it says enough.
   *
   * @param text as it was said
   * @param lower the same in lower case, of the same length
   * @param from where the rule's words were found
   */
  @Nullable String valueOf(String text, String lower, int from) {
    if (anchors.isEmpty()) {
      return before;
    }
    String piece = piece(text, lower, from);
    if (piece == null || piece.isEmpty()) {
      return before.isBlank() ? null : before.strip();
    }
    return before + piece + after;
  }

  private @Nullable String piece(String text, String lower, int from) {
    int at = from;
    for (String anchor : anchors) {
      if (!anchor.equals(HERE)) {
        at = Lower.find(lower, anchor, at);
        if (at < 0) {
          return null;
        }
        at += anchor.length();
      }
    }
    int end = stop == null ? endOfWords(text, at) : Lower.find(lower, stop, at);
    if (end < 0) {
      end = text.length();
    }
    return cut(text, at, end).strip();
  }

  private int endOfWords(String text, int from) {
    int at = from;
    for (int left = words; left > 0; left--) {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      while (at < text.length() && !endsWord(text.charAt(at))) {
        at++;
      }
      if (at < text.length() && text.charAt(at) != ' ') {
        break;
      }
    }
    return at;
  }

  private static boolean endsWord(char c) {
    return c == ' ' || c == ',' || c == ';' || c == ')' || c == ']' || c == ':' || c == '"';
  }

  private static String cut(String text, int from, int end) {
    int last = Math.min(end, from + MOST_CHARS);
    if (last < end && Character.isHighSurrogate(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(from, last);
  }
}
