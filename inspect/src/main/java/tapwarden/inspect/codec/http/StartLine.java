package tapwarden.inspect.codec.http;

import java.nio.charset.StandardCharsets;

/**
 * The first line of a message: {@code method target version} or {@code version status reason} (RFC
 * 9112 §3 and §4; with other versions SIP and RTSP). Read as servers and browsers do: blanks of any
 * kind and number, a target with blanks in it, a method of any token, no version at all (HTTP/0.9),
 * an HTTP response without a status. Places are in the array that was read.
 */
public final class StartLine {
  /** What the line begins. */
  public enum Kind {
    NONE,
    REQUEST,
    RESPONSE
  }

  /** {@link #status()} of what is no number. */
  public static final int NO_STATUS = -1;

  private static final int MOST_WORD_BYTES = 64;
  private static final int MOST_STATUS_DIGITS = 9;
  private static final byte[] ICY = "icy".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] HTTP = "http/".getBytes(StandardCharsets.US_ASCII);

  private Kind kind = Kind.NONE;
  private boolean isHttp;
  private int methodStart;
  private int methodEnd;
  private int targetStart;
  private int targetEnd;
  private int versionStart;
  private int versionEnd;
  private int statusStart;
  private int statusEnd;
  private int status = NO_STATUS;

  /**
   * Reads a line.
   *
   * @param end behind its last byte; a carriage return and a line feed may or may not be there
   */
  public Kind read(byte[] bytes, int start, int end) {
    kind = Kind.NONE;
    status = NO_STATUS;
    int last = end > start && bytes[end - 1] == '\n' ? end - 1 : end;
    while (last > start && Ascii.isSeparator(bytes[last - 1])) {
      last--;
    }
    int first = start;
    while (first < last && isGap(bytes[first])) {
      first++;
    }
    int firstEnd = wordEnd(bytes, first, last);
    if (isVersion(bytes, first, firstEnd) || isIcy(bytes, first, firstEnd)) {
      readStatus(bytes, first, firstEnd, last);
    } else if (isMethod(bytes, first, firstEnd)
        && firstEnd < last
        && Ascii.isSeparator(bytes[firstEnd])) {
      readRequest(bytes, first, firstEnd, last);
    }
    return kind;
  }

  private void readStatus(byte[] bytes, int first, int firstEnd, int last) {
    isHttp = Ascii.begins(bytes, first, firstEnd, HTTP);
    versionStart = first;
    versionEnd = firstEnd;
    statusStart = firstEnd;
    while (statusStart < last && isGap(bytes[statusStart])) {
      statusStart++;
    }
    statusEnd = wordEnd(bytes, statusStart, last);
    kind = isHttp || statusEnd > statusStart ? Kind.RESPONSE : Kind.NONE;
    if (statusEnd - statusStart <= MOST_STATUS_DIGITS) {
      status = (int) Ascii.number(bytes, statusStart, statusEnd);
    }
  }

  private void readRequest(byte[] bytes, int first, int firstEnd, int last) {
    kind = Kind.REQUEST;
    methodStart = first;
    methodEnd = firstEnd;
    targetStart = firstEnd;
    while (targetStart < last && Ascii.isSeparator(bytes[targetStart])) {
      targetStart++;
    }
    int lastWord = last;
    while (lastWord > targetStart && !Ascii.isSeparator(bytes[lastWord - 1])) {
      lastWord--;
    }
    if (isVersion(bytes, lastWord, last)) {
      versionStart = lastWord;
      versionEnd = last;
      targetEnd = lastWord;
      while (targetEnd > targetStart && Ascii.isSeparator(bytes[targetEnd - 1])) {
        targetEnd--;
      }
    } else {
      versionStart = last;
      versionEnd = last;
      targetEnd = last;
    }
  }

  /** Between the words of a status line some clients take NUL for a blank. */
  private static boolean isGap(byte b) {
    return b == 0 || Ascii.isSeparator(b);
  }

  private static int wordEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && !isGap(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isMethod(byte[] bytes, int start, int end) {
    if (start == end || end - start > MOST_WORD_BYTES) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!Ascii.isToken(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Letters, a slash, and a digit: {@code HTTP/1.1}, {@code SIP/2.0}. */
  private static boolean isVersion(byte[] bytes, int start, int end) {
    if (end - start > MOST_WORD_BYTES) {
      return false;
    }
    int at = start;
    while (at < end && Ascii.lower(bytes[at]) >= 'a' && Ascii.lower(bytes[at]) <= 'z') {
      at++;
    }
    return at > start
        && at + 1 < end
        && bytes[at] == '/'
        && Ascii.isDigit(bytes[at + 1])
        && isVisible(bytes, at, end);
  }

  private static boolean isVisible(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] > ' ' && bytes[at] < 0x7F) {
      at++;
    }
    return at == end;
  }

  /** What SHOUTcast servers answer instead of a version. */
  private static boolean isIcy(byte[] bytes, int start, int end) {
    return Ascii.is(bytes, start, end, ICY);
  }

  public Kind kind() {
    return kind;
  }

  public int methodStart() {
    return methodStart;
  }

  public int methodEnd() {
    return methodEnd;
  }

  public int targetStart() {
    return targetStart;
  }

  public int targetEnd() {
    return targetEnd;
  }

  public int versionStart() {
    return versionStart;
  }

  public int versionEnd() {
    return versionEnd;
  }

  /** Of a request: without one it is of HTTP/0.9. */
  public boolean hasVersion() {
    return versionEnd > versionStart;
  }

  /** Of a response: whether it is one of HTTP, whose leniency does not hold for others. */
  boolean isHttp() {
    return isHttp;
  }

  public int statusStart() {
    return statusStart;
  }

  public int statusEnd() {
    return statusEnd;
  }

  /**
   * Of a response; {@link #NO_STATUS} if there is none, or it is no number of at most nine digits.
   */
  public int status() {
    return status;
  }
}
