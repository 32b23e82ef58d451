package tapwarden.inspect.protocol.sip;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Tells SIP by its first line: {@code SIP/2.0 200 OK}, or {@code INVITE sip:... SIP/2.0}. HTTP and
 * RTSP have methods of the same names, so the version, or the scheme of a long address, decides.
 */
final class SipOpening {
  private static final byte[] RESPONSE = "SIP/2.0 ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION = " SIP/2.0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIP = "sip:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIPS = "sips:".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_METHOD_BYTES = 32;

  private SipOpening() {}

  static boolean mayBegin(int firstByte) {
    return (firstByte >= 'A' && firstByte <= 'Z') || (firstByte >= 'a' && firstByte <= 'z');
  }

  static Recognition recognise(Opening opening) {
    Recognition response = opening.begins(RESPONSE);
    if (response == Recognition.YES) {
      return Recognition.YES;
    }
    Recognition request = request(opening);
    Recognition said =
        response == Recognition.MORE && request == Recognition.NO ? response : request;
    return said == Recognition.MORE && !opening.isStream() ? Recognition.NO : said;
  }

  private static Recognition request(Opening opening) {
    if (opening.length() > 0 && !mayBegin(opening.u8(0))) {
      return Recognition.NO;
    }
    int at = 0;
    while (at < opening.length() && isMethod(opening.u8(at))) {
      at++;
    }
    if (at == opening.length() && at <= MAX_METHOD_BYTES) {
      return Recognition.MORE;
    }
    if (at == 0 || at > MAX_METHOD_BYTES || opening.u8(at) != ' ') {
      return Recognition.NO;
    }
    int end = at + 1;
    while (end < opening.length() && opening.u8(end) >= ' ') {
      end++;
    }
    if (end == opening.length()) {
      boolean isLong = end >= Opening.MOST_BYTES;
      boolean isAddress =
          opening.has(at + 1, SIP) == Recognition.YES
              || opening.has(at + 1, SIPS) == Recognition.YES;
      return isLong && isAddress ? Recognition.YES : Recognition.MORE;
    }
    boolean isLine = opening.u8(end) == '\r' || opening.u8(end) == '\n';
    int version = end - VERSION.length;
    return isLine && version > at && opening.has(version, VERSION) == Recognition.YES
        ? Recognition.YES
        : Recognition.NO;
  }

  private static boolean isMethod(int b) {
    return mayBegin(b) || (b >= '0' && b <= '9') || b == '-' || b == '_' || b == '.';
  }
}
