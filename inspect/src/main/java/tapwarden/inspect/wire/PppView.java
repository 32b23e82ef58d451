package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * PPP header: the protocol field of RFC 1661 section 2, with or without the address and control
 * bytes FF 03 of RFC 1662 section 3.1, with or without protocol field compression (RFC 1661 section
 * 6.5: an odd first byte is the whole field).
 *
 * <pre>
 * | Address 0xFF | Control 0x03 |  Protocol, 8 or 16 bits  | information ...
 *   both or none
 * </pre>
 */
public final class PppView extends HeaderView {
  public static final int IPV4 = 0x0021;
  public static final int VJ_COMPRESSED_TCP = 0x002D;
  public static final int VJ_UNCOMPRESSED_TCP = 0x002F;
  public static final int BRIDGING = 0x0031;
  public static final int MULTILINK = 0x003D;
  public static final int IPV6 = 0x0057;
  public static final int COMPRESSED = 0x00FD;
  public static final int MPLS_UNICAST = 0x0281;
  public static final int MPLS_MULTICAST = 0x0283;
  public static final int IPCP = 0x8021;
  public static final int IPV6CP = 0x8057;
  public static final int CCP = 0x80FD;
  public static final int LCP = 0xC021;
  public static final int PAP = 0xC023;
  public static final int CHAP = 0xC223;
  public static final int EAP = 0xC227;

  private static final int ADDRESS_ALL_STATIONS = 0xFF;
  private static final int CONTROL_UNNUMBERED = 0x03;

  private int headerLength;
  private int protocol;

  /** Refuses a protocol field whose low bit is 0: RFC 1661 section 2 has no such protocol. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    headerLength = 0;
    protocol = 0;
    if (!place(segment, offset, end, 1)) {
      return false;
    }
    boolean framed =
        available() > 2 && u8(0) == ADDRESS_ALL_STATIONS && u8(1) == CONTROL_UNNUMBERED;
    int at = framed ? 2 : 0;
    int first = u8(at);
    if ((first & 1) != 0) {
      protocol = first;
      headerLength = at + 1;
      return true;
    }
    if (available() < at + 2 || (u8(at + 1) & 1) == 0) {
      return false;
    }
    protocol = u16(at);
    headerLength = at + 2;
    return true;
  }

  /** Whether {@code protocol} is one of the few that sessions consist of. */
  public static boolean isCommon(int protocol) {
    return switch (protocol) {
      case IPV4,
          IPV6,
          VJ_COMPRESSED_TCP,
          VJ_UNCOMPRESSED_TCP,
          BRIDGING,
          MULTILINK,
          COMPRESSED,
          MPLS_UNICAST,
          MPLS_MULTICAST,
          IPCP,
          IPV6CP,
          CCP,
          LCP,
          PAP,
          CHAP,
          EAP ->
          true;
      default -> false;
    };
  }

  public int headerLength() {
    return headerLength;
  }

  /** Whether address and control bytes lead. */
  public boolean hasAddressAndControl() {
    return headerLength > 2;
  }

  /** PPP protocol number, expanded to 16 bits. */
  public int protocol() {
    return protocol;
  }

  /** The same as {@link #protocol()}: what the information field holds. */
  public int payloadType() {
    return protocol;
  }

  @Override
  public String toString() {
    return "PPP protocol=0x%04x header=%d".formatted(protocol, headerLength);
  }
}
