package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * The loopback header of the BSDs, macOS and Npcap: an address family of 32 bits, in the byte order
 * of the capturing machine (LINKTYPE_NULL 0) or in network order (LINKTYPE_LOOP 108). The order is
 * told from the value: no family is above 65,535. Some writers put an EtherType in place of the
 * family, and of these some fill its last 16 bits only.
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
  private static final int LAST_16_BITS = 2;

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

  /** EtherType of what follows, or {@link #NO_ETHER_TYPE}. */
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
    if (family > 0xFFFF) {
      return isIp(u16(LAST_16_BITS)) ? u16(LAST_16_BITS) : NO_ETHER_TYPE;
    }
    return family >= EtherType.MINIMUM ? (int) family : NO_ETHER_TYPE;
  }

  private static boolean isIp(int etherType) {
    return etherType == EtherType.IPV4 || etherType == EtherType.IPV6;
  }

  @Override
  public String toString() {
    return "NULL/LOOP family=%d payload=%d".formatted(family(), payloadType());
  }
}
