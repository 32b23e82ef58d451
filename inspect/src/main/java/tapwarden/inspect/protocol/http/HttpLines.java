package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.protocol.Report;

/** What a line says about being one of HTTP's. */
final class HttpLines {
  private static final byte[] HTTP = bytes("http/");
  private static final int MOST_WORD_BYTES = 64;
  private static final byte[] GET = bytes("get");

  private HttpLines() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Whether a start line is one of HTTP: by its version. A request of HTTP/0.9 has none; it is
   * taken for one only where a message is sure to begin. Elsewhere a line may have lost its
   * beginning, so that the method must be known.
   *
   * @param line that was read from {@code bytes}
   */
  static boolean isStart(StartLine line, byte[] bytes, boolean isLost) {
    boolean isHttp = Ascii.begins(bytes, line.versionStart(), line.versionEnd(), HTTP);
    return switch (line.kind()) {
      case NONE -> false;
      case RESPONSE ->
          isLost
              ? isHttp && line.status() != StartLine.NO_STATUS
              : isHttp || (!hasSlash(bytes, line) && line.status() != StartLine.NO_STATUS);
      case REQUEST ->
          isLost
              ? isHttp && Methods.isKnown(bytes, line.methodStart(), line.methodEnd())
              : isHttp || isOfOldest(line, bytes);
    };
  }

  private static boolean isOfOldest(StartLine line, byte[] bytes) {
    return !line.hasVersion() && Ascii.is(bytes, line.methodStart(), line.methodEnd(), GET);
  }

  /**
   * Whether a start line may come of its first bytes: they begin with a version of HTTP, or with a
   * word and a blank behind it, or what is taken for one in a status line.
   */
  static boolean mayBeStart(byte[] bytes, int length) {
    int start = 0;
    while (start < length && (bytes[start] == 0 || Ascii.isSeparator(bytes[start]))) {
      start++;
    }
    int shown = Math.min(HTTP.length, length - start);
    int same = 0;
    while (same < shown && Ascii.lower(bytes[start + same]) == HTTP[same]) {
      same++;
    }
    if (same == shown) {
      return true;
    }
    int at = start;
    while (at < length && at - start < MOST_WORD_BYTES && Ascii.isToken(bytes[at])) {
      at++;
    }
    return at == length
        ? length - start <= MOST_WORD_BYTES
        : at > start && (bytes[at] == 0 || Ascii.isSeparator(bytes[at]));
  }

  /** SHOUTcast's version has none. */
  private static boolean hasSlash(byte[] bytes, StartLine line) {
    return Ascii.find(bytes, line.versionStart(), line.versionEnd(), '/') < line.versionEnd();
  }

  /** Whether that byte may begin a request, as it rarely does what is tunnelled. */
  static boolean mayBeginRequest(byte first) {
    return (first >= 'A' && first <= 'Z') || first == '\r' || first == '\n';
  }

  /** Whether what is held begins with the line of an HTTP/0.9 request. */
  static boolean isSimpleRequest(StartLine line, HeldHead held) {
    int end = Ascii.find(held.bytes(), 0, held.length(), '\n');
    return line.read(held.bytes(), 0, end) == StartLine.Kind.REQUEST && !line.hasVersion();
  }

  /** Tells what is unusual about a head that was read. */
  static void tellOddities(Report report, HttpHead head) {
    int oddities = head.oddities();
    if (oddities == 0) {
      return;
    }
    tell(report, oddities, HttpHead.FOLDED, "header_folded");
    tell(report, oddities, HttpHead.NO_NAME, "header_without_name");
    tell(report, oddities, HttpHead.BLANK_BEFORE_COLON, "blank_before_colon");
    tell(report, oddities, HttpHead.TOO_MANY_LINES, "too_many_headers");
    tell(report, oddities, HttpHead.BARE_LINE_FEED, "bare_line_feed");
    tell(report, oddities, HttpHead.BARE_CARRIAGE_RETURN, "bare_carriage_return");
  }

  private static void tell(Report report, int oddities, int bit, String what) {
    if ((oddities & bit) != 0) {
      report.oddity(what);
    }
  }
}
