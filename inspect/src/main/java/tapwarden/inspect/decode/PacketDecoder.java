package tapwarden.inspect.decode;

import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/**
 * Fills a {@link Packet} from a {@link Frame}: no allocation, no exception, no read out of bounds,
 * and at most {@link Packet#MAX_LAYERS} steps.
 *
 * <p>Plain Ethernet, IPv4 or IPv6 and TCP or UDP are read in one straight line ({@link FastPath});
 * whatever is not plain is walked layer by layer. Both give the same packet. One decoder serves one
 * thread.
 */
public final class PacketDecoder {
  private final Walk walk = new Walk();
  private final CaptureLinks captureLinks = new CaptureLinks();
  private final WirelessLayers wireless = new WirelessLayers();
  private final LinkLayers link = new LinkLayers();
  private final NetworkLayers network = new NetworkLayers();
  private final TransportLayers transport = new TransportLayers();
  private final TunnelLayers tunnels = new TunnelLayers();
  private final UdpTunnels udpTunnels = new UdpTunnels();

  /** Decodes {@code frame} into {@code packet}, which is overwritten. */
  public void decode(Frame frame, Packet packet) {
    packet.frame(frame);
    if (packet.linkType != LinkType.ETHERNET || !FastPath.decode(packet)) {
      walk(packet, Packet.MAX_LAYERS, 0);
    }
  }

  /**
   * Decodes the outermost IP packets of {@code frame} alone: what carries a tunnel becomes a packet
   * of its own.
   *
   * @param mostIpHeaders the walk ends where one more would begin
   */
  public void decodeCarrier(Frame frame, Packet packet, int mostIpHeaders) {
    packet.frame(frame);
    walk(packet, mostIpHeaders, 0);
  }

  /**
   * Decodes a frame that was put together of fragments: what carries the datagram has the lengths
   * of one fragment, which are passed over.
   *
   * @param ipOffset where in the frame the datagram begins
   * @param mostIpHeaders as for {@link #decodeCarrier}; {@link Packet#MAX_LAYERS} for all
   */
  public void decodeWhole(Frame frame, int ipOffset, Packet packet, int mostIpHeaders) {
    packet.frame(frame);
    walk(packet, mostIpHeaders, frame.offset() + ipOffset);
  }

  /** The same as {@link #decode} without the straight line: the two must never differ. */
  void decodeByWalking(Frame frame, Packet packet) {
    packet.frame(frame);
    walk(packet, Packet.MAX_LAYERS, 0);
  }

  private void walk(Packet packet, int mostIpHeaders, long wholeFrom) {
    packet.clear();
    walk.start(packet, mostIpHeaders, wholeFrom);
    wireless.start();
    Step step = first(packet.linkType);
    while (step != Step.DONE) {
      step = take(step);
    }
    if (packet.ipVersion == 0) {
      walk.payloadStartsHere();
    }
  }

  private Step first(int linkType) {
    return switch (linkType) {
      case LinkType.ETHERNET -> Step.ETHERNET;
      case LinkType.NULL, LinkType.LOOP -> Step.NULL_LOOP;
      case LinkType.LINUX_SLL -> Step.LINUX_SLL;
      case LinkType.LINUX_SLL2 -> Step.LINUX_SLL2;
      case LinkType.NFLOG -> Step.NFLOG;
      case LinkType.IEEE802_11 -> Step.WLAN;
      case LinkType.IEEE802_11_RADIOTAP -> Step.RADIOTAP;
      case LinkType.C_HDLC -> Step.C_HDLC;
      case LinkType.FRELAY -> Step.FRAME_RELAY;
      case LinkType.PPP, LinkType.PPP_HDLC -> Step.PPP_OR_HDLC;
      case LinkType.PPP_ETHER -> Step.PPPOE_SESSION;
      case LinkType.RAW -> raw(Step.IP_BY_VERSION);
      case LinkType.IPV4 -> raw(Step.IPV4);
      case LinkType.IPV6 -> raw(Step.IPV6);
      default -> {
        walk.enter(Layer.UNSUPPORTED_LINK);
        yield Step.DONE;
      }
    };
  }

  private Step raw(Step next) {
    walk.enter(Layer.RAW_IP);
    return next;
  }

  /**
   * Reads the header at hand. Each step enters a layer or ends the walk, so the limit bounds it.
   */
  private Step take(Step step) {
    return switch (step) {
      case ETHERNET -> link.ethernet(walk);
      case VLAN -> link.vlan(walk);
      case NULL_LOOP -> captureLinks.nullLoop(walk);
      case LINUX_SLL -> captureLinks.sll(walk);
      case LINUX_SLL2 -> captureLinks.sll2(walk);
      case NFLOG -> captureLinks.nflog(walk);
      case PPP_OR_HDLC -> captureLinks.serial(walk);
      case C_HDLC -> captureLinks.hdlc(walk);
      case FRAME_RELAY -> captureLinks.frameRelay(walk);
      case RADIOTAP -> wireless.radiotap(walk);
      case WLAN -> wireless.wlan(walk);
      case MAC_IN_MAC -> link.macInMac(walk);
      case VN_TAG -> link.vnTag(walk);
      case E_TAG -> link.tag(walk, Layer.E_TAG, LinkLayers.E_TAG_LENGTH);
      case CISCO_METADATA -> link.tag(walk, Layer.CISCO_METADATA, LinkLayers.CISCO_METADATA_LENGTH);
      case FABRIC_PATH -> link.fabricPath(walk);
      case LLC -> link.llc(walk);
      case ARP -> link.arp(walk);
      case MPLS -> link.mpls(walk);
      case LLDP -> link.lldp(walk);
      case EAPOL -> link.eapol(walk);
      case IP_BY_VERSION -> network.byVersion(walk);
      case IPV4 -> network.ipv4(walk);
      case IPV6 -> network.ipv6(walk);
      case IPV6_EXTENSION -> network.ipv6Extension(walk);
      case TCP -> transport.tcp(walk);
      case UDP -> transport.udp(walk);
      case UDP_LITE -> transport.udpLite(walk);
      case SCTP -> transport.sctp(walk);
      case ICMP -> transport.icmp(walk);
      case ICMPV6 -> transport.icmpv6(walk);
      case IGMP -> transport.igmp(walk);
      case UDP_TUNNEL -> udpTunnels.byPort(walk);
      case AH -> network.ah(walk);
      case ESP -> network.esp(walk);
      case L2TP -> tunnels.l2tpOverIp(walk);
      case GRE -> tunnels.gre(walk);
      case ERSPAN_I -> tunnels.erspanTypeOne(walk);
      case ERSPAN -> tunnels.erspan(walk);
      case NSH -> tunnels.nsh(walk);
      case PPPOE_SESSION -> tunnels.pppoeSession(walk);
      case PPPOE_DISCOVERY -> tunnels.pppoeDiscovery(walk);
      case PPP -> tunnels.ppp(walk);
      case DONE -> Step.DONE;
    };
  }
}
