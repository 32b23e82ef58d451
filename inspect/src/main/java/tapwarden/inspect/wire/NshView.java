package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * Network service header, RFC 8300 section 2.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |Ver|O|U|    TTL    | Length x4 |U|U|U|U|MD type| Next protocol |
 * |            Service path identifier            | Service index |
 * |      context headers: 16 bytes with MD type 1, any with 2     ~
 * </pre>
 */
public final class NshView extends HeaderView {
  public static final int MINIMUM_LENGTH = 8;

  public static final int MD_TYPE_1 = 1;
  public static final int MD_TYPE_2 = 2;
  public static final int MD_TYPE_1_LENGTH = 24;

  public static final int IPV4 = 1;
  public static final int IPV6 = 2;
  public static final int ETHERNET = 3;
  public static final int NSH = 4;
  public static final int MPLS = 5;

  private static final int FIRST = 0;
  private static final int MD_TYPE = 2;
  private static final int NEXT_PROTOCOL = 3;
  private static final int SERVICE_PATH = 4;
  private static final int SERVICE_INDEX = 7;

  private final TlvCursor metadata = new TlvCursor();

  /** Refuses other versions than 0 and a length that does not fit the MD type. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, MINIMUM_LENGTH)
        && version() == 0
        && headerLength() >= MINIMUM_LENGTH
        && (mdType() != MD_TYPE_1 || headerLength() == MD_TYPE_1_LENGTH)
        && headerLength() <= available();
  }

  public int headerLength() {
    return (u16(FIRST) & 0x3F) * 4;
  }

  public int version() {
    return u8(FIRST) >>> 6;
  }

  /** The O flag: operations, administration and maintenance. */
  public boolean isOam() {
    return (u8(FIRST) & 0x20) != 0;
  }

  /** Time to live of the service path, 6 bits. */
  public int ttl() {
    return u16(FIRST) >>> 6 & 0x3F;
  }

  public int mdType() {
    return u8(MD_TYPE) & 0xF;
  }

  /** {@link #IPV4}, {@link #IPV6}, {@link #ETHERNET}, {@link #NSH}, {@link #MPLS}. */
  public int payloadType() {
    return u8(NEXT_PROTOCOL);
  }

  /** Service path identifier, 24 bits. */
  public int servicePath() {
    return u24(SERVICE_PATH);
  }

  public int serviceIndex() {
    return u8(SERVICE_INDEX);
  }

  /** Context headers of MD type 2, from the first; none with another type. */
  public TlvCursor metadata() {
    long start = offset() + MINIMUM_LENGTH;
    long stop = mdType() == MD_TYPE_2 ? offset() + headerLength() : start;
    return metadata.start(TlvCursor.Coding.NSH, segment(), start, stop);
  }

  @Override
  public String toString() {
    return "NSH version=%d oam=%b ttl=%d length=%d md-type=%d next=%d path=%d index=%d"
        .formatted(
            version(),
            isOam(),
            ttl(),
            headerLength(),
            mdType(),
            payloadType(),
            servicePath(),
            serviceIndex());
  }
}
