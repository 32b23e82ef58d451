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
  private static final int WARNING = 1;
  private static final int FATAL = 2;

  /** Nothing else begins with five empty records. */
  private static final int SURE_BY_EMPTY_RECORDS = 4 * HEADER;

  private static final int SSL2_CLIENT_HELLO = 1;
  private static final int SSL2_SERVER_HELLO = 4;
  private static final int SSL2_FIXED = 11;

  private TlsOpening() {}

  static boolean mayBegin(int firstByte) {
    return firstByte >= 0x80 || (firstByte >= CHANGE_CIPHER_SPEC && firstByte <= APPLICATION_DATA);
  }

  /**
   * Records that servers pass over may come before the hello: empty ones, a change of cipher (RFC
   * 8446 §5), and an alert that only warns. A change or an alert is likely by itself.
   */
  static Recognition recognise(Opening opening) {
    if ((opening.u8(0) & 0x80) != 0) {
      return ssl2(opening);
    }
    Recognition otherwise = Recognition.NO;
    int at = 0;
    while (at < opening.length()) {
      if (!mayBeHeader(opening, at)) {
        return otherwise;
      }
      if (opening.length() < at + HEADER) {
        break;
      }
      int bytes = opening.u16(at + 3);
      if (bytes > 0 || opening.u8(at) != HANDSHAKE) {
        if (opening.length() == at + HEADER) {
          return bytes == 0 || bytes > MOST_RECORD_BYTES ? otherwise : more(otherwise);
        }
        Recognition said = record(opening, at, bytes);
        if (!isPassedOver(opening, at, bytes)) {
          return said == Recognition.YES || at == 0 ? said : otherwise;
        }
        otherwise = said;
      } else if (at >= SURE_BY_EMPTY_RECORDS) {
        otherwise = Recognition.LIKELY;
      }
      at += HEADER + bytes;
    }
    return more(otherwise);
  }

  private static Recognition more(Recognition otherwise) {
    return otherwise == Recognition.NO ? Recognition.MORE : otherwise;
  }

  private static boolean mayBeHeader(Opening opening, int at) {
    int type = opening.u8(at);
    return type >= CHANGE_CIPHER_SPEC
        && type <= APPLICATION_DATA
        && (opening.length() <= at + 1 || opening.u8(at + 1) == 3)
        && (opening.length() <= at + 2 || opening.u8(at + 2) <= 4);
  }

  /** What a record of which the first byte is there says by itself. */
  private static Recognition record(Opening opening, int at, int bytes) {
    if (bytes == 0 || bytes > MOST_RECORD_BYTES) {
      return Recognition.NO;
    }
    int first = opening.u8(at + HEADER);
    return switch (opening.u8(at)) {
      case HANDSHAKE -> isHello(first) ? Recognition.YES : Recognition.LIKELY;
      case CHANGE_CIPHER_SPEC -> bytes == 1 && first == 1 ? Recognition.LIKELY : Recognition.NO;
      case ALERT -> isAlert(first, bytes) ? Recognition.LIKELY : Recognition.NO;
      default -> Recognition.LIKELY;
    };
  }

  private static boolean isPassedOver(Opening opening, int at, int bytes) {
    int first = opening.u8(at + HEADER);
    return switch (opening.u8(at)) {
      case CHANGE_CIPHER_SPEC -> bytes == 1 && first == 1;
      case ALERT -> bytes == 2 && first == WARNING;
      default -> false;
    };
  }

  private static boolean isHello(int type) {
    return type == 1 || type == 2;
  }

  /** In clear it has two bytes, of which the first is 1 or 2; encrypted it has more. */
  private static boolean isAlert(int level, int bytes) {
    return bytes == 2 ? level == WARNING || level == FATAL : bytes > 16 && bytes < 256;
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
