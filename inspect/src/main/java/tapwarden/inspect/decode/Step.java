package tapwarden.inspect.decode;

import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv6ExtensionView;

/** Which header stands where a {@link Walk} has come to. */
enum Step {
  DONE,
  ETHERNET,
  VLAN,
  NULL_LOOP,
  LINUX_SLL,
  LINUX_SLL2,
  NFLOG,
  PPP_OR_HDLC,
  C_HDLC,
  FRAME_RELAY,
  RADIOTAP,
  WLAN,
  MAC_IN_MAC,
  VN_TAG,
  E_TAG,
  CISCO_METADATA,
  FABRIC_PATH,
  LLC,
  ARP,
  MPLS,
  IP_BY_VERSION,
  IPV4,
  IPV6,
  IPV6_EXTENSION,
  TCP,
  UDP,
  UDP_LITE,
  SCTP,
  ICMP,
  ICMPV6,
  IGMP,
  UDP_TUNNEL,
  AH,
  ESP,
  L2TP,
  GRE,
  ERSPAN_I,
  ERSPAN,
  NSH,
  PPPOE_SESSION,
  PPPOE_DISCOVERY,
  PPP,
  LLDP,
  EAPOL;

  /** What an Ethernet type announces; {@link #DONE} for what the decoder does not read. */
  static Step ofEtherType(int type) {
    return switch (type) {
      case EtherType.IPV4 -> IPV4;
      case EtherType.IPV6 -> IPV6;
      case EtherType.ARP, EtherType.REVERSE_ARP -> ARP;
      case EtherType.VLAN, EtherType.PROVIDER_BRIDGING, EtherType.QINQ_OLD, EtherType.QINQ_OLD_2 ->
          VLAN;
      case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> MPLS;
      case EtherType.BACKBONE_BRIDGING -> MAC_IN_MAC;
      case EtherType.VN_TAG -> VN_TAG;
      case EtherType.NSH -> NSH;
      case EtherType.E_TAG -> E_TAG;
      case EtherType.CISCO_METADATA -> CISCO_METADATA;
      case EtherType.FABRIC_PATH -> FABRIC_PATH;
      case EtherType.JUMBO_LLC -> LLC;
      case EtherType.TRANSPARENT_ETHERNET_BRIDGING -> ETHERNET;
      case EtherType.PPPOE_SESSION -> PPPOE_SESSION;
      case EtherType.PPPOE_DISCOVERY -> PPPOE_DISCOVERY;
      case EtherType.LLDP -> LLDP;
      case EtherType.EAPOL -> EAPOL;
      default -> DONE;
    };
  }

  /** What an IP protocol number announces; {@link #DONE} for what the decoder does not read. */
  static Step ofIpProtocol(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> TCP;
      case IpProtocol.UDP -> UDP;
      case IpProtocol.ICMP -> ICMP;
      case IpProtocol.ICMPV6 -> ICMPV6;
      case IpProtocol.IGMP -> IGMP;
      case IpProtocol.SCTP -> SCTP;
      case IpProtocol.UDP_LITE -> UDP_LITE;
      case IpProtocol.GRE -> GRE;
      case IpProtocol.AH -> AH;
      case IpProtocol.ESP -> ESP;
      case IpProtocol.L2TP -> L2TP;
      case IpProtocol.NSH -> NSH;
      case IpProtocol.IPV4 -> IPV4;
      case IpProtocol.IPV6 -> IPV6;
      case IpProtocol.MPLS -> MPLS;
      case IpProtocol.ETHERNET -> ETHERNET;
      default -> Ipv6ExtensionView.isExtension(protocol) ? IPV6_EXTENSION : DONE;
    };
  }
}
