package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * The fixed IPv6 header (RFC 8200 section 3); extension headers are {@link Ipv6ExtensionView}s.
 *
 * <pre>
 *  0       4               12                              31
 * +-------+---------------+-------------------------------+
 * |version| traffic class | flow label (20)               |
 * +-------+---------------+-------+-----------+-----------+
 * | payload length                | next hdr  | hop limit |
 * +-------------------------------+-----------+-----------+
 * | source address (128)                                  |
 * +-------------------------------------------------------+
 * | destination address (128)                             |
 * +-------------------------------------------------------+
 * </pre>
 */
public final class Ipv6View {
  public static final int LENGTH = 40;
  private static final int VERSION_CLASS_LABEL = 0;
  public static final int PAYLOAD_LENGTH = 4;

  /** Where the number of the next header stands. */
  public static final int NEXT_HEADER = 6;

  private static final int HOP_LIMIT = 7;
  private static final int SOURCE = 8;
  private static final int DESTINATION = 24;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  /** True when the version is 6 and all {@value #LENGTH} bytes lie before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= LENGTH && version() == 6;
  }

  public int headerLength() {
    return LENGTH;
  }

  public int version() {
    return version(segment, offset);
  }

  public int trafficClass() {
    return Bytes.i32(segment, offset + VERSION_CLASS_LABEL) >>> 20 & 0xFF;
  }

  public int flowLabel() {
    return Bytes.i32(segment, offset + VERSION_CLASS_LABEL) & 0xF_FFFF;
  }

  /** Bytes after this header; 0 on a jumbogram (RFC 2675) or before segmentation offload. */
  public int payloadLength() {
    return payloadLength(segment, offset);
  }

  public int nextHeader() {
    return nextHeader(segment, offset);
  }

  public int hopLimit() {
    return hopLimit(segment, offset);
  }

  public long sourceHigh() {
    return sourceHigh(segment, offset);
  }

  public long sourceLow() {
    return sourceLow(segment, offset);
  }

  public long destinationHigh() {
    return destinationHigh(segment, offset);
  }

  public long destinationLow() {
    return destinationLow(segment, offset);
  }

  // The first eight bytes in one read for the hot path, and the fields that lie in them.

  public static long head(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + VERSION_CLASS_LABEL);
  }

  public static int version(long head) {
    return (int) (head >>> 60);
  }

  public static int payloadLength(long head) {
    return (int) (head >>> 16) & 0xFFFF;
  }

  public static int nextHeader(long head) {
    return (int) (head >>> 8) & 0xFF;
  }

  public static int hopLimit(long head) {
    return (int) head & 0xFF;
  }

  public static int version(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + VERSION_CLASS_LABEL) >>> 4;
  }

  public static int payloadLength(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + PAYLOAD_LENGTH);
  }

  public static int nextHeader(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + NEXT_HEADER);
  }

  public static int hopLimit(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + HOP_LIMIT);
  }

  public static long sourceHigh(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + SOURCE);
  }

  public static long sourceLow(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + SOURCE + 8);
  }

  public static long destinationHigh(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + DESTINATION);
  }

  public static long destinationLow(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + DESTINATION + 8);
  }
}
