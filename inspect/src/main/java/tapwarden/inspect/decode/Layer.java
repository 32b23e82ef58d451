package tapwarden.inspect.decode;

import java.util.Locale;

/**
 * Every kind of layer the decoder knows. The ids are public: {@code coverage.json} counts frames by
 * them, and where an independent tool counts the same thing the id is that tool's name for it.
 * Fewer than 64, so that a set of layers is one long.
 *
 * <p>{@link #FRAGMENT} marks a frame with a piece of an IP packet, {@link #NVGRE} a {@link #GRE}
 * header of that kind; neither stands in a place of its own. {@link #PAYLOAD} stands for no layer
 * at all.
 */
public enum Layer {
  ETHERNET,
  LINUX_SLL,
  LINUX_SLL2,
  NULL_LOOP,
  RAW_IP,
  PPP,
  WLAN,
  RADIOTAP,
  NFLOG,
  C_HDLC,
  FRAME_RELAY,
  VLAN,
  MAC_IN_MAC,
  VN_TAG,
  E_TAG,
  CISCO_METADATA,
  FABRIC_PATH,
  MPLS,
  PPPOES,
  PPPOED,
  LLC,
  SNAP,
  ARP,
  IPV4,
  IPV6,
  IPV6_EXT,
  ICMP,
  ICMPV6,
  IGMP,
  TCP,
  UDP,
  UDPLITE,
  SCTP,
  GRE,
  NVGRE,
  VXLAN,
  VXLAN_GPE,
  GENEVE,
  ERSPAN,
  GTP,
  TEREDO,
  L2TP,
  CAPWAP,
  TZSP,
  NSH,
  ESP,
  AH,
  LLDP,
  CDP,
  STP,
  EAPOL,
  FRAGMENT,
  UNSUPPORTED_LINK,
  PAYLOAD;

  private static final Layer[] VALUES = values();

  private final String id = name().toLowerCase(Locale.ROOT);

  /** The name in {@code coverage.json}: {@code ipv4}, {@code pppoes}, ... */
  public String id() {
    return id;
  }

  /** The layer whose ordinal is {@code ordinal}. */
  public static Layer at(int ordinal) {
    return VALUES[ordinal];
  }

  /** This layer's bit in {@link Packet#layerSet()}. */
  public long bit() {
    return 1L << ordinal();
  }
}
