package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * What precedes the IPv6 packet in a Teredo datagram (RFC 4380 section 5.1.1): nothing, an
 * authentication, an origin indication, or both in this order.
 *
 * <pre>
 * | 0x00 | 0x01 | ID len | AU len | client id | authentication | nonce (8) | confirmation |
 * | 0x00 | 0x00 | origin port, inverted | origin IPv4 address, inverted |
 * | IPv6 packet ...
 * </pre>
 */
public final class TeredoView extends HeaderView {

  private static final int AUTHENTICATION_MARK = 0x0001;
  private static final int ORIGIN_MARK = 0x0000;
  private static final int ID_LENGTH = 2;
  private static final int AU_LENGTH = 3;
  private static final int VARIABLE = 4;
  private static final int NONCE_AND_CONFIRMATION = 9;
  private static final int ORIGIN_LENGTH = 8;
  private static final int ORIGIN_PORT = 2;
  private static final int ORIGIN_ADDRESS = 4;
  private static final int ABSENT = -1;

  private int authenticationLength;
  private int originAt;

  /** Refuses what is not followed by the version nibble of IPv6. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    authenticationLength = 0;
    originAt = ABSENT;
    if (!place(segment, offset, end, VARIABLE)) {
      return false;
    }
    if (u16(0) == AUTHENTICATION_MARK) {
      authenticationLength = VARIABLE + u8(ID_LENGTH) + u8(AU_LENGTH) + NONCE_AND_CONFIRMATION;
      if (available() < authenticationLength + 2) {
        return false;
      }
    }
    if (u16(authenticationLength) == ORIGIN_MARK) {
      originAt = authenticationLength;
    }
    return available() > headerLength() && u8(headerLength()) >>> 4 == 6;
  }

  /** Bytes before the IPv6 packet; 0 without indications. */
  public int headerLength() {
    return authenticationLength + (hasOrigin() ? ORIGIN_LENGTH : 0);
  }

  public boolean hasAuthentication() {
    return authenticationLength > 0;
  }

  public boolean hasOrigin() {
    return originAt != ABSENT;
  }

  /** The client's mapped UDP port; -1 without {@link #hasOrigin()}. */
  public int originPort() {
    return hasOrigin() ? u16(originAt + ORIGIN_PORT) ^ 0xFFFF : -1;
  }

  /** The client's mapped IPv4 address in the low 32 bits; -1 without {@link #hasOrigin()}. */
  public long originAddress() {
    return hasOrigin() ? u32(originAt + ORIGIN_ADDRESS) ^ 0xFFFF_FFFFL : -1;
  }

  @Override
  public String toString() {
    return "Teredo header=%d authentication=%b origin=%d port=%d"
        .formatted(headerLength(), hasAuthentication(), originAddress(), originPort());
  }
}
