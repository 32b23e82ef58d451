package tapwarden.capture.packet;

/**
 * Link-layer header types by the number that capture files carry (the LINKTYPE registry of the
 * tcpdump group). Only the types that the decoder understands are named; any other number is legal
 * in a file and is reported as {@code unsupported-link-<n>}.
 */
public final class LinkType {
  public static final int NULL = 0;
  public static final int ETHERNET = 1;
  public static final int PPP = 9;
  public static final int PPP_HDLC = 50;
  public static final int PPP_ETHER = 51;
  public static final int RAW = 101;
  public static final int C_HDLC = 104;
  public static final int IEEE802_11 = 105;
  public static final int FRELAY = 107;
  public static final int LOOP = 108;
  public static final int LINUX_SLL = 113;
  public static final int IEEE802_11_RADIOTAP = 127;
  public static final int IPV4 = 228;
  public static final int IPV6 = 229;
  public static final int NFLOG = 239;
  public static final int LINUX_SLL2 = 276;

  private LinkType() {}

  /** What a person calls the type; {@code link type <n>} if it is not a named one. */
  public static String name(int linkType) {
    return switch (linkType) {
      case NULL -> "BSD loopback";
      case ETHERNET -> "Ethernet";
      case PPP -> "PPP";
      case PPP_HDLC -> "PPP in HDLC-like framing";
      case PPP_ETHER -> "PPPoE";
      case RAW -> "raw IP";
      case C_HDLC -> "Cisco HDLC";
      case IEEE802_11 -> "IEEE 802.11";
      case FRELAY -> "Frame Relay";
      case LOOP -> "OpenBSD loopback";
      case LINUX_SLL -> "Linux cooked capture";
      case IEEE802_11_RADIOTAP -> "IEEE 802.11 with radiotap";
      case IPV4 -> "raw IPv4";
      case IPV6 -> "raw IPv6";
      case NFLOG -> "Linux netfilter log";
      case LINUX_SLL2 -> "Linux cooked capture v2";
      default -> "link type " + linkType;
    };
  }

  /**
   * The registry number for the number a file header carries: some writers store the platform's DLT
   * value where it differs from LINKTYPE (raw IP is DLT 12 or 14).
   */
  public static int normalise(int fileValue) {
    int value = fileValue & 0xFFFF;
    return value == 12 || value == 14 ? RAW : value;
  }
}
