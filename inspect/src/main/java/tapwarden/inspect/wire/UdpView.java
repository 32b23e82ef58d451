package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * A UDP header (RFC 768), and UDP-Lite's, whose third field is the checksum coverage (RFC 3828).
 *
 * <pre>
 *  0                16               31
 * +----------------+----------------+
 * | source port    | destination    |
 * +----------------+----------------+
 * | length         | checksum       |
 * +----------------+----------------+
 * </pre>
 */
public final class UdpView {
  public static final int LENGTH = 8;
  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int DATAGRAM_LENGTH = 4;
  private static final int CHECKSUM = 6;

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

  public int sourcePort() {
    return sourcePort(segment, offset);
  }

  public int destinationPort() {
    return destinationPort(segment, offset);
  }

  /** Bytes of header and data; UDP-Lite: bytes that the checksum covers, 0 for all. */
  public int length() {
    return length(segment, offset);
  }

  /** 0 when the sender computed none. */
  public int checksum() {
    return checksum(segment, offset);
  }

  // The whole header in one read for the hot path, and the fields in it. TCP has its ports there
  // too.

  public static long head(MemorySegment segment, long offset) {
    return Bytes.i64(segment, offset + SOURCE_PORT);
  }

  public static int sourcePort(long head) {
    return (int) (head >>> 48);
  }

  public static int destinationPort(long head) {
    return (int) (head >>> 32) & 0xFFFF;
  }

  public static int length(long head) {
    return (int) (head >>> 16) & 0xFFFF;
  }

  public static int sourcePort(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + SOURCE_PORT);
  }

  public static int destinationPort(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + DESTINATION_PORT);
  }

  public static int length(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + DATAGRAM_LENGTH);
  }

  public static int checksum(MemorySegment segment, long offset) {
    return Bytes.u16(segment, offset + CHECKSUM);
  }
}
