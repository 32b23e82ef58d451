package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * The loopback header of the BSDs, macOS and Npcap: an address family of 32 bits, in the byte order
 * of the capturing machine (LINKTYPE_NULL 0) or in network order (LINKTYPE_LOOP 108). The order is
 * told from the value: no family is above 65,535.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |                        Address family                         |
 * </pre>
 */
public final class NullLoopView extends HeaderView {
  public static final int LENGTH = 4;

  /** AF_INET everywhere. */
  public static final int AF_INET = 2;

  /** ISO/OSI on the BSDs. */
  public static final int AF_ISO = 7;

  public static final int AF_INET6_LINUX = 10;
  public static final int AF_INET6_NETBSD = 24;
  public static final int AF_INET6_FREEBSD = 28;
  public static final int AF_INET6_DARWIN = 30;

  /** {@link #payloadType()} of a family that has no EtherType. */
  public static final int NO_ETHER_TYPE = -1;

  private static final int FAMILY = 0;

  public boolean wrap(MemorySegment segment, long offset, long end) {
    return place(segment, offset, end, LENGTH);
  }

  public int headerLength() {
    return LENGTH;
  }

  /** The address family in the order that makes it the smaller number. */
  public long family() {
    return Math.min(u32(FAMILY), u32LittleEndian(FAMILY));
  }

  /** EtherType of what follows (some writers store one in place of a family). */
  public int payloadType() {
    long family = family();
    if (family == AF_INET) {
      return EtherType.IPV4;
    }
    if (family == AF_INET6_LINUX
        || family == AF_INET6_NETBSD
        || family == AF_INET6_FREEBSD
        || family == AF_INET6_DARWIN) {
      return EtherType.IPV6;
    }
    return family >= EtherType.MINIMUM && family <= 0xFFFF ? (int) family : NO_ETHER_TYPE;
  }

  @Override
  public String toString() {
    return "NULL/LOOP family=%d payload=%d".formatted(family(), payloadType());
  }
}
