package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.ContentCoding;
import tapwarden.inspect.codec.http.ContentDecoders;
import tapwarden.inspect.codec.http.HttpHead;

/**
 * How the body of a message is coded: its content codings, then those of its transfer other than
 * chunks, in the order in which they were applied.
 *
 * @param isUnknown one of them cannot be undone, or there are too many: the body stays as it is
 */
record Codings(List<ContentCoding> list, boolean isUnknown) {
  private static final Codings NONE = new Codings(List.of(), false);
  private static final byte[] CONTENT_ENCODING = bytes("content-encoding");
  private static final byte[] TRANSFER_ENCODING = bytes("transfer-encoding");
  private static final byte[] IDENTITY = bytes("identity");
  private static final byte[] CHUNKED = bytes("chunked");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static Codings of(HttpHead head) {
    if (head.find(CONTENT_ENCODING, 0) < 0 && head.find(TRANSFER_ENCODING, 0) < 0) {
      return NONE;
    }
    List<ContentCoding> codings = new ArrayList<>(ContentDecoders.MOST_NESTED);
    boolean isKnown = add(head, CONTENT_ENCODING, codings) && add(head, TRANSFER_ENCODING, codings);
    return isKnown ? new Codings(codings, false) : new Codings(List.of(), true);
  }

  private static boolean add(HttpHead head, byte[] name, List<ContentCoding> codings) {
    byte[] text = head.bytes();
    for (int line = head.find(name, 0); line >= 0; line = head.find(name, line + 1)) {
      int at = head.valueStart(line);
      int end = head.valueEnd(line);
      while (at < end) {
        int comma = Ascii.find(text, at, end, ',');
        int start = Ascii.skipBlanks(text, at, comma);
        int wordEnd = Ascii.trimEnd(text, start, Ascii.find(text, start, comma, ';'));
        if (!add(text, start, wordEnd, codings)) {
          return false;
        }
        at = comma + 1;
      }
    }
    return true;
  }

  private static boolean add(byte[] text, int start, int end, List<ContentCoding> codings) {
    if (start == end
        || Ascii.is(text, start, end, IDENTITY)
        || Ascii.is(text, start, end, CHUNKED)) {
      return true;
    }
    ContentCoding coding = ContentCoding.of(text, start, end);
    return coding != null && codings.size() < ContentDecoders.MOST_NESTED && codings.add(coding);
  }
}
