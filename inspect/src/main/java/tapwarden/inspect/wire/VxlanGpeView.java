package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * VXLAN generic protocol extension header, draft-ietf-nvo3-vxlan-gpe section 3.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |R|R|Ver|I|P|B|O|           Reserved            | Next protocol |
 * |                VXLAN network identifier       |   Reserved    |
 * </pre>
 */
public final class VxlanGpeView extends HeaderView {

  public static final int LENGTH = 8;

  public static final int IPV4 = 1;
  public static final int IPV6 = 2;
  public static final int ETHERNET = 3;
  public static final int NSH = 4;
  public static final int MPLS = 5;

  private static final int FLAGS = 0;
  private static final int NEXT_PROTOCOL = 3;
  private static final int VNI = 4;

  private static final int FLAG_VNI = 0x08;
  private static final int FLAG_NEXT_PROTOCOL = 0x04;
  private static final int FLAG_BROADCAST = 0x02;
  private static final int FLAG_OAM = 0x01;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  public int flags() {
    return u8(FLAGS);
  }

  /** 0 in every draft so far. */
  public int version() {
    return flags() >>> 4 & 3;
  }

  public boolean hasVni() {
    return (flags() & FLAG_VNI) != 0;
  }

  /** VXLAN network identifier, 24 bits. */
  public int vni() {
    return u24(VNI);
  }

  /** The P flag: the next protocol field is meant. */
  public boolean hasNextProtocol() {
    return (flags() & FLAG_NEXT_PROTOCOL) != 0;
  }

  /** The next protocol field as it is, whatever the P flag says. */
  public int nextProtocol() {
    return u8(NEXT_PROTOCOL);
  }

  /** Broadcast, unknown unicast or multicast traffic. */
  public boolean isBroadcast() {
    return (flags() & FLAG_BROADCAST) != 0;
  }

  public boolean isOam() {
    return (flags() & FLAG_OAM) != 0;
  }

  /** {@link #ETHERNET} without the P flag, as in plain VXLAN; else the next protocol field. */
  public int payloadType() {
    return hasNextProtocol() ? nextProtocol() : ETHERNET;
  }

  @Override
  public String toString() {
    return "VXLAN-GPE flags=0x%02x next=%d vni=%d".formatted(flags(), payloadType(), vni());
  }
}
