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
  /** The padded timestamp option, which nearly every segment with options has alone. */
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
    p.destinationMac = EthernetView.destination(s, at);
    p.sourceMac = EthernetView.source(s, at);
    p.layers[0] = (byte) Layer.ETHERNET.ordinal();
    p.layerOffset[0] = at;
    int type = EthernetView.type(s, at);
    at += EthernetView.LENGTH;
    if (type == EtherType.VLAN) {
      p.vlanCount = 1;
      p.vlans[0] = VlanView.id(s, at);
      p.layers[1] = (byte) Layer.VLAN.ordinal();
      p.layerOffset[1] = at;
      p.layerCount = 2;
      p.layerSet = TAGGED;
      type = VlanView.type(s, at);
      at += VlanView.LENGTH;
    } else {
      p.vlanCount = 0;
      p.layerCount = 1;
      p.layerSet = PLAIN;
    }
    if (type == EtherType.IPV4) {
      return ipv4(p, s, at);
    }
    return type == EtherType.IPV6 && ipv6(p, s, at);
  }

  private static boolean ipv4(Packet p, MemorySegment s, long ip) {
    if (p.frameEnd - ip < Ipv4View.MINIMUM_LENGTH + UdpView.LENGTH
        || Ipv4View.versionAndLength(s, ip) != PLAIN_IPV4
        || Ipv4View.isFragment(Ipv4View.fragmentField(s, ip))) {
      return false;
    }
    long claimedEnd = ip + Ipv4View.totalLength(s, ip);
    if (claimedEnd > p.frameOffset + p.wireLength) {
      return false;
    }
    p.ipVersion = 4;
    p.sourceHigh = 0;
    p.sourceLow = Ipv4View.source(s, ip);
    p.destinationHigh = 0;
    p.destinationLow = Ipv4View.destination(s, ip);
    p.ttl = Ipv4View.ttl(s, ip);
    p.networkOffset = ip;
    enter(p, Layer.IPV4, ip);
    int protocol = Ipv4View.protocol(s, ip);
    return transport(p, s, ip + Ipv4View.MINIMUM_LENGTH, claimedEnd, protocol);
  }

  private static boolean ipv6(Packet p, MemorySegment s, long ip) {
    if (p.frameEnd - ip < Ipv6View.LENGTH + UdpView.LENGTH || Ipv6View.version(s, ip) != 6) {
      return false;
    }
    long claimedEnd = ip + Ipv6View.LENGTH + Ipv6View.payloadLength(s, ip);
    if (claimedEnd > p.frameOffset + p.wireLength) {
      return false;
    }
    p.ipVersion = 6;
    p.sourceHigh = Ipv6View.sourceHigh(s, ip);
    p.sourceLow = Ipv6View.sourceLow(s, ip);
    p.destinationHigh = Ipv6View.destinationHigh(s, ip);
    p.destinationLow = Ipv6View.destinationLow(s, ip);
    p.ttl = Ipv6View.hopLimit(s, ip);
    p.networkOffset = ip;
    enter(p, Layer.IPV6, ip);
    int protocol = Ipv6View.nextHeader(s, ip);
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
    int flags = TcpView.flags(s, at);
    int header = TcpView.headerLength(s, at);
    if (TcpFlags.faults(flags) != 0 || (flags & TcpView.URG) != 0 || end - at < header) {
      return false;
    }
    boolean plain =
        header == TcpView.MINIMUM_LENGTH
            || (header == TCP_WITH_TIMESTAMP && TcpView.firstOptions(s, at) == NOP_NOP_TIMESTAMP);
    if (!plain) {
      return false;
    }
    p.protocol = IpProtocol.TCP;
    p.tcpFlags = flags;
    p.tcpSequence = TcpView.sequence(s, at);
    p.tcpAcknowledgment = TcpView.acknowledgment(s, at);
    p.tcpWindow = TcpView.window(s, at);
    enter(p, Layer.TCP, at);
    return finish(p, s, at, at + header, end, claimedEnd);
  }

  private static boolean udp(Packet p, MemorySegment s, long at, long claimedEnd) {
    int length = UdpView.length(s, at);
    if (length < UdpView.LENGTH
        || at + length > claimedEnd
        || UdpPorts.mayCarryTunnel(UdpView.sourcePort(s, at), UdpView.destinationPort(s, at))) {
      return false;
    }
    p.protocol = IpProtocol.UDP;
    p.tcpFlags = 0;
    p.tcpSequence = 0;
    p.tcpAcknowledgment = 0;
    p.tcpWindow = 0;
    enter(p, Layer.UDP, at);
    long end = at + length;
    return finish(p, s, at, at + UdpView.LENGTH, Math.min(end, p.frameEnd), end);
  }

  private static boolean finish(
      Packet p, MemorySegment s, long transport, long payload, long end, long claimedEnd) {
    p.malformations = 0;
    p.hasMac = true;
    p.transportOffset = transport;
    p.hasPorts = true;
    p.sourcePort = UdpView.sourcePort(s, transport);
    p.destinationPort = UdpView.destinationPort(s, transport);
    p.payloadOffset = payload;
    p.payloadLength = (int) (end - payload);
    p.wirePayloadLength = (int) (Math.max(claimedEnd, end) - payload);
    p.icmpType = -1;
    p.icmpCode = -1;
    if (p.fragment) {
      p.fragment = false;
      p.firstFragment = false;
      p.fragmentId = 0;
      p.fragmentOffset = 0;
      p.moreFragments = false;
    }
    if (p.tunnelDepth != 0) {
      p.clearTunnel();
    }
    if (p.quote.ipVersion != 0) {
      p.quote.clear();
    }
    return p.sourcePort != p.destinationPort
        || p.sourceLow != p.destinationLow
        || p.sourceHigh != p.destinationHigh;
  }

  private static void enter(Packet p, Layer layer, long at) {
    int n = p.layerCount;
    p.layers[n] = (byte) layer.ordinal();
    p.layerOffset[n] = at;
    p.layerCount = n + 1;
    p.layerSet |= layer.bit();
  }
}
