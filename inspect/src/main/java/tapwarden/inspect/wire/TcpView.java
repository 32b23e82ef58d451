package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A TCP header with its options (RFC 9293 section 3.1).
 *
 * <pre>
 *  0       4       8               16                             31
 * +-------------------------------+------------------------------+
 * | source port                   | destination port             |
 * +-------------------------------+------------------------------+
 * | sequence number                                              |
 * +--------------------------------------------------------------+
 * | acknowledgment number                                        |
 * +-------+-------+---------------+------------------------------+
 * | offset| resvd |C E U A P R S F| window                       |
 * +-------+-------+---------------+------------------------------+
 * | checksum                      | urgent pointer               |
 * +-------------------------------+------------------------------+
 * | options and padding, 0 to 40 bytes                           |
 * +--------------------------------------------------------------+
 * </pre>
 */
public final class TcpView {
  public static final int MINIMUM_LENGTH = 20;
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;
  public static final int ECE = 0x40;
  public static final int CWR = 0x80;

  // Option kinds, IANA "TCP Option Kind Numbers".
  public static final int END_OF_OPTIONS = 0;
  public static final int NO_OPERATION = 1;
  public static final int MAXIMUM_SEGMENT_SIZE = 2;
  public static final int WINDOW_SCALE = 3;
  public static final int SACK_PERMITTED = 4;
  public static final int SACK = 5;
  public static final int TIMESTAMPS = 8;

  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int SEQUENCE = 4;
  private static final int ACKNOWLEDGMENT = 8;
  private static final int DATA_OFFSET = 12;
  private static final int FLAGS = 13;
  private static final int WINDOW = 14;
  private static final int CHECKSUM = 16;
  private static final int URGENT_POINTER = 18;
  private static final int OPTIONS = 20;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;

  /** True when the whole header, options too, lies before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= MINIMUM_LENGTH
        && headerLength() >= MINIMUM_LENGTH
        && end - offset >= headerLength();
  }

  public int headerLength() {
    return headerLength(segment, offset);
  }

  public int sourcePort() {
    return sourcePort(segment, offset);
  }

  public int destinationPort() {
    return destinationPort(segment, offset);
  }

  public long sequence() {
    return sequence(segment, offset);
  }

  public long acknowledgment() {
    return acknowledgment(segment, offset);
  }

  /** CWR ECE URG ACK PSH RST SYN FIN, from the highest bit. */
  public int flags() {
    return flags(segment, offset);
  }

  public int window() {
    return window(segment, offset);
  }

  public int checksum() {
    return checksum(segment, offset);
  }

  public int urgentPointer() {
    return urgentPointer(segment, offset);
  }

  /** Where the options start; they fill the header up to {@link #headerLength()}. */
  public long optionsOffset() {
    return offset + OPTIONS;
  }

  /** Whether every option ends inside the header. */
  public boolean optionsAreWhole() {
    return optionsAreWhole(segment, offset, headerLength());
  }

  /** The same of a header of {@code headerLength} bytes that all lie in the segment. */
  public static boolean optionsAreWhole(MemorySegment segment, long offset, int headerLength) {
    return findOption(segment, offset + OPTIONS, offset + headerLength, -1) != MALFORMED;
  }

  /** The MSS option's value; -1 without one. */
  public int maximumSegmentSize() {
    long at = findOption(MAXIMUM_SEGMENT_SIZE);
    return at > 0 && Bytes.u8(segment, at + 1) == 4 ? Bytes.u16(segment, at + 2) : -1;
  }

  /** The shift of the window scale option; -1 without one. */
  public int windowScale() {
    long at = findOption(WINDOW_SCALE);
    return at > 0 && Bytes.u8(segment, at + 1) == 3 ? Bytes.u8(segment, at + 2) : -1;
  }

  public boolean sackPermitted() {
    return findOption(SACK_PERMITTED) > 0;
  }

  /** The sender's timestamp (RFC 7323 section 3.2); -1 without one. */
  public long timestampValue() {
    long at = findOption(TIMESTAMPS);
    return at > 0 && Bytes.u8(segment, at + 1) == 10 ? Bytes.u32(segment, at + 2) : -1;
  }

  private static final long ABSENT = -1;
  private static final long MALFORMED = -2;

  /** Offset of the first option of {@code kind}, {@link #ABSENT} or {@link #MALFORMED}. */
  private long findOption(int kind) {
    return findOption(segment, offset + OPTIONS, offset + headerLength(), kind);
  }

  private static long findOption(MemorySegment segment, long from, long end, int kind) {
    long at = from;
    while (at < end) {
      int here = Bytes.u8(segment, at);
      if (here == END_OF_OPTIONS) {
        return ABSENT;
      }
      if (here == NO_OPERATION) {
        at++;
        continue;
      }
      int length = end - at < 2 ? 0 : Bytes.u8(segment, at + 1);
      if (length < 2 || length > end - at) {
        return MALFORMED;
      }
      if (here == kind) {
        return at;
      }
      at += length;
    }
    return ABSENT;
  }

  // Eight bytes in one read for the hot path, and the fields that lie in them.

  /** Ports and sequence number. */
  public static long head(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + SOURCE_PORT);
  }

  public static long sequence(long head) {
    return head & 0xFFFF_FFFFL;
  }

  /** Acknowledgment number to window. */
  public static long middle(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + ACKNOWLEDGMENT);
  }

  public static long acknowledgment(long middle) {
    return middle >>> 32;
  }

  public static int headerLength(long middle) {
    return (int) (middle >>> 28 & 0x0F) << 2;
  }

  public static int flags(long middle) {
    return (int) (middle >>> 16) & 0xFF;
  }

  public static int window(long middle) {
    return (int) middle & 0xFFFF;
  }

  public static int sourcePort(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + SOURCE_PORT);
  }

  public static int destinationPort(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + DESTINATION_PORT);
  }

  public static long sequence(MemorySegment segment, long offset) {
    return Bytes.u32(segment, offset + SEQUENCE);
  }

  public static long acknowledgment(MemorySegment segment, long offset) {
    return Bytes.u32(segment, offset + ACKNOWLEDGMENT);
  }

  public static int headerLength(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + DATA_OFFSET) >>> 4 << 2;
  }

  public static int flags(MemorySegment segment, long offset) {
    return Bytes.u8(segment, offset + FLAGS);
  }

  public static int window(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + WINDOW);
  }

  public static int checksum(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + CHECKSUM);
  }

  public static int urgentPointer(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + URGENT_POINTER);
  }

  /** The first four option bytes: 0x0101080A is the padded timestamp of nearly all segments. */
  public static int firstOptions(MemorySegment segment, long offset) {
    return Bytes.i32(segment, offset + OPTIONS);
  }
}
