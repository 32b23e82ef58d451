package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * VN-Tag (Cisco's proposal to IEEE 802.1Qbh), after EtherType 0x8926: between a switch and its port
 * extender.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |D|P|  Destination interface    |L|R|Ver|  Source interface     |
 * |          EtherType            |
 * </pre>
 */
public final class VnTagView extends HeaderView {
  public static final int LENGTH = 6;

  private static final int DESTINATION = 0;
  private static final int SOURCE = 2;
  private static final int TYPE = 4;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** The D flag: from the switch to the port extender. */
  public boolean isToExtender() {
    return (u16(DESTINATION) & 0x8000) != 0;
  }

  /** The P flag: the destination is a list of interfaces. */
  public boolean isPointer() {
    return (u16(DESTINATION) & 0x4000) != 0;
  }

  /** Destination virtual interface, 14 bits. */
  public int destinationInterface() {
    return u16(DESTINATION) & 0x3FFF;
  }

  /** The L flag: the frame returns to the extender that it came from. */
  public boolean isLooped() {
    return (u16(SOURCE) & 0x8000) != 0;
  }

  public int version() {
    return u16(SOURCE) >>> 12 & 3;
  }

  /** Source virtual interface, 12 bits. */
  public int sourceInterface() {
    return u16(SOURCE) & 0xFFF;
  }

  /** EtherType of what follows. */
  public int payloadType() {
    return u16(TYPE);
  }

  @Override
  public String toString() {
    return "VN-Tag to-extender=%b pointer=%b destination=%d looped=%b version=%d source=%d type=0x%04x"
        .formatted(
            isToExtender(),
            isPointer(),
            destinationInterface(),
            isLooped(),
            version(),
            sourceInterface(),
            payloadType());
  }
}
