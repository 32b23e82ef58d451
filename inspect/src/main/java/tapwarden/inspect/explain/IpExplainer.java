package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.AhView;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.EspView;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6ExtensionView;
import tapwarden.inspect.wire.Ipv6View;

/** Explains IPv4, IPv6 with its extension headers, and the headers of IPsec. */
final class IpExplainer {
  private static final int IPV6_NEXT_HEADER = 6;
  private static final int RESERVED_FLAG = 0x8000;
  private static final int FRAGMENT_FIELD = 6;

  private final Ipv4View ipv4 = new Ipv4View();
  private final Ipv6View ipv6 = new Ipv6View();
  private final Ipv6ExtensionView extension = new Ipv6ExtensionView();
  private final AhView ah = new AhView();
  private final EspView esp = new EspView();

  int ipv4(LayerScope at, Fields out) {
    if (!ipv4.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int header = ipv4.headerLength();
    out.number("Version", 4)
        .count("Header length", header, "bytes")
        .number("DSCP", ipv4.dscp(), IpNames.dscp(ipv4.dscp()))
        .number("ECN", ipv4.ecn(), IpNames.ecn(ipv4.ecn()))
        .number("Total length", ipv4.totalLength(), totalLength(at));
    fragmentation(at, out);
    out.number("Time to live", ipv4.ttl(), timeToLive(ipv4.ttl()))
        .number("Protocol", ipv4.protocol(), IpNames.protocol(ipv4.protocol()))
        .hex("Header checksum", ipv4.checksum(), 4, ChecksumWords.ofIpv4Header(at))
        .ipv4("Source", ipv4.source())
        .ipv4("Destination", ipv4.destination());
    ipv4Options(at.segment(), ipv4.optionsOffset(), at.offset() + header, out);
    return header;
  }

  private String totalLength(LayerScope at) {
    if (ipv4.totalLength() == 0) {
      return "left to the network card (segmentation offload)";
    }
    long captured = at.packet().frameEnd() - at.offset();
    return ipv4.totalLength() > captured
        ? "beyond the captured bytes, " + captured + " are there"
        : "";
  }

  private void fragmentation(LayerScope at, Fields out) {
    int flags = Bytes.u16(at.segment(), at.offset() + FRAGMENT_FIELD);
    out.hex("Identification", ipv4.identification(), 4)
        .flag("Reserved flag", (flags & RESERVED_FLAG) != 0, "must not be")
        .flag("Do not fragment", ipv4.doNotFragment(), "routers must not fragment it")
        .flag("More fragments", ipv4.moreFragments(), "other fragments follow")
        .add(
            "Fragment offset",
            ipv4.fragmentOffset() + " bytes",
            ipv4.fragmentOffset() > 0 ? "not the first fragment: no transport header" : "");
  }

  private static String timeToLive(int ttl) {
    return switch (ttl) {
      case 0 -> "must not be forwarded";
      case 1 -> "does not leave this link";
      case 64, 128, 255 -> "a usual initial value, from a neighbour";
      default -> "";
    };
  }

  private static void ipv4Options(MemorySegment segment, long from, long end, Fields out) {
    long at = from;
    while (at < end) {
      int kind = Bytes.u8(segment, at);
      if (kind <= 1) {
        out.add("Option", IpNames.ipv4Option(kind));
        if (kind == 0) {
          return;
        }
        at++;
        continue;
      }
      int length = end - at < 2 ? 0 : Bytes.u8(segment, at + 1);
      if (length < 2 || length > end - at) {
        out.add("Option", IpNames.ipv4Option(kind), "its length is wrong");
        return;
      }
      out.add("Option", IpNames.ipv4Option(kind), WireText.hex(segment, at + 2, length - 2));
      at += length;
    }
  }

  int ipv6(LayerScope at, Fields out) {
    if (!ipv6.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int dscp = ipv6.trafficClass() >>> 2;
    int ecn = ipv6.trafficClass() & 3;
    out.number("Version", 6)
        .number("DSCP", dscp, IpNames.dscp(dscp))
        .number("ECN", ecn, IpNames.ecn(ecn))
        .hex("Flow label", ipv6.flowLabel(), 5)
        .number("Payload length", ipv6.payloadLength(), payloadLength(at))
        .number("Next header", ipv6.nextHeader(), IpNames.protocol(ipv6.nextHeader()))
        .number("Hop limit", ipv6.hopLimit(), timeToLive(ipv6.hopLimit()))
        .ip("Source", 6, ipv6.sourceHigh(), ipv6.sourceLow())
        .ip("Destination", 6, ipv6.destinationHigh(), ipv6.destinationLow());
    return Ipv6View.LENGTH;
  }

  private String payloadLength(LayerScope at) {
    long captured = at.packet().frameEnd() - at.offset() - Ipv6View.LENGTH;
    return ipv6.payloadLength() > captured
        ? "beyond the captured bytes, " + captured + " are there"
        : "";
  }

  /** The number of an extension header stands in the header before it. */
  private static int kindOfExtension(LayerScope at) {
    long previous = at.previousOffset();
    return switch (at.previous()) {
      case IPV6 -> Bytes.u8(at.segment(), previous + IPV6_NEXT_HEADER);
      case IPV6_EXT, AH -> Bytes.u8(at.segment(), previous);
      default -> IpProtocol.DESTINATION_OPTIONS;
    };
  }

  int ipv6Extension(LayerScope at, Fields out) {
    if (at.isFirst()) {
      return 0;
    }
    int kind = kindOfExtension(at);
    if (!extension.kind(kind).wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int header = extension.headerLength();
    out.number("Kind", kind, IpNames.protocol(kind))
        .number("Next header", extension.nextHeader(), IpNames.protocol(extension.nextHeader()))
        .count("Header length", header, "bytes");
    switch (kind) {
      case IpProtocol.FRAGMENT ->
          out.count("Fragment offset", extension.fragmentOffset(), "bytes")
              .flag("More fragments", extension.moreFragments(), "other fragments follow")
              .hex("Identification", extension.identification(), 8);
      case IpProtocol.ROUTING ->
          out.number(
                  "Routing type",
                  extension.routingType(),
                  IpNames.routingType(extension.routingType()))
              .number("Segments left", extension.segmentsLeft())
              .add("Data", WireText.hex(at.segment(), at.offset() + 4, header - 4));
      case IpProtocol.HOP_BY_HOP, IpProtocol.DESTINATION_OPTIONS ->
          ipv6Options(at.segment(), at.offset() + 2, at.offset() + header, out);
      default -> out.add("Data", WireText.hex(at.segment(), at.offset() + 2, header - 2));
    }
    return header;
  }

  private static void ipv6Options(MemorySegment segment, long from, long end, Fields out) {
    long at = from;
    while (at < end) {
      int type = Bytes.u8(segment, at);
      if (type == 0) {
        out.add("Option", IpNames.ipv6Option(type));
        at++;
        continue;
      }
      int length = end - at < 2 ? -1 : Bytes.u8(segment, at + 1);
      if (length < 0 || length > end - at - 2) {
        out.add("Option", IpNames.ipv6Option(type), "its length is wrong");
        return;
      }
      out.add("Option", IpNames.ipv6Option(type), WireText.hex(segment, at + 2, length));
      at += 2 + length;
    }
  }

  int ah(LayerScope at, Fields out) {
    if (!ah.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Next header", ah.nextHeader(), IpNames.protocol(ah.nextHeader()))
        .count("Header length", ah.headerLength(), "bytes")
        .hex("Security parameters index", ah.spi(), 8)
        .number("Sequence", ah.sequence())
        .add(
            "Integrity check value",
            WireText.hex(at.segment(), at.offset() + AhView.MINIMUM_LENGTH, ah.icvLength()));
    return ah.headerLength();
  }

  int esp(LayerScope at, Fields out) {
    if (!esp.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.hex("Security parameters index", esp.spi(), 8)
        .number("Sequence", esp.sequence())
        .add("Payload", "encrypted");
    return esp.headerLength();
  }
}
