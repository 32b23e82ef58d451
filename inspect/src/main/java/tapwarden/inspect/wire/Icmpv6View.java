package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An ICMPv6 message (RFC 4443), with the targets of neighbour discovery (RFC 4861). Error messages
 * (types 1 to 4) quote the packet that caused them after {@value #LENGTH} bytes.
 *
 * <pre>
 *  0       8       16               31
 * +-------+-------+----------------+
 * | type  | code  | checksum       |
 * +-------+-------+----------------+
 * | MTU, pointer, identifier, ...  |
 * +--------------------------------+
 * | ND: target address (128)       |
 * +--------------------------------+
 * </pre>
 */
public final class Icmpv6View {
  /** What every message has: type, code, checksum. */
  public static final int MINIMUM_LENGTH = 4;

  public static final int LENGTH = 8;
  public static final int ECHO_REQUEST = 128;
  public static final int ECHO_REPLY = 129;
  public static final int ROUTER_SOLICITATION = 133;
  public static final int ROUTER_ADVERTISEMENT = 134;
  public static final int NEIGHBOR_SOLICITATION = 135;
  public static final int NEIGHBOR_ADVERTISEMENT = 136;
  private static final int TYPE = 0;
  private static final int CODE = 1;
  private static final int CHECKSUM = 2;
  private static final int REST = 4;
  private static final int TARGET = 8;
  private static final int NEIGHBOR_OPTIONS = 24;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private long end;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    this.end = end;
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

  public int identifier() {
    return Bytes.u16(segment, offset + REST);
  }

  public int sequence() {
    return Bytes.u16(segment, offset + REST + 2);
  }

  /** Whether this is a neighbour solicitation or advertisement with a whole target address. */
  public boolean hasTarget() {
    return (type() == NEIGHBOR_SOLICITATION || type() == NEIGHBOR_ADVERTISEMENT)
        && end - offset >= NEIGHBOR_OPTIONS;
  }

  /** Needs {@link #hasTarget()}. */
  public long targetHigh() {
    return Bytes.i64(segment, offset + TARGET);
  }

  /** Needs {@link #hasTarget()}. */
  public long targetLow() {
    return Bytes.i64(segment, offset + TARGET + 8);
  }

  /**
   * The link-layer address option of a neighbour message (source for a solicitation, target for an
   * advertisement; RFC 4861 section 4.6.1); -1 without one. Needs {@link #hasTarget()}.
   */
  public long linkLayerAddress() {
    int wanted = type() == NEIGHBOR_SOLICITATION ? 1 : 2;
    long at = offset + NEIGHBOR_OPTIONS;
    while (end - at >= 8) {
      int length = Bytes.u8(segment, at + 1) << 3;
      if (length == 0 || length > end - at) {
        return -1;
      }
      if (Bytes.u8(segment, at) == wanted) {
        return Bytes.u48(segment, at + 2);
      }
      at += length;
    }
    return -1;
  }

  /** Whether messages of {@code type} quote the packet that caused them. */
  public static boolean quotes(int type) {
    return type >= 1 && type <= 4;
  }
}
