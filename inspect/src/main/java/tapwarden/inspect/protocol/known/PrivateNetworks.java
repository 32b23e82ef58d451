package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Tunnels, by how they are begun. */
public final class PrivateNetworks {
  private PrivateNetworks() {}

  /** WireGuard (Donenfeld 2017, §5.4): a type, three zeros, and the one length that it has. */
  public static final class Wireguard extends KnownProtocol {
    private static final BytePattern TYPE = BytePattern.of("?? 00 00 00");
    private static final int INITIATION_BYTES = 148;
    private static final int RESPONSE_BYTES = 92;
    private static final int COOKIE_BYTES = 64;

    public Wireguard() {
      super("wireguard", Carrier.UDP, FirstBytes.of().and(1, 4));
    }

    @Override
    Recognition look(Opening opening) {
      if (TYPE.begins(opening) != Recognition.YES) {
        return Recognition.NO;
      }
      int length = opening.length();
      return switch (opening.u8(0)) {
        case 1 -> yesIf(length == INITIATION_BYTES);
        case 2 -> yesIf(length == RESPONSE_BYTES);
        case 3 -> yesIf(length == COOKIE_BYTES);
        // The counter of a session has no reason to reach its upper half.
        case 4 ->
            length >= 32 && length % 16 == 0 && opening.u32(12) == 0
                ? Recognition.LIKELY
                : Recognition.NO;
        default -> Recognition.NO;
      };
    }
  }

  /**
   * OpenVPN: the reset that begins a session, whose first packet has the number zero, bare or with
   * an authentication of any usual digest or encryption; over TCP behind its length.
   */
  public static final class Openvpn extends KnownProtocol {
    private static final int RESET_CLIENT_2 = 7;
    private static final int RESET_SERVER_2 = 8;
    private static final int RESET_CLIENT_3 = 10;
    private static final int HEAD_BYTES = 9;
    private static final int BARE_BYTES = 14;
    private static final int BARE_ANSWER_BYTES = 26;
    private static final int ENCRYPTED_BYTES = 54;
    private static final int LONGEST = 1_500;

    /** Bytes of MD5, SHA-1, SHA-2 with 224 to 512 bits. */
    private static final int[] DIGESTS = {16, 20, 28, 32, 48, 64};

    public Openvpn() {
      super(
          "openvpn",
          Carrier.BOTH,
          FirstBytes.of(RESET_CLIENT_2 << 3, RESET_SERVER_2 << 3, RESET_CLIENT_3 << 3)
              .and(0, LONGEST >> 8));
    }

    @Override
    Recognition look(Opening opening) {
      if (!opening.isStream()) {
        return reset(opening, 0, opening.length());
      }
      if (opening.length() < 3) {
        return opening.length() == 1 && opening.u8(0) <= LONGEST >> 8
            ? Recognition.MORE
            : yesIfMore(opening);
      }
      int length = opening.u16(0);
      if (!isReset(opening.u8(2)) || length < BARE_BYTES || length > LONGEST) {
        return Recognition.NO;
      }
      return opening.length() < 2 + Math.min(length, ENCRYPTED_BYTES)
          ? Recognition.MORE
          : reset(opening, 2, length);
    }

    private static Recognition yesIfMore(Opening opening) {
      return opening.length() == 2 && opening.u16(0) >= BARE_BYTES && opening.u16(0) <= LONGEST
          ? Recognition.MORE
          : Recognition.NO;
    }

    private static boolean isReset(int first) {
      return first == RESET_CLIENT_2 << 3
          || first == RESET_SERVER_2 << 3
          || first == RESET_CLIENT_3 << 3;
    }

    private static Recognition reset(Opening opening, int at, int length) {
      if (length < BARE_BYTES
          || !isReset(opening.u8(at))
          || (opening.u32(at + 1) | opening.u32(at + 5)) == 0) {
        return Recognition.NO;
      }
      int type = opening.u8(at) >>> 3;
      int end = at + length;
      if (length == BARE_BYTES && type == RESET_CLIENT_2) {
        return yesIf(isZero(opening, at + HEAD_BYTES, end));
      }
      if (length == BARE_ANSWER_BYTES && type == RESET_SERVER_2) {
        return yesIf(opening.u8(at + HEAD_BYTES) == 1 && isZero(opening, end - 4, end));
      }
      boolean encrypted = type == RESET_CLIENT_3 ? length > ENCRYPTED_BYTES : isEncrypted(length);
      if (encrypted && isReplayStamp(opening, at + HEAD_BYTES)) {
        return Recognition.YES;
      }
      return yesIf(type == RESET_CLIENT_2 && isSigned(opening, at, length));
    }

    private static boolean isEncrypted(int length) {
      return length == ENCRYPTED_BYTES || length == ENCRYPTED_BYTES + 12;
    }

    /** A digest, a number and a time against replay, then the same as of a bare reset. */
    private static boolean isSigned(Opening opening, int at, int length) {
      for (int digest : DIGESTS) {
        if (length == BARE_BYTES + digest + 8) {
          return opening.length() >= at + length
              && isReplayStamp(opening, at + HEAD_BYTES + digest)
              && isZero(opening, at + length - 5, at + length);
        }
      }
      return false;
    }

    /** Number one, or the first of a resent wrapped key, and a time between 2004 and 2038. */
    private static boolean isReplayStamp(Opening opening, int at) {
      long number = opening.u32(at);
      long seconds = opening.u32(at + 4);
      return (number == 1 || number == 0x0F00_0001L)
          && seconds >= 0x4000_0000L
          && seconds < 0x8000_0000L;
    }

    private static boolean isZero(Opening opening, int from, int to) {
      for (int at = from; at < to; at++) {
        if (opening.u8(at) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Internet key exchange 1 and 2 (RFC 2408 §3.1, RFC 7296 §3.1), at port 4500 behind four zeros
   * (RFC 3948 §2.2): a cookie, a version, an exchange of that version, and the datagram's length.
   */
  public static final class Ike extends KnownProtocol {
    private static final int HEAD_BYTES = 28;
    private static final int MARKER_BYTES = 4;

    public Ike() {
      super("ike", Carrier.UDP, FirstBytes.any());
    }

    @Override
    Recognition look(Opening opening) {
      boolean marked = opening.length() >= MARKER_BYTES && opening.u32(0) == 0;
      int at = marked ? MARKER_BYTES : 0;
      if (opening.length() < at + HEAD_BYTES
          || (opening.u32(at) | opening.u32(at + 4)) == 0
          || opening.u32(at + 24) != opening.length() - at) {
        return Recognition.NO;
      }
      int exchange = opening.u8(at + 18);
      int flags = opening.u8(at + 19);
      return switch (opening.u8(at + 17)) {
        case 0x10 -> yesIf((exchange <= 6 || exchange == 32 || exchange == 33) && flags <= 7);
        case 0x20 -> yesIf(exchange >= 34 && exchange <= 43 && (flags & ~0x38) == 0);
        default -> Recognition.NO;
      };
    }
  }

  /**
   * Control of a layer 2 tunnel, versions 2 and 3 (RFC 2661 §3.1, RFC 3931 §3.2.1): type, length
   * and sequence bits, the datagram's length, then a message type as first attribute.
   */
  public static final class L2tp extends KnownProtocol {
    private static final BytePattern HEAD = BytePattern.of("C8 ?? ?? ??");
    private static final BytePattern MESSAGE_TYPE = BytePattern.of("80 08 00 00 00 00 00");
    private static final int HEAD_BYTES = 12;

    public L2tp() {
      super("l2tp", Carrier.UDP, FirstBytes.of(0xC8));
    }

    @Override
    Recognition look(Opening opening) {
      return yesIf(
          HEAD.begins(opening) == Recognition.YES
              && (opening.u8(1) == 2 || opening.u8(1) == 3)
              && opening.u16(2) == opening.length()
              && MESSAGE_TYPE.at(opening, HEAD_BYTES) == Recognition.YES);
    }
  }
}
