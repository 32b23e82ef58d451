package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;

/** The name that a Content-Disposition gives a file (RFC 6266), as it was sent, not decoded. */
final class FileName {
  private static final byte[] PLAIN = "filename".getBytes(StandardCharsets.US_ASCII);

  private FileName() {}

  /** Start and end of the name; two equal places if there is none. */
  static int[] of(byte[] text, int start, int end) {
    int[] name = {start, start};
    int at = Ascii.find(text, start, end, ';');
    while (at < end) {
      int from = Ascii.skipBlanks(text, at + 1, end);
      int equals = Ascii.find(text, from, end, '=');
      int word = Ascii.trimEnd(text, from, equals);
      int value = Ascii.skipBlanks(text, Math.min(end, equals + 1), end);
      boolean isQuoted = value < end && text[value] == '"';
      int valueEnd = isQuoted ? quoteEnd(text, value + 1, end) : Ascii.find(text, value, end, ';');
      boolean isExtended = word > from && text[word - 1] == '*';
      if (Ascii.is(text, from, isExtended ? word - 1 : word, PLAIN)) {
        name[0] = isQuoted ? value + 1 : value;
        name[1] = Ascii.trimEnd(text, name[0], valueEnd);
        if (isExtended) {
          name[0] = Math.min(name[1], extendedStart(text, name[0], name[1]));
        }
      }
      at = Ascii.find(text, valueEnd, end, ';');
    }
    return name;
  }

  private static int quoteEnd(byte[] text, int start, int end) {
    int at = start;
    while (at < end && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  /** Behind the character set and the language (RFC 8187 §3.2.1). */
  private static int extendedStart(byte[] text, int start, int end) {
    int second = Ascii.find(text, Ascii.find(text, start, end, '\'') + 1, end, '\'');
    return second < end ? second + 1 : start;
  }
}
