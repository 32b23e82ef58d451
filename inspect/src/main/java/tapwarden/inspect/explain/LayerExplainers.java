package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Layer;

/** Who explains which layer: the one place to touch when the decoder learns a new one. */
final class LayerExplainers {
  private final LinkExplainer link = new LinkExplainer();
  private final TagExplainer tag = new TagExplainer();
  private final CaptureHeaderExplainer capture = new CaptureHeaderExplainer();
  private final WirelessExplainer wireless = new WirelessExplainer();
  private final SerialExplainer serial = new SerialExplainer();
  private final L2tpExplainer l2tp = new L2tpExplainer();
  private final IpExplainer ip = new IpExplainer();
  private final IcmpExplainer icmp = new IcmpExplainer();
  private final TcpExplainer tcp = new TcpExplainer();
  private final TransportExplainer transport = new TransportExplainer();
  private final TunnelExplainer tunnel = new TunnelExplainer();
  private final OverlayExplainer overlay = new OverlayExplainer();
  private final DiscoveryExplainer discovery = new DiscoveryExplainer();

  /**
   * Adds every field of the layer.
   *
   * @return bytes of the layer that are explained; 0 if its header could not be read
   */
  int explain(LayerScope at, Fields out) {
    return switch (at.layer()) {
      case ETHERNET -> link.ethernet(at, out);
      case VLAN -> tag.vlan(at, out);
      case MAC_IN_MAC -> tag.macInMac(at, out);
      case VN_TAG -> tag.vnTag(at, out);
      case E_TAG -> tag.eTag(at, out);
      case CISCO_METADATA -> tag.ciscoMetadata(at, out);
      case FABRIC_PATH -> tag.fabricPath(at, out);
      case MPLS -> tag.mpls(at, out);
      case LLC -> link.llc(at, out);
      case SNAP -> link.snap(at, out);
      case ARP -> link.arp(at, out);
      case EAPOL -> link.eapol(at, out);
      case LINUX_SLL -> capture.sll(at, out);
      case LINUX_SLL2 -> capture.sll2(at, out);
      case NULL_LOOP -> capture.nullLoop(at, out);
      case NFLOG -> capture.nflog(at, out);
      case RAW_IP -> capture.rawIp(out);
      case UNSUPPORTED_LINK -> capture.unsupported(at, out);
      case RADIOTAP -> wireless.radiotap(at, out);
      case WLAN -> wireless.dot11(at, out);
      case CAPWAP -> wireless.capwap(at, out);
      case TZSP -> wireless.tzsp(at, out);
      case PPP -> serial.ppp(at, out);
      case C_HDLC -> serial.ciscoHdlc(at, out);
      case FRAME_RELAY -> serial.frameRelay(at, out);
      case PPPOES, PPPOED -> serial.pppoe(at, out);
      case L2TP -> l2tp.l2tp(at, out);
      case IPV4 -> ip.ipv4(at, out);
      case IPV6 -> ip.ipv6(at, out);
      case IPV6_EXT -> ip.ipv6Extension(at, out);
      case AH -> ip.ah(at, out);
      case ESP -> ip.esp(at, out);
      case ICMP -> icmp.icmp(at, out);
      case ICMPV6 -> icmp.icmpv6(at, out);
      case IGMP -> icmp.igmp(at, out);
      case TCP -> tcp.tcp(at, out);
      case UDP -> transport.udp(at, out);
      case UDPLITE -> transport.udpLite(at, out);
      case SCTP -> transport.sctp(at, out);
      case GRE, NVGRE -> tunnel.gre(at, out);
      case ERSPAN -> tunnel.erspan(at, out);
      case GTP -> tunnel.gtp(at, out);
      case TEREDO -> tunnel.teredo(at, out);
      case VXLAN -> overlay.vxlan(at, out);
      case VXLAN_GPE -> overlay.vxlanGpe(at, out);
      case GENEVE -> overlay.geneve(at, out);
      case NSH -> overlay.nsh(at, out);
      case LLDP -> discovery.lldp(at, out);
      case CDP -> discovery.cdp(at, out);
      case STP -> discovery.spanningTree(at, out);
      case FRAGMENT, PAYLOAD -> 0;
    };
  }

  /** The layer's name for people. */
  static String title(Layer layer) {
    return switch (layer) {
      case ETHERNET -> "Ethernet";
      case LINUX_SLL -> "Linux cooked capture";
      case LINUX_SLL2 -> "Linux cooked capture, version 2";
      case NULL_LOOP -> "Loopback";
      case RAW_IP -> "Raw IP";
      case PPP -> "PPP";
      case WLAN -> "IEEE 802.11";
      case RADIOTAP -> "Radiotap";
      case NFLOG -> "Netfilter log";
      case C_HDLC -> "Cisco HDLC";
      case FRAME_RELAY -> "Frame relay";
      case VLAN -> "VLAN tag";
      case MAC_IN_MAC -> "Backbone service tag (MAC-in-MAC)";
      case VN_TAG -> "VN-Tag";
      case E_TAG -> "E-Tag";
      case CISCO_METADATA -> "Cisco metadata";
      case FABRIC_PATH -> "FabricPath";
      case MPLS -> "MPLS label";
      case PPPOES -> "PPPoE session";
      case PPPOED -> "PPPoE discovery";
      case LLC -> "LLC";
      case SNAP -> "SNAP";
      case ARP -> "ARP";
      case IPV4 -> "IPv4";
      case IPV6 -> "IPv6";
      case IPV6_EXT -> "IPv6 extension header";
      case ICMP -> "ICMP";
      case ICMPV6 -> "ICMPv6";
      case IGMP -> "IGMP";
      case TCP -> "TCP";
      case UDP -> "UDP";
      case UDPLITE -> "UDP-Lite";
      case SCTP -> "SCTP";
      case GRE -> "GRE";
      case NVGRE -> "NVGRE";
      case VXLAN -> "VXLAN";
      case VXLAN_GPE -> "VXLAN-GPE";
      case GENEVE -> "GENEVE";
      case ERSPAN -> "ERSPAN";
      case GTP -> "GTP";
      case TEREDO -> "Teredo";
      case L2TP -> "L2TP";
      case CAPWAP -> "CAPWAP";
      case TZSP -> "TZSP";
      case NSH -> "Network service header";
      case ESP -> "IPsec ESP";
      case AH -> "IPsec AH";
      case LLDP -> "LLDP";
      case CDP -> "CDP";
      case STP -> "Spanning tree";
      case EAPOL -> "EAPOL (IEEE 802.1X)";
      case FRAGMENT -> "Fragment";
      case UNSUPPORTED_LINK -> "Unsupported link type";
      case PAYLOAD -> "Payload";
    };
  }
}
