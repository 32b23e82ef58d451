package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * What all header views share: where the header lies and how its fields are read. A view owns
 * nothing and is moved from header to header by its {@code wrap}, which answers whether the whole
 * header lies before {@code end} and its length fields hold together; only then may the accessors
 * be called, and then none of them can fail. Field offsets count bytes from the start of the
 * header.
 */
abstract class HeaderView {
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
    return Bytes.u8(segment, offset + at);
  }

  final int u16(int at) {
    return Bytes.u16(segment, offset + at);
  }

  final int u24(int at) {
    return Bytes.u24(segment, offset + at);
  }

  final long u32(int at) {
    return Bytes.u32(segment, offset + at);
  }

  final long u48(int at) {
    return Bytes.u48(segment, offset + at);
  }

  final long i64(int at) {
    return Bytes.i64(segment, offset + at);
  }

  final int u16LittleEndian(int at) {
    return Short.reverseBytes((short) u16(at)) & 0xFFFF;
  }

  final long u32LittleEndian(int at) {
    return Integer.reverseBytes((int) u32(at)) & 0xFFFF_FFFFL;
  }
}
