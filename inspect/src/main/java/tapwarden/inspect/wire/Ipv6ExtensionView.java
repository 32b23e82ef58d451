package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An IPv6 extension header (RFC 8200 section 4; form of RFC 6564): hop-by-hop options, routing,
 * fragment, destination options, mobility (RFC 6275), HIP (RFC 7401), Shim6 (RFC 5533). The
 * authentication header counts in units of four and has its own view.
 *
 * <pre>
 *  0          8          16                             31
 * +----------+----------+-------------------------------+
 * | next hdr | length-1 | routing: type, segments left  |
 * |          | in 8 B   | fragment: offset(13) res(2) M |
 * +----------+----------+-------------------------------+
 * | fragment: identification (32)                       |
 * +-----------------------------------------------------+
 * </pre>
 */
public final class Ipv6ExtensionView {
  public static final int MINIMUM_LENGTH = 8;

  /** Most options, padding too, that are looked at in one header. */
  public static final int MAX_OPTIONS = 64;

  /** {@link #jumboLength()} when an option runs over the header. */
  public static final long BROKEN_OPTION = -1;

  /** {@link #jumboLength()} when there are more than {@link #MAX_OPTIONS}. */
  public static final long TOO_MANY_OPTIONS = -2;

  /** Option type whose data is a 32-bit payload length (RFC 2675 section 2). */
  public static final int JUMBO_PAYLOAD = 0xC2;

  private static final int NEXT_HEADER = 0;
  private static final int LENGTH = 1;
  private static final int OPTIONS = 2;
  private static final int ROUTING_TYPE = 2;
  private static final int SEGMENTS_LEFT = 3;
  private static final int FRAGMENT_FIELD = 2;
  private static final int IDENTIFICATION = 4;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private int kind;

  /** Says which of the headers stands at the offset that is wrapped next. */
  public Ipv6ExtensionView kind(int ipProtocol) {
    kind = ipProtocol;
    return this;
  }

  /** True when the whole header lies before {@code end}. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    return end - offset >= MINIMUM_LENGTH && end - offset >= headerLength();
  }

  /** Whether {@code ipProtocol} is an extension header that this view reads. */
  public static boolean isExtension(int ipProtocol) {
    return switch (ipProtocol) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.ROUTING,
          IpProtocol.FRAGMENT,
          IpProtocol.DESTINATION_OPTIONS,
          IpProtocol.MOBILITY,
          IpProtocol.HIP,
          IpProtocol.SHIM6 ->
          true;
      default -> false;
    };
  }

  /** Always 8 for the fragment header, whose second byte is reserved. */
  public int headerLength() {
    return kind == IpProtocol.FRAGMENT
        ? MINIMUM_LENGTH
        : MINIMUM_LENGTH + (Bytes.u8(segment, offset + LENGTH) << 3);
  }

  public int nextHeader() {
    return Bytes.u8(segment, offset + NEXT_HEADER);
  }

  public int routingType() {
    return Bytes.u8(segment, offset + ROUTING_TYPE);
  }

  public int segmentsLeft() {
    return Bytes.u8(segment, offset + SEGMENTS_LEFT);
  }

  /** Place of the data in the fragmentable part, in bytes. */
  public int fragmentOffset() {
    return Bytes.u16(segment, offset + FRAGMENT_FIELD) & 0xFFF8;
  }

  public boolean moreFragments() {
    return (Bytes.u16(segment, offset + FRAGMENT_FIELD) & 1) != 0;
  }

  public long identification() {
    return Bytes.u32(segment, offset + IDENTIFICATION);
  }

  /**
   * Walks the options of a hop-by-hop or destination header.
   *
   * @return the jumbo payload length, 0 if there is none, {@link #BROKEN_OPTION} or {@link
   *     #TOO_MANY_OPTIONS}
   */
  public long jumboLength() {
    long at = offset + OPTIONS;
    long end = offset + headerLength();
    long jumbo = 0;
    int options = 0;
    while (at < end) {
      if (++options > MAX_OPTIONS) {
        return TOO_MANY_OPTIONS;
      }
      if (Bytes.u8(segment, at) == 0) {
        at++; // Pad1 has no length byte.
        continue;
      }
      if (end - at < 2) {
        return BROKEN_OPTION;
      }
      int length = Bytes.u8(segment, at + 1);
      if (length > end - at - 2) {
        return BROKEN_OPTION;
      }
      if (Bytes.u8(segment, at) == JUMBO_PAYLOAD && length == 4) {
        jumbo = Bytes.u32(segment, at + 2);
      }
      at += 2 + length;
    }
    return jumbo;
  }
}
