package tapwarden.inspect.protocol.tls;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Whether a side's first bytes are TLS: sure of a record with a hello (RFC 8446 §5.1, RFC 5246
 * §E.2), likely for any other whole record header, as where the beginning was not seen.
 */
final class TlsOpening {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int MOST_RECORD_BYTES = (1 << 14) + 2_048;
  private static final int HEADER = 5;
  private static final int SSL2_CLIENT_HELLO = 1;
  private static final int SSL2_SERVER_HELLO = 4;
  private static final int SSL2_FIXED = 11;

  private TlsOpening() {}

  static boolean mayBegin(int firstByte) {
    return firstByte >= 0x80 || (firstByte >= CHANGE_CIPHER_SPEC && firstByte <= APPLICATION_DATA);
  }

  static Recognition recognise(Opening opening) {
    int first = opening.u8(0);
    if ((first & 0x80) != 0) {
      return ssl2(opening);
    }
    if (first < CHANGE_CIPHER_SPEC
        || first > APPLICATION_DATA
        || (opening.length() > 1 && opening.u8(1) != 3)
        || (opening.length() > 2 && opening.u8(2) > 4)) {
      return Recognition.NO;
    }
    if (opening.length() <= HEADER) {
      return Recognition.MORE;
    }
    int bytes = opening.u16(3);
    if (bytes == 0 || bytes > MOST_RECORD_BYTES) {
      return Recognition.NO;
    }
    return switch (first) {
      case HANDSHAKE -> isHello(opening.u8(HEADER)) ? Recognition.YES : Recognition.LIKELY;
      case CHANGE_CIPHER_SPEC ->
          bytes == 1 && opening.u8(HEADER) == 1 ? Recognition.LIKELY : Recognition.NO;
      case ALERT -> isAlert(opening, bytes) ? Recognition.LIKELY : Recognition.NO;
      default -> Recognition.LIKELY;
    };
  }

  private static boolean isHello(int type) {
    return type == 1 || type == 2;
  }

  /** In clear it has two bytes, of which the first is 1 or 2; encrypted it has more. */
  private static boolean isAlert(Opening opening, int bytes) {
    int level = opening.u8(HEADER);
    return bytes == 2 ? level == 1 || level == 2 : bytes > 16 && bytes < 256;
  }

  /** Two bytes of length, the type, the version, and lengths that add up. */
  private static Recognition ssl2(Opening opening) {
    if (opening.length() < SSL2_FIXED) {
      boolean may = opening.length() < 3 || isSsl2Type(opening.u8(2));
      return may ? Recognition.MORE : Recognition.NO;
    }
    int length = opening.u16(0) & 0x7FFF;
    int type = opening.u8(2);
    if (type == SSL2_SERVER_HELLO) {
      boolean plausible =
          opening.u8(3) <= 1
              && opening.u16(5) == 2
              && length
                  == 11
                      + opening.u16(7)
                      + opening.u16(9)
                      + (opening.length() > 12 ? opening.u16(11) : 0);
      return plausible ? Recognition.YES : Recognition.NO;
    }
    int version = opening.u16(3);
    boolean adds = length == 9 + opening.u16(5) + opening.u16(7) + opening.u16(9);
    boolean plausible =
        type == SSL2_CLIENT_HELLO
            && (version == 2 || version >>> 8 == 3)
            && opening.u16(5) > 0
            && opening.u16(5) % 3 == 0
            && adds;
    return plausible ? Recognition.YES : Recognition.NO;
  }

  private static boolean isSsl2Type(int type) {
    return type == SSL2_CLIENT_HELLO || type == SSL2_SERVER_HELLO;
  }
}
