package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.EthernetView;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6View;
import tapwarden.inspect.wire.TcpView;
import tapwarden.inspect.wire.UdpPorts;
import tapwarden.inspect.wire.UdpView;
import tapwarden.inspect.wire.VlanView;

/**
 * The straight line through what nearly all frames are: Ethernet with at most one VLAN tag, IPv4
 * without options or IPv6 without extensions, not fragmented, TCP or UDP, nothing wrong. Any other
 * frame is refused, and then the packet's contents mean nothing until it has been walked.
 */
final class FastPath {
  /** The padded timestamp option, which most segments with options have alone. */
  private static final int NOP_NOP_TIMESTAMP = 0x0101080A;

  private static final int TCP_WITH_TIMESTAMP = TcpView.MINIMUM_LENGTH + 12;
  private static final int PLAIN_IPV4 = 0x45;

  private static final long PLAIN = Layer.ETHERNET.bit();
  private static final long TAGGED = PLAIN | Layer.VLAN.bit();

  private FastPath() {}

  /** True when the packet is filled; false when the frame must be walked. */
  static boolean decode(Packet p) {
    MemorySegment s = p.segment;
    long at = p.frameOffset;
    if (p.frameEnd - at < EthernetView.LENGTH + VlanView.LENGTH) {
      return false;
    }
    long head = EthernetView.head(s, at);
    long tail = EthernetView.tail(s, at);
    p.destinationMac = EthernetView.destination(head);
    p.sourceMac = EthernetView.source(head, tail);
    p.layers[0] = (byte) Layer.ETHERNET.ordinal();
    p.layerOffset[0] = at;
    int type = EthernetView.type(tail);
    long inside = at + EthernetView.LENGTH;
    if (type != EtherType.VLAN) {
      p.vlanCount = 0;
      return network(p, s, inside, type, 1, PLAIN);
    }
    p.vlanCount = 1;
    p.vlans[0] = VlanView.id(s, inside);
    p.layers[1] = (byte) Layer.VLAN.ordinal();
    p.layerOffset[1] = inside;
    return network(p, s, inside + VlanView.LENGTH, VlanView.type(s, inside), 2, TAGGED);
  }

  private static boolean network(
      Packet p, MemorySegment s, long ip, int type, int layers, long set) {
    if (type == EtherType.IPV4) {
      return ipv4(p, s, ip, layers, set);
    }
    return type == EtherType.IPV6 && ipv6(p, s, ip, layers, set);
  }

  private static boolean ipv4(Packet p, MemorySegment s, long ip, int layers, long set) {
    if (p.frameEnd - ip < Ipv4View.MINIMUM_LENGTH + UdpView.LENGTH) {
      return false;
    }
    long head = Ipv4View.head(s, ip);
    long claimedEnd = ip + Ipv4View.totalLength(head);
    if (Ipv4View.versionAndLength(head) != PLAIN_IPV4
        || Ipv4View.isFragment(Ipv4View.fragmentField(head))
        || claimedEnd > p.frameOffset + p.wireLength) {
      return false;
    }
    long middle = Ipv4View.middle(s, ip);
    p.ipVersion = 4;
    p.sourceHigh = 0;
    p.sourceLow = Ipv4View.source(middle);
    p.destinationHigh = 0;
    p.destinationLow = Ipv4View.destination(s, ip);
    p.ttl = Ipv4View.ttl(middle);
    p.networkOffset = ip;
    p.layers[layers] = (byte) Layer.IPV4.ordinal();
    p.layerOffset[layers] = ip;
    p.layerSet = set | Layer.IPV4.bit();
    p.layerCount = layers + 1;
    int protocol = Ipv4View.protocol(middle);
    return transport(p, s, ip + Ipv4View.MINIMUM_LENGTH, claimedEnd, protocol);
  }

  private static boolean ipv6(Packet p, MemorySegment s, long ip, int layers, long set) {
    if (p.frameEnd - ip < Ipv6View.LENGTH + UdpView.LENGTH) {
      return false;
    }
    long head = Ipv6View.head(s, ip);
    long claimedEnd = ip + Ipv6View.LENGTH + Ipv6View.payloadLength(head);
    if (Ipv6View.version(head) != 6 || claimedEnd > p.frameOffset + p.wireLength) {
      return false;
    }
    p.ipVersion = 6;
    p.sourceHigh = Ipv6View.sourceHigh(s, ip);
    p.sourceLow = Ipv6View.sourceLow(s, ip);
    p.destinationHigh = Ipv6View.destinationHigh(s, ip);
    p.destinationLow = Ipv6View.destinationLow(s, ip);
    p.ttl = Ipv6View.hopLimit(head);
    p.networkOffset = ip;
    p.layers[layers] = (byte) Layer.IPV6.ordinal();
    p.layerOffset[layers] = ip;
    p.layerSet = set | Layer.IPV6.bit();
    p.layerCount = layers + 1;
    int protocol = Ipv6View.nextHeader(head);
    return transport(p, s, ip + Ipv6View.LENGTH, claimedEnd, protocol);
  }

  private static boolean transport(
      Packet p, MemorySegment s, long at, long claimedEnd, int protocol) {
    if (protocol == IpProtocol.TCP) {
      return tcp(p, s, at, claimedEnd);
    }
    return protocol == IpProtocol.UDP && udp(p, s, at, claimedEnd);
  }

  private static boolean tcp(Packet p, MemorySegment s, long at, long claimedEnd) {
    long end = Math.min(claimedEnd, p.frameEnd);
    if (end - at < TcpView.MINIMUM_LENGTH) {
      return false;
    }
    long middle = TcpView.middle(s, at);
    int flags = TcpView.flags(middle);
    int header = TcpView.headerLength(middle);
    if (TcpFlags.faults(flags) != 0 || (flags & TcpView.URG) != 0 || end - at < header) {
      return false;
    }
    boolean plain =
        header == TcpView.MINIMUM_LENGTH
            || (header == TCP_WITH_TIMESTAMP && TcpView.firstOptions(s, at) == NOP_NOP_TIMESTAMP)
            || (header > TcpView.MINIMUM_LENGTH && TcpView.optionsAreWhole(s, at, header));
    if (!plain) {
      return false;
    }
    long head = TcpView.head(s, at);
    p.protocol = IpProtocol.TCP;
    p.tcpFlags = flags;
    p.tcpSequence = TcpView.sequence(head);
    p.tcpAcknowledgment = TcpView.acknowledgment(middle);
    p.tcpWindow = TcpView.window(middle);
    enter(p, Layer.TCP, at);
    p.wirePayloadLength = (int) (claimedEnd - at) - header;
    return finish(p, head, at + header, end);
  }

  private static boolean udp(Packet p, MemorySegment s, long at, long claimedEnd) {
    long head = UdpView.head(s, at);
    int length = UdpView.length(head);
    if (length < UdpView.LENGTH
        || at + length > claimedEnd
        || UdpPorts.mayCarryTunnel(UdpView.sourcePort(head), UdpView.destinationPort(head))) {
      return false;
    }
    p.protocol = IpProtocol.UDP;
    p.tcpFlags = 0;
    p.tcpSequence = 0;
    p.tcpAcknowledgment = 0;
    p.tcpWindow = 0;
    enter(p, Layer.UDP, at);
    p.wirePayloadLength = length - UdpView.LENGTH;
    return finish(p, head, at + UdpView.LENGTH, Math.min(at + length, p.frameEnd));
  }

  private static void enter(Packet p, Layer layer, long at) {
    int n = p.layerCount;
    p.layers[n] = (byte) layer.ordinal();
    p.layerOffset[n] = at;
    p.layerCount = n + 1;
    p.layerSet |= layer.bit();
    p.transportOffset = at;
  }

  private static boolean finish(Packet p, long ports, long payload, long end) {
    int sourcePort = UdpView.sourcePort(ports);
    int destinationPort = UdpView.destinationPort(ports);
    p.malformations = 0;
    p.hasMac = true;
    p.hasPorts = true;
    p.sourcePort = sourcePort;
    p.destinationPort = destinationPort;
    p.payloadOffset = payload;
    p.payloadLength = (int) (end - payload);
    p.icmpType = -1;
    p.icmpCode = -1;
    if (p.fragment || p.tunnelDepth != 0 || p.quote.ipVersion != 0) {
      clearRare(p);
    }
    return sourcePort != destinationPort
        || p.sourceLow != p.destinationLow
        || p.sourceHigh != p.destinationHigh;
  }

  /** What only an odd frame leaves behind. */
  private static void clearRare(Packet p) {
    p.fragment = false;
    p.firstFragment = false;
    p.fragmentId = 0;
    p.fragmentOffset = 0;
    p.moreFragments = false;
    p.clearTunnel();
    p.quote.clear();
  }
}
