package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What all header views share: where the header lies and how its fields are read. A view owns
 * nothing and is moved from header to header by its {@code wrap}, which answers whether the whole
 * header lies before {@code end} and its length fields hold together; only then may the accessors
 * be called, and then none of them can fail. Field offsets count bytes from the start of the
 * header.
 */
abstract class HeaderView {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort BIG_16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BIG_32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BIG_64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private long end;

  /** Moves the view; true when at least {@code length} bytes lie between offset and end. */
  final boolean place(MemorySegment segment, long offset, long end, int length) {
    this.segment = segment;
    this.offset = offset;
    this.end = end;
    return end - offset >= length;
  }

  /** The segment that {@code wrap} was given. */
  public final MemorySegment segment() {
    return segment;
  }

  /** Where the header starts in {@link #segment()}. */
  public final long offset() {
    return offset;
  }

  /** First offset that may not be read: the {@code end} that {@code wrap} was given. */
  public final long end() {
    return end;
  }

  /** Bytes between the start of the header and {@link #end()}, at most 2^31 - 1. */
  final int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - offset);
  }

  final int u8(int at) {
    return u8(segment, offset + at);
  }

  final int u16(int at) {
    return u16(segment, offset + at);
  }

  final int u24(int at) {
    return u16(at) << 8 | u8(at + 2);
  }

  final long u32(int at) {
    return segment.get(BIG_32, offset + at) & 0xFFFF_FFFFL;
  }

  final long u48(int at) {
    return (long) u16(at) << 32 | u32(at + 2);
  }

  final long u64(int at) {
    return segment.get(BIG_64, offset + at);
  }

  final int u16LittleEndian(int at) {
    return u16LittleEndian(segment, offset + at);
  }

  final long u32LittleEndian(int at) {
    return Integer.reverseBytes((int) u32(at)) & 0xFFFF_FFFFL;
  }

  static int u8(MemorySegment segment, long at) {
    return segment.get(BYTE, at) & 0xFF;
  }

  static int u16(MemorySegment segment, long at) {
    return segment.get(BIG_16, at) & 0xFFFF;
  }

  static int u16LittleEndian(MemorySegment segment, long at) {
    return Short.reverseBytes(segment.get(BIG_16, at)) & 0xFFFF;
  }
}
