package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HttpHead;

/**
 * How long the body of a message is (RFC 9112 §6.3). What the RFC calls an error is read as most
 * receivers do: chunks go before a length; of several lengths the first counts, and of a length
 * with other characters behind it the digits.
 */
final class Framing {
  /** How the end of a body is found. */
  enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    TO_CLOSE
  }

  private static final byte[] CONTENT_LENGTH = bytes("content-length");
  private static final byte[] TRANSFER_ENCODING = bytes("transfer-encoding");
  private static final byte[] CHUNKED = bytes("chunked");
  private static final byte[] IDENTITY = bytes("identity");
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Kind kind = Kind.NONE;
  private long length;
  private long plainLength;
  private @Nullable String oddity;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Of a request.
   *
   * @param isConnect what follows CONNECT is the tunnel's, whatever is said (RFC 9110 §9.3.6)
   */
  void request(HttpHead head, boolean isConnect) {
    read(head, Kind.NONE);
    if (isConnect && kind != Kind.NONE) {
      kind = Kind.NONE;
      oddity = "connect_with_body";
    }
  }

  /**
   * Of a final response.
   *
   * @param answersHead whether the request was HEAD, so that there is no body whatever is said
   */
  void response(HttpHead head, int status, boolean answersHead) {
    read(head, Kind.TO_CLOSE);
    if (answersHead || status == NO_CONTENT || status == NOT_MODIFIED) {
      kind = Kind.NONE;
    }
  }

  private void read(HttpHead head, Kind otherwise) {
    kind = otherwise;
    length = 0;
    plainLength = -1;
    oddity = null;
    int coding = lastLine(head, TRANSFER_ENCODING);
    int lengthLine = head.find(CONTENT_LENGTH, 0);
    if (coding >= 0 && !isWord(head, coding, IDENTITY)) {
      boolean isChunked = isLastWord(head, coding, CHUNKED);
      kind = isChunked ? Kind.CHUNKED : otherwise;
      if (lengthLine >= 0) {
        plainLength =
            Ascii.number(head.bytes(), head.valueStart(lengthLine), head.valueEnd(lengthLine));
      }
      if (!isChunked) {
        oddity = "transfer_encoding_unknown";
      } else if (lengthLine >= 0) {
        oddity = "length_and_chunked";
      }
    } else if (lengthLine >= 0) {
      length(head, lengthLine);
    }
  }

  private void length(HttpHead head, int line) {
    byte[] text = head.bytes();
    int start = head.valueStart(line);
    int digitsEnd = digitsEnd(text, start, head.valueEnd(line));
    length = Ascii.number(text, start, digitsEnd);
    if (length < 0) {
      oddity = "content_length_unreadable";
      length = 0;
      return;
    }
    kind = length == 0 ? Kind.NONE : Kind.LENGTH;
    if (digitsEnd != head.valueEnd(line) && !repeats(text, digitsEnd, head.valueEnd(line))) {
      oddity = "content_length_unreadable";
    }
    for (int next = head.find(CONTENT_LENGTH, line + 1);
        next >= 0;
        next = head.find(CONTENT_LENGTH, next + 1)) {
      if (Ascii.number(text, head.valueStart(next), head.valueEnd(next)) != length) {
        oddity = "content_length_differs";
      }
    }
  }

  /** Whether the rest repeats the number, as in {@code 42, 42} (RFC 9110 §8.6). */
  private boolean repeats(byte[] text, int start, int end) {
    int at = start;
    while (at < end) {
      at = Ascii.skipBlanks(text, at, end);
      if (at == end || text[at] != ',') {
        return false;
      }
      at = Ascii.skipBlanks(text, at + 1, end);
      int digitsEnd = digitsEnd(text, at, end);
      if (Ascii.number(text, at, digitsEnd) != length) {
        return false;
      }
      at = digitsEnd;
    }
    return true;
  }

  private static int digitsEnd(byte[] text, int start, int end) {
    int at = start;
    while (at < end && Ascii.isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private static int lastLine(HttpHead head, byte[] name) {
    int last = -1;
    for (int line = head.find(name, 0); line >= 0; line = head.find(name, line + 1)) {
      last = line;
    }
    return last;
  }

  private static boolean isWord(HttpHead head, int line, byte[] word) {
    return Ascii.is(head.bytes(), head.valueStart(line), head.valueEnd(line), word);
  }

  private static boolean isLastWord(HttpHead head, int line, byte[] word) {
    byte[] text = head.bytes();
    int start = head.valueStart(line);
    int end = head.valueEnd(line);
    int comma = end;
    while (comma > start && text[comma - 1] != ',') {
      comma--;
    }
    return Ascii.is(text, Ascii.skipBlanks(text, comma, end), end, word);
  }

  Kind kind() {
    return kind;
  }

  /** Bytes of the body; of {@link Kind#LENGTH} only. */
  long length() {
    return length;
  }

  /** Bytes of a body that should be chunked, if it is not; -1 if they are not known. */
  long plainLength() {
    return plainLength;
  }

  /** What was wrong with the length; null if nothing was. */
  @Nullable String oddity() {
    return oddity;
  }
}
