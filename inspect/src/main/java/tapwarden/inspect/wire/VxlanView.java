package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * VXLAN header, RFC 7348 section 5, with the group policy extension
 * (draft-smith-vxlan-group-policy). An Ethernet frame follows.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group policy id        |
 * |                VXLAN network identifier       |   Reserved    |
 * </pre>
 */
public final class VxlanView extends HeaderView {

  public static final int LENGTH = 8;

  private static final int FLAGS = 0;
  private static final int GROUP_POLICY = 2;
  private static final int VNI = 4;

  private static final int FLAG_GROUP_POLICY = 0x80;
  private static final int FLAG_VNI = 0x08;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  public int flags() {
    return u8(FLAGS);
  }

  /** The I flag: RFC 7348 wants it set on every packet. */
  public boolean hasVni() {
    return (flags() & FLAG_VNI) != 0;
  }

  /** VXLAN network identifier, 24 bits. */
  public int vni() {
    return u24(VNI);
  }

  /** The G flag. */
  public boolean hasGroupPolicy() {
    return (flags() & FLAG_GROUP_POLICY) != 0;
  }

  /** Group policy id, meaningful only with {@link #hasGroupPolicy()}. */
  public int groupPolicyId() {
    return u16(GROUP_POLICY);
  }

  @Override
  public String toString() {
    return "VXLAN flags=0x%02x vni=%d group-policy=%d".formatted(flags(), vni(), groupPolicyId());
  }
}
