package tapwarden.inspect.decode;

import tapwarden.inspect.wire.IcmpView;
import tapwarden.inspect.wire.Icmpv6View;
import tapwarden.inspect.wire.SctpView;
import tapwarden.inspect.wire.TcpView;
import tapwarden.inspect.wire.UdpPorts;
import tapwarden.inspect.wire.UdpView;

/** Reads what IP carries to a program: TCP, UDP, UDP-Lite, SCTP, ICMP, ICMPv6, IGMP. */
final class TransportLayers {
  /** Most SCTP chunks that are looked at in one packet. */
  static final int MAX_CHUNKS = 256;

  private static final int PORTS_LENGTH = 4;
  private static final int IGMP_LENGTH = 8;

  private final TcpView tcp = new TcpView();
  private final SctpView sctp = new SctpView();
  private final IcmpView icmp = new IcmpView();
  private final Icmpv6View icmpv6 = new Icmpv6View();
  private final QuoteReader quotes = new QuoteReader();

  Step tcp(Walk walk) {
    if (!ports(walk, Layer.TCP, Malformation.TCP_TRUNCATED)) {
      return Step.DONE;
    }
    long at = walk.offset;
    if (walk.available() < TcpView.MINIMUM_LENGTH) {
      return walk.stop(Malformation.TCP_TRUNCATED);
    }
    Packet p = walk.packet;
    p.tcpSequence = TcpView.sequence(walk.segment, at);
    p.tcpAcknowledgment = TcpView.acknowledgment(walk.segment, at);
    p.tcpWindow = TcpView.window(walk.segment, at);
    p.tcpFlags = TcpView.flags(walk.segment, at);
    p.malformations |= TcpFlags.faults(p.tcpFlags);
    int header = TcpView.headerLength(walk.segment, at);
    if (header < TcpView.MINIMUM_LENGTH) {
      return walk.stop(Malformation.TCP_HEADER_LENGTH);
    }
    if (walk.available() < header) {
      return walk.stop(
          walk.claimedEnd - at < header
              ? Malformation.TCP_HEADER_LENGTH
              : Malformation.TCP_TRUNCATED);
    }
    walk.offset += header;
    walk.payloadStartsHere();
    if (header > TcpView.MINIMUM_LENGTH
        && !(tcp.wrap(walk.segment, at, walk.end) && tcp.optionsAreWhole())) {
      walk.flag(Malformation.TCP_OPTION_LENGTH);
    }
    if ((p.tcpFlags & TcpView.URG) != 0
        && !walk.insideFragment
        && TcpView.urgentPointer(walk.segment, at) > p.wirePayloadLength) {
      walk.flag(Malformation.TCP_URGENT_POINTER);
    }
    return Step.DONE;
  }

  Step udp(Walk walk) {
    if (!ports(walk, Layer.UDP, Malformation.UDP_TRUNCATED)) {
      return Step.DONE;
    }
    if (walk.available() < UdpView.LENGTH) {
      return walk.stop(Malformation.UDP_TRUNCATED);
    }
    int length = UdpView.length(walk.segment, walk.offset);
    boolean jumbo = length == 0 && walk.claimedEnd - walk.offset > 0xFFFF;
    if (!jumbo && (length < UdpView.LENGTH || !walk.limit(walk.offset, length))) {
      walk.flag(Malformation.UDP_LENGTH);
    }
    walk.offset += UdpView.LENGTH;
    walk.payloadStartsHere();
    return UdpPorts.mayCarryTunnel(walk.packet.sourcePort, walk.packet.destinationPort)
        ? Step.UDP_TUNNEL
        : Step.DONE;
  }

  Step udpLite(Walk walk) {
    if (!ports(walk, Layer.UDPLITE, Malformation.UDP_TRUNCATED)) {
      return Step.DONE;
    }
    if (walk.available() < UdpView.LENGTH) {
      return walk.stop(Malformation.UDP_TRUNCATED);
    }
    int coverage = UdpView.length(walk.segment, walk.offset);
    boolean beyond = coverage > walk.claimedEnd - walk.offset && !walk.insideFragment;
    if (coverage != 0 && (coverage < UdpView.LENGTH || beyond)) {
      walk.flag(Malformation.UDPLITE_COVERAGE);
    }
    walk.offset += UdpView.LENGTH;
    walk.payloadStartsHere();
    return Step.DONE;
  }

  Step sctp(Walk walk) {
    if (!ports(walk, Layer.SCTP, Malformation.SCTP_TRUNCATED)) {
      return Step.DONE;
    }
    if (!sctp.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.SCTP_TRUNCATED);
    }
    walk.offset += SctpView.LENGTH;
    walk.payloadStartsHere();
    int chunks = 0;
    while (sctp.nextChunk()) {
      if (++chunks > MAX_CHUNKS) {
        return walk.stop(Malformation.SCTP_CHUNK_LIMIT);
      }
    }
    // A chunk that only the capture or a fragment cut is no fault of the sender.
    if (sctp.isBroken() && walk.end == walk.claimedEnd && !walk.insideFragment) {
      walk.flag(Malformation.SCTP_CHUNK_LENGTH);
    }
    return Step.DONE;
  }

  /** The ports are where all four have them; they count even when the rest was not captured. */
  private static boolean ports(Walk walk, Layer layer, Malformation truncated) {
    if (walk.available() < PORTS_LENGTH) {
      walk.flag(truncated);
      return false;
    }
    if (!walk.enter(layer)) {
      return false;
    }
    Packet p = walk.packet;
    walk.noPayload();
    p.transportOffset = walk.offset;
    p.hasPorts = true;
    p.sourcePort = UdpView.sourcePort(walk.segment, walk.offset);
    p.destinationPort = UdpView.destinationPort(walk.segment, walk.offset);
    p.malformations |= land(p);
    return true;
  }

  /** A host that talks to itself over the wire; over the loopback interface it is right to. */
  static long land(Packet p) {
    boolean same =
        p.sourcePort == p.destinationPort
            && p.sourceLow == p.destinationLow
            && p.sourceHigh == p.destinationHigh;
    return same && !isLoopback(p) ? Malformation.LAND.bit() : 0;
  }

  private static boolean isLoopback(Packet p) {
    return p.ipVersion == 4 ? p.sourceLow >>> 24 == 127 : p.sourceHigh == 0 && p.sourceLow == 1;
  }

  Step icmp(Walk walk) {
    if (!icmp.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.ICMP_TRUNCATED);
    }
    if (!walk.enter(Layer.ICMP)) {
      return Step.DONE;
    }
    Packet p = walk.packet;
    walk.noPayload();
    p.transportOffset = walk.offset;
    p.icmpType = icmp.type();
    p.icmpCode = icmp.code();
    walk.offset += IcmpView.LENGTH;
    walk.payloadStartsHere();
    if (IcmpView.quotes(p.icmpType)) {
      quote(walk);
    }
    return Step.DONE;
  }

  Step icmpv6(Walk walk) {
    if (walk.available() < Icmpv6View.MINIMUM_LENGTH) {
      return walk.stop(Malformation.ICMPV6_TRUNCATED);
    }
    if (!walk.enter(Layer.ICMPV6)) {
      return Step.DONE;
    }
    Packet p = walk.packet;
    walk.noPayload();
    p.transportOffset = walk.offset;
    boolean whole = icmpv6.wrap(walk.segment, walk.offset, walk.end);
    p.icmpType = icmpv6.type();
    p.icmpCode = icmpv6.code();
    if (!whole) {
      return walk.stop(Malformation.ICMPV6_TRUNCATED);
    }
    walk.offset += Icmpv6View.LENGTH;
    walk.payloadStartsHere();
    if (Icmpv6View.quotes(p.icmpType)) {
      quote(walk);
    }
    return Step.DONE;
  }

  private void quote(Walk walk) {
    if (!quotes.read(walk.segment, walk.offset, walk.end, walk.packet.quote)) {
      walk.flag(Malformation.ICMP_QUOTE);
    }
  }

  Step igmp(Walk walk) {
    if (walk.available() < IGMP_LENGTH) {
      return walk.stop(Malformation.IGMP_TRUNCATED);
    }
    walk.enter(Layer.IGMP);
    return Step.DONE;
  }
}
