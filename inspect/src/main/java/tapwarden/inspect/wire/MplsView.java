package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * One entry of an MPLS label stack (RFC 3032 section 2.1; traffic class RFC 5462).
 *
 * <pre>
 *  0                    20  23 24      31
 * +--------------------+---+-+---------+
 * | label (20)         | TC|S| TTL     |
 * +--------------------+---+-+---------+
 * </pre>
 */
public final class MplsView {
  public static final int LENGTH = 4;
  private static final int BOTTOM = 0x100;

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

  public int label() {
    return Bytes.i32(segment, offset) >>> 12;
  }

  public int trafficClass() {
    return Bytes.i32(segment, offset) >>> 9 & 7;
  }

  /** Whether this is the last entry of the stack. */
  public boolean isBottom() {
    return isBottom(segment, offset);
  }

  public int ttl() {
    return Bytes.i32(segment, offset) & 0xFF;
  }

  public static boolean isBottom(MemorySegment segment, long offset) {
    return (Bytes.i32(segment, offset) & BOTTOM) != 0;
  }
}
