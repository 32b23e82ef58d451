package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * CAPWAP header (RFC 5415 section 4.3) or CAPWAP DTLS header (section 4.2), as the preamble says.
 * Behind a data header lies a frame: IEEE 802.3 with T 0, native to the wireless binding with T 1.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |Version| Type  |  HLEN x4| Radio id| Binding |T|F|L|W|M|K|Flags|
 * |          Fragment id          |     Fragment offset x8  |Rsvd |
 * | Length |  radio MAC address, padded to 4 bytes       (with M) |
 * | Length |  wireless specific information, padded      (with W) |
 * </pre>
 */
public final class CapwapView extends HeaderView {

  public static final int DTLS_LENGTH = 4;
  public static final int MINIMUM_LENGTH = 8;

  /** Wireless binding id of IEEE 802.11. */
  public static final int BINDING_IEEE802_11 = 1;

  private static final int PREAMBLE = 0;
  private static final int FIELDS = 0;
  private static final int LENGTH_FIELD = 1;
  private static final int FRAGMENT_ID = 4;
  private static final int FRAGMENT_OFFSET = 6;
  private static final int RADIO_MAC = 8;

  private static final int FLAG_NATIVE = 0x100;
  private static final int FLAG_FRAGMENT = 0x80;
  private static final int FLAG_LAST_FRAGMENT = 0x40;
  private static final int FLAG_WIRELESS = 0x20;
  private static final int FLAG_RADIO_MAC = 0x10;
  private static final int FLAG_KEEP_ALIVE = 0x08;
  private static final int TYPE_HEADER = 0;
  private static final int TYPE_DTLS = 1;

  /** Refuses other versions than 0, unknown types, and a header length below 8 bytes. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    if (!place(segment, offset, end, DTLS_LENGTH) || u8(PREAMBLE) >>> 4 != 0) {
      return false;
    }
    return switch (u8(PREAMBLE) & 0xF) {
      case TYPE_HEADER ->
          available() >= MINIMUM_LENGTH
              && headerLength() >= MINIMUM_LENGTH
              && headerLength() <= available();
      case TYPE_DTLS -> true;
      default -> false;
    };
  }

  /** Whether a DTLS record follows; none of the other fields is then meaningful. */
  public boolean isDtls() {
    return (u8(PREAMBLE) & 0xF) == TYPE_DTLS;
  }

  public int headerLength() {
    return isDtls() ? DTLS_LENGTH : (u8(LENGTH_FIELD) >>> 3) * 4;
  }

  private boolean flag(int mask) {
    return !isDtls() && (u32(FIELDS) & mask) != 0;
  }

  public int radioId() {
    return isDtls() ? 0 : (int) (u32(FIELDS) >>> 14) & 0x1F;
  }

  /** Wireless binding id, {@link #BINDING_IEEE802_11}. */
  public int binding() {
    return isDtls() ? 0 : (int) (u32(FIELDS) >>> 9) & 0x1F;
  }

  /** The T flag: the frame is native to the binding rather than IEEE 802.3. */
  public boolean isNative() {
    return flag(FLAG_NATIVE);
  }

  public boolean isFragment() {
    return flag(FLAG_FRAGMENT);
  }

  public boolean isLastFragment() {
    return flag(FLAG_LAST_FRAGMENT);
  }

  public boolean hasWirelessInformation() {
    return flag(FLAG_WIRELESS);
  }

  /** Whether this only keeps the data channel alive. */
  public boolean isKeepAlive() {
    return flag(FLAG_KEEP_ALIVE);
  }

  public int fragmentId() {
    return isDtls() ? 0 : u16(FRAGMENT_ID);
  }

  /** In bytes. */
  public int fragmentOffset() {
    return isDtls() ? 0 : u16(FRAGMENT_OFFSET) & 0xFFF8;
  }

  public boolean hasRadioMac() {
    return flag(FLAG_RADIO_MAC) && headerLength() >= RADIO_MAC + 8 && u8(RADIO_MAC) == 6;
  }

  /** The radio's address of 48 bits; -1 without {@link #hasRadioMac()}. */
  public long radioMac() {
    return hasRadioMac() ? u48(RADIO_MAC + 1) : -1;
  }

  @Override
  public String toString() {
    return ("CAPWAP dtls=%b header=%d radio=%d binding=%d native=%b fragment=%b last=%b"
            + " wireless=%b keep-alive=%b id=%d offset=%d mac=%s")
        .formatted(
            isDtls(),
            headerLength(),
            radioId(),
            binding(),
            isNative(),
            isFragment(),
            isLastFragment(),
            hasWirelessInformation(),
            isKeepAlive(),
            fragmentId(),
            fragmentOffset(),
            hasRadioMac() ? MacAddressText.format(radioMac()) : "none");
  }
}
