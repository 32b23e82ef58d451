package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * The four bytes after a tag type: tag control information and the next type (IEEE 802.1Q-2018
 * clause 9.6).
 *
 * <pre>
 *  0   2 3 4           15 16          31
 * +-----+-+--------------+--------------+
 * | PCP |D| VLAN id (12) | type/length  |
 * +-----+-+--------------+--------------+
 * </pre>
 */
public final class VlanView {
  public static final int LENGTH = 4;
  private static final int CONTROL = 0;
  private static final int TYPE = 2;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= LENGTH;
  }

  public int headerLength() {
    return LENGTH;
  }

  /** Priority code point, 0 to 7. */
  public int priority() {
    return Bytes.u16(segment, offset + CONTROL) >>> 13;
  }

  public boolean dropEligible() {
    return (Bytes.u16(segment, offset + CONTROL) & 0x1000) != 0;
  }

  public int id() {
    return id(segment, offset);
  }

  public int type() {
    return type(segment, offset);
  }

  public static int id(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + CONTROL) & 0x0FFF;
  }

  public static int type(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + TYPE);
  }
}
