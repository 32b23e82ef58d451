package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Sound and pictures as they happen, and how they find through. */
public final class Media {
  private Media() {}

  /**
   * Real-time messaging, as Flash spoke it: version 3, then 1,536 bytes that begin with a time and
   * four bytes that are zero or a version of a player or server.
   */
  public static final class Rtmp extends KnownProtocol {
    private static final int VERSION = 3;
    private static final int LEAST_BYTES = 64;
    private static final int MOST_MAJOR = 0x80;

    public Rtmp() {
      super("rtmp", Carrier.TCP, FirstBytes.of(VERSION));
    }

    @Override
    Recognition look(Opening opening) {
      int shown = opening.length();
      if (opening.u8(0) != VERSION || (shown > 1 && isPacket(opening))) {
        return Recognition.NO;
      }
      if (shown < LEAST_BYTES) {
        return shown < 9 || isSecondWord(opening) ? Recognition.MORE : Recognition.NO;
      }
      return yesIf(isSecondWord(opening) && isMixed(opening));
    }

    /** ISO transport begins with 3 and 0 too, and then says a length of less than 64 KiB. */
    private static boolean isPacket(Opening opening) {
      return opening.u8(1) == 0 && opening.length() > 4 && opening.u16(2) == opening.length();
    }

    /**
     * Zero, or a version: four numbers of which the last is small and the first no more than 128.
     */
    private static boolean isSecondWord(Opening opening) {
      return opening.u32(5) == 0
          || (opening.u8(5) > 0
              && opening.u8(5) <= MOST_MAJOR
              && opening.u8(6) == 0
              && opening.u8(8) <= 8);
    }

    /** The rest is random, or counts up: hardly any byte is there a third time in a row. */
    private static boolean isMixed(Opening opening) {
      int repeated = 0;
      for (int at = 11; at < LEAST_BYTES; at++) {
        if (opening.u8(at) == opening.u8(at - 1) && opening.u8(at) == opening.u8(at - 2)) {
          repeated++;
        }
      }
      return repeated <= 2;
    }
  }

  /**
   * Control of real-time transport (RFC 3550 §6.1): a datagram of several packets, a report first,
   * that are as long together as it is. Real-time transport itself has too little that is fixed.
   */
  public static final class Rtcp extends KnownProtocol {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int LAST_TYPE = 207;
    private static final int HEAD_BYTES = 4;
    private static final int MOST_PACKETS = 64;

    public Rtcp() {
      super("rtcp", Carrier.UDP, FirstBytes.of().and(0x80, 0xBF));
    }

    @Override
    Recognition look(Opening opening) {
      int at = 0;
      boolean described = false;
      for (int packet = 0; packet < MOST_PACKETS; packet++) {
        if (at == opening.length()) {
          return yesIf(described);
        }
        if (at + HEAD_BYTES > opening.length() || opening.u8(at) >>> 6 != 2) {
          return Recognition.NO;
        }
        int type = opening.u8(at + 1);
        if (packet == 0
            ? type != SENDER_REPORT && type != RECEIVER_REPORT
            : type < SENDER_REPORT || type > LAST_TYPE) {
          return Recognition.NO;
        }
        described |= type == SOURCE_DESCRIPTION;
        at += HEAD_BYTES + 4 * opening.u16(at + 2);
      }
      return Recognition.NO;
    }
  }

  /** STUN (RFC 8489 §5): two bits of zero, the magic cookie, a length in words; TURN is of it. */
  public static final class Stun extends KnownProtocol {
    private static final BytePattern COOKIE = BytePattern.of("?? ?? ?? ?? 21 12 A4 42");
    private static final int HEAD_BYTES = 20;

    public Stun() {
      super("stun", Carrier.BOTH, FirstBytes.of().and(0x00, 0x3F));
    }

    @Override
    Recognition look(Opening opening) {
      if (opening.u8(0) >= 0x40 || (opening.length() >= 4 && opening.u8(3) % 4 != 0)) {
        return Recognition.NO;
      }
      Recognition cookie = COOKIE.begins(opening);
      if (cookie != Recognition.YES || opening.isStream()) {
        return cookie;
      }
      return yesIf(opening.u16(2) + HEAD_BYTES == opening.length());
    }
  }
}
