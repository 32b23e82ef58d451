package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An Ethernet header without preamble and frame check sequence (IEEE 802.3 clause 3.2).
 *
 * <pre>
 *  0                 6                12        14
 * +-----------------+-----------------+---------+
 * | destination MAC | source MAC      | type or |
 * | 48 bit          | 48 bit          | length  |
 * +-----------------+-----------------+---------+
 * </pre>
 */
public final class EthernetView {
  public static final int LENGTH = 14;
  private static final int DESTINATION = 0;
  private static final int SOURCE = 6;
  private static final int TYPE = 12;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  /** Points at {@code offset}; true when all {@value #LENGTH} bytes lie before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= LENGTH;
  }

  public int headerLength() {
    return LENGTH;
  }

  public long destination() {
    return destination(segment, offset);
  }

  public long source() {
    return source(segment, offset);
  }

  /** The type, or below {@link EtherType#MINIMUM} the length of what follows. */
  public int type() {
    return type(segment, offset);
  }

  // Eight bytes in one read for the hot path, and the fields that lie in them.

  /** Destination, and the first two bytes of the source. */
  public static long head(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + DESTINATION);
  }

  /** The rest of the source, the type, and two bytes of what follows. */
  public static long tail(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + DESTINATION + Long.BYTES);
  }

  public static long destination(long head) {
    return head >>> 16;
  }

  public static long source(long head, long tail) {
    return (head & 0xFFFF) << 32 | tail >>> 32;
  }

  public static int type(long tail) {
    return (int) (tail >>> 16) & 0xFFFF;
  }

  // One read of eight bytes instead of two: the two bytes too many lie inside the header.

  public static long destination(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + DESTINATION) >>> 16;
  }

  public static long source(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + SOURCE) >>> 16;
  }

  public static int type(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + TYPE);
  }
}
