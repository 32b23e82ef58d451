package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An IPv4 header with its options (RFC 791 section 3.1; DS field RFC 2474, ECN RFC 3168).
 *
 * <pre>
 *  0       4       8           14  16                             31
 * +-------+-------+-------------+---+------------------------------+
 * |version| IHL   | DSCP        |ECN| total length                 |
 * +-------+-------+-------------+---+----+-------------------------+
 * | identification                  |0DM | fragment offset (8 B)   |
 * +---------------+-----------------+----+-------------------------+
 * | time to live  | protocol        | header checksum              |
 * +---------------+-----------------+------------------------------+
 * | source address                                                 |
 * +----------------------------------------------------------------+
 * | destination address                                            |
 * +----------------------------------------------------------------+
 * | options and padding, 0 to 40 bytes                             |
 * +----------------------------------------------------------------+
 * </pre>
 */
public final class Ipv4View {
  public static final int MINIMUM_LENGTH = 20;
  private static final int VERSION_IHL = 0;
  private static final int TRAFFIC_CLASS = 1;
  public static final int TOTAL_LENGTH = 2;
  private static final int IDENTIFICATION = 4;
  public static final int FRAGMENT = 6;
  private static final int TTL = 8;
  private static final int PROTOCOL = 9;
  public static final int CHECKSUM = 10;
  private static final int SOURCE = 12;
  private static final int DESTINATION = 16;
  private static final int OPTIONS = 20;

  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int DO_NOT_FRAGMENT = 0x4000;
  private static final int FRAGMENT_OFFSET = 0x1FFF;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  /** True when the version is 4 and the whole header, options too, lies before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= MINIMUM_LENGTH
        && version() == 4
        && headerLength() >= MINIMUM_LENGTH
        && end - offset >= headerLength();
  }

  public int version() {
    return Bytes.u8(segment, offset + VERSION_IHL) >>> 4;
  }

  public int headerLength() {
    return headerLength(segment, offset);
  }

  public int dscp() {
    return Bytes.u8(segment, offset + TRAFFIC_CLASS) >>> 2;
  }

  public int ecn() {
    return Bytes.u8(segment, offset + TRAFFIC_CLASS) & 3;
  }

  /** Bytes of header and data; 0 on frames that the sender's card has still to segment. */
  public int totalLength() {
    return totalLength(segment, offset);
  }

  public int identification() {
    return identification(segment, offset);
  }

  public boolean doNotFragment() {
    return (fragmentField(segment, offset) & DO_NOT_FRAGMENT) != 0;
  }

  public boolean moreFragments() {
    return moreFragments(fragmentField(segment, offset));
  }

  /** Place of the data in the datagram, in bytes. */
  public int fragmentOffset() {
    return fragmentOffset(fragmentField(segment, offset));
  }

  public int ttl() {
    return ttl(segment, offset);
  }

  public int protocol() {
    return protocol(segment, offset);
  }

  public int checksum() {
    return checksum(segment, offset);
  }

  public long source() {
    return source(segment, offset);
  }

  public long destination() {
    return destination(segment, offset);
  }

  /** Where the options start; they fill the header up to {@link #headerLength()}. */
  public long optionsOffset() {
    return offset + OPTIONS;
  }

  // Eight bytes in one read for the hot path, and the fields that lie in them.

  /** Version to fragment offset. */
  public static long head(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + VERSION_IHL);
  }

  public static int versionAndLength(long head) {
    return (int) (head >>> 56);
  }

  public static int totalLength(long head) {
    return (int) (head >>> 32) & 0xFFFF;
  }

  public static int fragmentField(long head) {
    return (int) head & 0xFFFF;
  }

  /** Time to live to source address. */
  public static long middle(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + TTL);
  }

  public static int ttl(long middle) {
    return (int) (middle >>> 56);
  }

  public static int protocol(long middle) {
    return (int) (middle >>> 48) & 0xFF;
  }

  public static long source(long middle) {
    return middle & 0xFFFF_FFFFL;
  }

  public static int versionAndLength(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + VERSION_IHL);
  }

  public static int headerLength(MemorySegment segment, long offset) {
    return (Bytes.u8(segment, offset + VERSION_IHL) & 0x0F) << 2;
  }

  public static int totalLength(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + TOTAL_LENGTH);
  }

  public static int identification(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + IDENTIFICATION);
  }

  /** Flags and fragment offset together. */
  public static int fragmentField(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + FRAGMENT);
  }

  /** Whether {@link #fragmentField} belongs to a fragment: an offset, or more to come. */
  public static boolean isFragment(int fragmentField) {
    return (fragmentField & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
  }

  public static boolean moreFragments(int fragmentField) {
    return (fragmentField & MORE_FRAGMENTS) != 0;
  }

  /** Place of the data in the datagram, in bytes. */
  public static int fragmentOffset(int fragmentField) {
    return (fragmentField & FRAGMENT_OFFSET) << 3;
  }

  public static int ttl(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + TTL);
  }

  public static int protocol(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + PROTOCOL);
  }

  public static int checksum(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + CHECKSUM);
  }

  public static long source(MemorySegment segment, long offset) {
    return Bytes.u32(segment, offset + SOURCE);
  }

  public static long destination(MemorySegment segment, long offset) {
    return Bytes.u32(segment, offset + DESTINATION);
  }
}
