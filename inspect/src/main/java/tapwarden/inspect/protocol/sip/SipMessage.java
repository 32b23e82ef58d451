package tapwarden.inspect.protocol.sip;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;

/**
 * The head of a SIP message (RFC 3261 §7) in an array, and where its body is. One object is moved
 * from message to message.
 */
final class SipMessage {
  /** {@link #contentLength} of a message that says nothing of it. */
  static final long NO_LENGTH = -1;

  private static final byte[] VERSION = ascii("sip/2.0");
  private static final byte[] SDP = ascii("application/sdp");
  private static final byte[] REGISTER = ascii("register");
  private static final int TRYING = 100;

  private final HttpHead head = new HttpHead();
  private int start;
  private int bodyStart;
  private int bodyEnd;
  private long contentLength;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a head.
   *
   * @param headEnd behind the empty line
   * @return false if it is none
   */
  boolean readHead(byte[] bytes, int from, int headEnd) {
    start = from;
    StartLine.Kind kind = head.read(bytes, from, headEnd);
    StartLine line = head.startLine();
    if (kind == StartLine.Kind.NONE
        || !Ascii.is(bytes, line.versionStart(), line.versionEnd(), VERSION)) {
      return false;
    }
    bodyStart = headEnd;
    bodyEnd = headEnd;
    int length = find(SipHeader.CONTENT_LENGTH, 0);
    contentLength =
        length < 0
            ? NO_LENGTH
            : Ascii.number(bytes, head.valueStart(length), head.valueEnd(length));
    return true;
  }

  /** What of the body is there: as much as the head says, and no more than that. */
  void bodyUpTo(int end) {
    long most = contentLength < 0 ? Long.MAX_VALUE : contentLength;
    bodyEnd = bodyStart + (int) Math.min(most, Math.max(0, end - bodyStart));
  }

  /** Bytes of the body by the head; {@link #NO_LENGTH} if it does not say or says nonsense. */
  long contentLength() {
    return contentLength;
  }

  HttpHead head() {
    return head;
  }

  byte[] bytes() {
    return head.bytes();
  }

  boolean isRequest() {
    return head.startLine().kind() == StartLine.Kind.REQUEST;
  }

  /** Where the first line starts. */
  int lineStart() {
    return start;
  }

  /** Where the first line ends, without what ends it. */
  int lineEnd() {
    int end = Ascii.find(head.bytes(), start, bodyStart, '\n');
    return Ascii.trimEnd(head.bytes(), start, end);
  }

  /** The first such line from one on, by either name; -1 if there is none. */
  int find(SipHeader header, int from) {
    for (int line = from; line < head.lines(); line++) {
      if (head.isNamed(line, header.longName())
          || (header.shortName().length > 0 && head.isNamed(line, header.shortName()))) {
        return line;
      }
    }
    return -1;
  }

  /** Whether the body describes a session. */
  boolean hasSession() {
    int type = find(SipHeader.CONTENT_TYPE, 0);
    return bodyEnd > bodyStart
        && type >= 0
        && Ascii.begins(head.bytes(), head.valueStart(type), head.valueEnd(type), SDP);
  }

  int bodyStart() {
    return bodyStart;
  }

  int bodyEnd() {
    return bodyEnd;
  }

  /**
   * Whether who sends it is who wrote it. A proxy adds its Via to a request that it passes on (RFC
   * 3261 §16.6), so the first has one; answers do not show it, but none passes on a 100, and
   * registrars answer for themselves.
   */
  boolean isOfSender() {
    if (isRequest()) {
      return vias() == 1;
    }
    if (head.startLine().status() == TRYING) {
      return true;
    }
    int line = find(SipHeader.SEQUENCE, 0);
    if (line < 0 || vias() != 1) {
      return false;
    }
    int end = head.valueEnd(line);
    int word = end;
    while (word > head.valueStart(line) && !Ascii.isBlank(head.bytes()[word - 1])) {
      word--;
    }
    return Ascii.is(head.bytes(), word, end, REGISTER);
  }

  /** Hops on its way: one line may tell of several. */
  private int vias() {
    int vias = 0;
    int line = find(SipHeader.VIA, 0);
    while (line >= 0) {
      vias++;
      for (int i = head.valueStart(line); i < head.valueEnd(line); i++) {
        vias += head.bytes()[i] == ',' ? 1 : 0;
      }
      line = find(SipHeader.VIA, line + 1);
    }
    return vias;
  }
}
