package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.Quote;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IcmpView;
import tapwarden.inspect.wire.Icmpv6View;
import tapwarden.inspect.wire.IpAddress;

/** Explains ICMP and ICMPv6 with the packet that errors quote and neighbour discovery, and IGMP. */
final class IcmpExplainer {
  private static final int IGMP_LENGTH = 8;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int PACKET_TOO_BIG = 2;

  private final IcmpView icmp = new IcmpView();
  private final Icmpv6View icmpv6 = new Icmpv6View();

  int icmp(LayerScope at, Fields out) {
    if (!icmp.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int type = icmp.type();
    out.number("Type", type, IpNames.icmpType(type))
        .number("Code", icmp.code(), IpNames.icmpCode(type, icmp.code()))
        .hex("Checksum", icmp.checksum(), 4, ChecksumWords.ofTransport(at));
    switch (type) {
      case IcmpView.ECHO_REQUEST, IcmpView.ECHO_REPLY, 13, 14, 15, 16, 17, 18 ->
          out.hex("Identifier", icmp.identifier(), 4).number("Sequence", icmp.sequence());
      case IcmpView.REDIRECT -> out.ipv4("Gateway", icmp.rest());
      case IcmpView.DESTINATION_UNREACHABLE ->
          out.number(
              "Next-hop MTU",
              icmp.rest() & 0xFFFF,
              icmp.code() == FRAGMENTATION_NEEDED ? "largest packet that fits" : "unused");
      default -> out.hex("Rest of header", icmp.rest(), 8);
    }
    if (IcmpView.quotes(type)) {
      quote(at.packet(), out);
    }
    return IcmpView.LENGTH;
  }

  int icmpv6(LayerScope at, Fields out) {
    if (!icmpv6.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int type = icmpv6.type();
    out.number("Type", type, IpNames.icmpv6Type(type))
        .number("Code", icmpv6.code(), IpNames.icmpv6Code(type, icmpv6.code()))
        .hex("Checksum", icmpv6.checksum(), 4, ChecksumWords.ofTransport(at));
    switch (type) {
      case Icmpv6View.ECHO_REQUEST, Icmpv6View.ECHO_REPLY ->
          out.hex("Identifier", icmpv6.identifier(), 4).number("Sequence", icmpv6.sequence());
      case PACKET_TOO_BIG -> out.number("MTU", icmpv6.rest(), "largest packet that fits");
      default -> out.hex("Rest of header", icmpv6.rest(), 8);
    }
    if (icmpv6.hasTarget()) {
      neighbour(out);
    }
    if (Icmpv6View.quotes(type)) {
      quote(at.packet(), out);
    }
    return Icmpv6View.LENGTH;
  }

  private void neighbour(Fields out) {
    out.ip("Target", 6, icmpv6.targetHigh(), icmpv6.targetLow());
    if (icmpv6.type() == Icmpv6View.NEIGHBOR_ADVERTISEMENT) {
      out.flag("Router", (icmpv6.rest() & 0x8000_0000L) != 0, "the sender is a router")
          .flag("Solicited", (icmpv6.rest() & 0x4000_0000L) != 0, "it answers a solicitation")
          .flag("Override", (icmpv6.rest() & 0x2000_0000L) != 0, "it replaces what is known");
    }
    if (icmpv6.linkLayerAddress() >= 0) {
      out.mac("Link-layer address", icmpv6.linkLayerAddress());
    }
  }

  private static void quote(Packet packet, Fields out) {
    Quote quote = packet.quote();
    if (!quote.isPresent()) {
      out.add("Quoted packet", "not readable");
      return;
    }
    Fields parts = out.group("Quoted packet", "", "the packet that this error is about");
    parts
        .ip("Source", quote.ipVersion(), quote.sourceHigh(), quote.sourceLow())
        .ip("Destination", quote.ipVersion(), quote.destinationHigh(), quote.destinationLow())
        .number("Protocol", quote.protocol(), IpNames.protocol(quote.protocol()));
    if (quote.hasPorts()) {
      parts
          .number("Source port", quote.sourcePort(), PortNames.of(quote.sourcePort()))
          .number(
              "Destination port", quote.destinationPort(), PortNames.of(quote.destinationPort()));
    }
  }

  int igmp(LayerScope at, Fields out) {
    if (at.end() - at.offset() < IGMP_LENGTH) {
      return 0;
    }
    int type = Bytes.u8(at.segment(), at.offset());
    long group = Bytes.u32(at.segment(), at.offset() + 4);
    out.hex("Type", type, 2, IpNames.igmpType(type))
        .number("Maximum response time", Bytes.u8(at.segment(), at.offset() + 1), "in 0.1 s")
        .hex("Checksum", Bytes.u16(at.segment(), at.offset() + 2), 4);
    if (type == 0x22) {
      out.number("Group records", group & 0xFFFF);
    } else {
      out.add(
          "Group",
          IpAddress.v4((int) group).toString(),
          group == 0 ? "all groups" : AddressMeaning.ofIp(4, 0, group));
    }
    return IGMP_LENGTH;
  }
}
