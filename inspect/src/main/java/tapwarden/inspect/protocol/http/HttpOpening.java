package tapwarden.inspect.protocol.http;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Tells HTTP/1 by its first line: a request that ends with {@code HTTP/}, one of a known method
 * whose line is too long to see its end, or a response. Other protocols have the same shape, and
 * another version: RTSP, SIP, ICAP. The preface of HTTP/2 is not HTTP/1.
 */
final class HttpOpening {
  private static final int MOST_EMPTY_BYTES = 16;
  private static final int MOST_METHOD_BYTES = 32;
  private static final byte[] HTTP = bytes("http/");
  private static final byte[] SSH = bytes("ssh-");
  private static final byte[] ICY = bytes("icy ");
  private static final byte[] SCHEME = bytes("http");
  private static final byte[] PREFACE_METHOD = bytes("pri");
  private static final byte[] GET = bytes("get");

  private final byte[] first = new byte[Opening.MOST_BYTES];
  private final StartLine line = new StartLine();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Recognition recognise(Opening opening) {
    int length = Math.min(opening.length(), first.length);
    int start = skipEmpty(opening, length);
    if (start == length) {
      return length < MOST_EMPTY_BYTES ? Recognition.MORE : Recognition.NO;
    }
    if (!Ascii.isToken((byte) opening.u8(start))) {
      return Recognition.NO;
    }
    MemorySegment.copy(
        opening.segment(), ValueLayout.JAVA_BYTE, opening.offset(), first, 0, length);
    if (Ascii.begins(first, start, length, SSH)) {
      // A banner's comment may be anything (RFC 4253 §4.2), the rest of a request line too.
      return Recognition.NO;
    }
    int lineEnd = Ascii.find(first, start, length, '\n');
    return lineEnd < length ? whole(start, lineEnd) : begun(start, length);
  }

  private static int skipEmpty(Opening opening, int length) {
    int at = 0;
    while (at < length && (opening.u8(at) == '\r' || opening.u8(at) == '\n')) {
      at++;
    }
    return at;
  }

  private Recognition whole(int start, int end) {
    return switch (line.read(first, start, end)) {
      case NONE -> Recognition.NO;
      case RESPONSE ->
          isHttp(start, end) || (Ascii.begins(first, start, end, ICY) && line.status() >= 100)
              ? Recognition.YES
              : Recognition.NO;
      case REQUEST -> request();
    };
  }

  private Recognition request() {
    if (Ascii.is(first, line.methodStart(), line.methodEnd(), PREFACE_METHOD)) {
      return Recognition.NO;
    }
    if (line.hasVersion()) {
      return Ascii.begins(first, line.versionStart(), line.versionEnd(), HTTP)
          ? Recognition.YES
          : Recognition.NO;
    }
    // HTTP/0.9 knows GET only; memcached has a get as well, in lower case.
    boolean isGet =
        first[line.methodStart()] == 'G'
            && Ascii.is(first, line.methodStart(), line.methodEnd(), GET);
    return isGet && isTarget(line.targetStart(), line.targetEnd())
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  /** A line whose end is not there. */
  private Recognition begun(int start, int end) {
    if (isHttp(start, end)) {
      return Recognition.YES;
    }
    if (isBegunHttp(start, end)) {
      return Recognition.MORE;
    }
    int methodEnd = start;
    while (methodEnd < end && Ascii.isToken(first[methodEnd])) {
      methodEnd++;
    }
    if (methodEnd - start > MOST_METHOD_BYTES) {
      return Recognition.NO;
    }
    if (methodEnd == end) {
      return Recognition.MORE;
    }
    if (!Ascii.isBlank(first[methodEnd]) || !isPrintable(methodEnd, end)) {
      return Recognition.NO;
    }
    return end < first.length
            || !Methods.isKnown(first, start, methodEnd)
            || !isTarget(methodEnd + 1, end)
        ? Recognition.MORE
        : Recognition.YES;
  }

  /** A version of HTTP and a blank. */
  private boolean isHttp(int start, int end) {
    int digit = start + HTTP.length;
    return Ascii.begins(first, start, end, HTTP) && digit < end && Ascii.isDigit(first[digit]);
  }

  /** The beginning of a version of HTTP. */
  private boolean isBegunHttp(int start, int end) {
    if (end - start > HTTP.length) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (Ascii.lower(first[i]) != HTTP[i - start]) {
        return false;
      }
    }
    return true;
  }

  private boolean isPrintable(int start, int end) {
    for (int i = start; i < end; i++) {
      if (first[i] >= 0 && first[i] < ' ' && first[i] != '\t' && first[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private boolean isTarget(int start, int end) {
    int at = Ascii.skipBlanks(first, start, end);
    return at < end && (first[at] == '/' || Ascii.begins(first, at, end, SCHEME));
  }
}
