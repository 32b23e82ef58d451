package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An ICMP message (RFC 792). Error messages quote the packet that caused them after {@value
 * #LENGTH} bytes.
 *
 * <pre>
 *  0       8       16               31
 * +-------+-------+----------------+
 * | type  | code  | checksum       |
 * +-------+-------+----------------+
 * | identifier, sequence | gateway |
 * | unused               | MTU     |
 * +--------------------------------+
 * </pre>
 */
public final class IcmpView {
  public static final int LENGTH = 8;
  public static final int ECHO_REPLY = 0;
  public static final int DESTINATION_UNREACHABLE = 3;
  public static final int SOURCE_QUENCH = 4;
  public static final int REDIRECT = 5;
  public static final int ECHO_REQUEST = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PARAMETER_PROBLEM = 12;
  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;
  private static final int REST = 4;

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

  public int type() {
    return Bytes.u8(segment, offset + TYPE);
  }

  public int code() {
    return Bytes.u8(segment, offset + CODE);
  }

  public int checksum() {
    return Bytes.u16(segment, offset + CHECKSUM);
  }

  /** The four bytes whose meaning depends on the type. */
  public long rest() {
    return Bytes.u32(segment, offset + REST);
  }

  /** Identifier of an echo request or reply. */
  public int identifier() {
    return Bytes.u16(segment, offset + REST);
  }

  /** Sequence number of an echo request or reply. */
  public int sequence() {
    return Bytes.u16(segment, offset + REST + 2);
  }

  /** Whether messages of {@code type} quote the packet that caused them. */
  public static boolean quotes(int type) {
    return type == DESTINATION_UNREACHABLE
        || type == SOURCE_QUENCH
        || type == REDIRECT
        || type == TIME_EXCEEDED
        || type == PARAMETER_PROBLEM;
  }
}
