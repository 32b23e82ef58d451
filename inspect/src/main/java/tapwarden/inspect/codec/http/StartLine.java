package tapwarden.inspect.codec.http;

import java.nio.charset.StandardCharsets;

/**
 * The first line of a message: {@code method target version} or {@code version status reason} (RFC
 * 9112 §3 and §4; with other versions SIP and RTSP). Read as servers and browsers do: blanks of any
 * number, a target with blanks in it, a method of any token, no version at all (HTTP/0.9). Places
 * are in the array that was read.
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

  private Kind kind = Kind.NONE;
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
    last = Ascii.trimEnd(bytes, start, last);
    int first = Ascii.skipBlanks(bytes, start, last);
    int firstEnd = wordEnd(bytes, first, last);
    if (isVersion(bytes, first, firstEnd) || isIcy(bytes, first, firstEnd)) {
      readStatus(bytes, first, firstEnd, last);
    } else if (isMethod(bytes, first, firstEnd) && firstEnd < last) {
      readRequest(bytes, first, firstEnd, last);
    }
    return kind;
  }

  private void readStatus(byte[] bytes, int first, int firstEnd, int last) {
    versionStart = first;
    versionEnd = firstEnd;
    statusStart = Ascii.skipBlanks(bytes, firstEnd, last);
    statusEnd = wordEnd(bytes, statusStart, last);
    if (statusStart == statusEnd) {
      return;
    }
    kind = Kind.RESPONSE;
    if (statusEnd - statusStart <= MOST_STATUS_DIGITS) {
      status = (int) Ascii.number(bytes, statusStart, statusEnd);
    }
  }

  private void readRequest(byte[] bytes, int first, int firstEnd, int last) {
    kind = Kind.REQUEST;
    methodStart = first;
    methodEnd = firstEnd;
    targetStart = Ascii.skipBlanks(bytes, firstEnd, last);
    int lastWord = last;
    while (lastWord > targetStart && !Ascii.isBlank(bytes[lastWord - 1])) {
      lastWord--;
    }
    if (isVersion(bytes, lastWord, last)) {
      versionStart = lastWord;
      versionEnd = last;
      targetEnd = Math.max(targetStart, Ascii.trimEnd(bytes, targetStart, lastWord));
    } else {
      versionStart = last;
      versionEnd = last;
      targetEnd = last;
    }
  }

  private static int wordEnd(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && !Ascii.isBlank(bytes[at])) {
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

  public int statusStart() {
    return statusStart;
  }

  public int statusEnd() {
    return statusEnd;
  }

  /** Of a response; {@link #NO_STATUS} if it is no number of at most nine digits. */
  public int status() {
    return status;
  }
}
