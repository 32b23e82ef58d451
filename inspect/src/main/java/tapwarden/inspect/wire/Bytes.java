package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unsigned reads in network byte order at any alignment. No check of its own beyond the segment's:
 * the caller has compared lengths once for the whole header.
 */
public final class Bytes {
  private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  public static int u8(MemorySegment segment, long offset) {
    return segment.get(U8, offset) & 0xFF;
  }

  public static int u16(MemorySegment segment, long offset) {
    return segment.get(U16, offset) & 0xFFFF;
  }

  public static int u24(MemorySegment segment, long offset) {
    return u16(segment, offset) << 8 | u8(segment, offset + 2);
  }

  public static long u32(MemorySegment segment, long offset) {
    return segment.get(U32, offset) & 0xFFFF_FFFFL;
  }

  /** The 32 bits as they are, for comparing and for fields below 2^31. */
  public static int i32(MemorySegment segment, long offset) {
    return segment.get(U32, offset);
  }

  /** A hardware address: first octet on the wire highest. */
  public static long u48(MemorySegment segment, long offset) {
    return u32(segment, offset) << 16 | u16(segment, offset + 4);
  }

  /** The 64 bits as they are: half an IPv6 address. */
  public static long i64(MemorySegment segment, long offset) {
    return segment.get(U64, offset);
  }

  /** The same of an array, where reading byte by byte costs less than of a segment. */
  public static int u8(byte[] array, int offset) {
    return array[offset] & 0xFF;
  }

  public static int u16(byte[] array, int offset) {
    return u8(array, offset) << 8 | u8(array, offset + 1);
  }

  public static int i32(byte[] array, int offset) {
    return u16(array, offset) << 16 | u16(array, offset + 2);
  }

  public static long u32(byte[] array, int offset) {
    return i32(array, offset) & 0xFFFF_FFFFL;
  }

  public static long i64(byte[] array, int offset) {
    return u32(array, offset) << 32 | u32(array, offset + 4);
  }
}
