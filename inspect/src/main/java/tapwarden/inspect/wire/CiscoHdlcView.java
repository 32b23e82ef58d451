package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Cisco HDLC header (LINKTYPE_C_HDLC 104; RFC 4349 section 4 shows it).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |    Address    |  Control (0)  |          Protocol             |
 * </pre>
 */
public final class CiscoHdlcView extends HeaderView {
  public static final int LENGTH = 4;

  public static final int ADDRESS_UNICAST = 0x0F;
  public static final int ADDRESS_MULTICAST = 0x8F;

  /** Protocol value of the serial line address resolution protocol (keep-alives). */
  public static final int SLARP = 0x8035;

  private static final int ADDRESS = 0;
  private static final int CONTROL = 1;
  private static final int PROTOCOL = 2;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  /** Whether Cisco HDLC rather than PPP starts at {@code offset} of a frame that may be either. */
  public static boolean isCiscoHdlc(MemorySegment segment, long offset, long end) {
    return end - offset >= LENGTH
        && (Bytes.u16(segment, offset) == ADDRESS_UNICAST << 8
            || Bytes.u16(segment, offset) == ADDRESS_MULTICAST << 8);
  }

  public int headerLength() {
    return LENGTH;
  }

  public int address() {
    return u8(ADDRESS);
  }

  public int control() {
    return u8(CONTROL);
  }

  /** EtherType, {@link #SLARP}, {@link EtherType#CDP}, ... */
  public int payloadType() {
    return u16(PROTOCOL);
  }

  @Override
  public String toString() {
    return "C-HDLC address=0x%02x control=0x%02x type=0x%04x"
        .formatted(address(), control(), payloadType());
  }
}
