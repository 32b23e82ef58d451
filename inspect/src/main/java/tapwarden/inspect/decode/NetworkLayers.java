package tapwarden.inspect.decode;

import tapwarden.inspect.wire.AhView;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.EspView;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6ExtensionView;
import tapwarden.inspect.wire.Ipv6View;

/** Reads IPv4, IPv6 with its extension headers, and the heads of AH and ESP. */
final class NetworkLayers {
  /** Most IPv6 extension headers that are followed in one packet. */
  static final int MAX_EXTENSIONS = 10;

  private static final int LARGEST_PACKET = 65_535;

  private final Ipv6ExtensionView extension = new Ipv6ExtensionView();
  private final AhView ah = new AhView();

  Step byVersion(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.IPV4_TRUNCATED);
    }
    return switch (Bytes.u8(walk.segment, walk.offset) >>> 4) {
      case 4 -> Step.IPV4;
      case 6 -> Step.IPV6;
      default -> walk.stop(Malformation.IPV4_VERSION);
    };
  }

  Step ipv4(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.IPV4_TRUNCATED);
    }
    if (!walk.enter(Layer.IPV4)) {
      return Step.DONE;
    }
    int versionAndLength = Ipv4View.versionAndLength(walk.segment, walk.offset);
    if (versionAndLength >>> 4 != 4) {
      return walk.stop(Malformation.IPV4_VERSION);
    }
    if (walk.available() < Ipv4View.MINIMUM_LENGTH) {
      return walk.stop(Malformation.IPV4_TRUNCATED);
    }
    int header = (versionAndLength & 0x0F) << 2;
    if (header < Ipv4View.MINIMUM_LENGTH) {
      return walk.stop(Malformation.IPV4_HEADER_LENGTH);
    }
    int total = Ipv4View.totalLength(walk.segment, walk.offset);
    beginIpv4(walk);
    // 0 is left by a sender whose card segments: the frame's own length counts.
    if (total != 0 && total < header) {
      return walk.stop(Malformation.IPV4_TOTAL_LENGTH);
    }
    if (total != 0 && !walk.limit(walk.offset, total)) {
      walk.flag(Malformation.IPV4_TOTAL_LENGTH);
    }
    if (walk.available() < header) {
      return walk.stop(
          walk.claimedEnd - walk.offset < header
              ? Malformation.IPV4_HEADER_LENGTH
              : Malformation.IPV4_TRUNCATED);
    }
    if (header > Ipv4View.MINIMUM_LENGTH && !optionsAreWhole(walk, header)) {
      walk.flag(Malformation.IPV4_OPTION_LENGTH);
    }
    long ip = walk.offset;
    walk.offset += header;
    walk.payloadStartsHere();
    return ipv4Fragment(walk, ip);
  }

  private static void beginIpv4(Walk walk) {
    walk.beginIp(4);
    Packet p = walk.packet;
    p.sourceHigh = 0;
    p.sourceLow = Ipv4View.source(walk.segment, walk.offset);
    p.destinationHigh = 0;
    p.destinationLow = Ipv4View.destination(walk.segment, walk.offset);
    p.ttl = Ipv4View.ttl(walk.segment, walk.offset);
    p.protocol = Ipv4View.protocol(walk.segment, walk.offset);
  }

  private static Step ipv4Fragment(Walk walk, long ip) {
    Packet p = walk.packet;
    int field = Ipv4View.fragmentField(walk.segment, ip);
    Step next = carried(p);
    if (!Ipv4View.isFragment(field)) {
      return next;
    }
    return fragment(
        walk,
        next,
        Ipv4View.identification(walk.segment, ip),
        Ipv4View.fragmentOffset(field),
        Ipv4View.moreFragments(field));
  }

  private static Step carried(Packet p) {
    Step next = Step.ofIpProtocol(p.protocol);
    // The numbers of extension headers mean something in IPv6 alone.
    return next == Step.IPV6_EXTENSION && p.ipVersion != 6 ? Step.DONE : next;
  }

  private static Step fragment(Walk walk, Step next, long id, int offset, boolean more) {
    Packet p = walk.packet;
    p.layerSet |= Layer.FRAGMENT.bit();
    p.fragment = true;
    p.firstFragment = offset == 0;
    p.fragmentId = id;
    p.fragmentOffset = offset;
    p.moreFragments = more;
    walk.insideFragment = true;
    if (offset + p.wirePayloadLength > LARGEST_PACKET) {
      walk.flag(Malformation.FRAGMENT_RANGE);
    }
    return offset == 0 ? next : Step.DONE;
  }

  private static boolean optionsAreWhole(Walk walk, int header) {
    long at = walk.offset + Ipv4View.MINIMUM_LENGTH;
    long end = walk.offset + header;
    while (at < end) {
      int kind = Bytes.u8(walk.segment, at);
      if (kind == 0) {
        return true;
      }
      if (kind == 1) {
        at++;
        continue;
      }
      int length = end - at < 2 ? 0 : Bytes.u8(walk.segment, at + 1);
      if (length < 2 || length > end - at) {
        return false;
      }
      at += length;
    }
    return true;
  }

  Step ipv6(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.IPV6_TRUNCATED);
    }
    if (!walk.enter(Layer.IPV6)) {
      return Step.DONE;
    }
    if (Ipv6View.version(walk.segment, walk.offset) != 6) {
      return walk.stop(Malformation.IPV6_VERSION);
    }
    if (walk.available() < Ipv6View.LENGTH) {
      return walk.stop(Malformation.IPV6_TRUNCATED);
    }
    beginIpv6(walk);
    int length = Ipv6View.payloadLength(walk.segment, walk.offset);
    walk.offset += Ipv6View.LENGTH;
    // 0 is a jumbogram or left by a sender whose card segments, unless nothing follows at all.
    boolean empty = length == 0 && walk.packet.protocol == IpProtocol.NO_NEXT_HEADER;
    if ((length != 0 || empty) && !walk.limit(walk.offset, length)) {
      walk.flag(Malformation.IPV6_PAYLOAD_LENGTH);
    }
    walk.payloadStartsHere();
    return Step.ofIpProtocol(walk.packet.protocol);
  }

  private static void beginIpv6(Walk walk) {
    walk.beginIp(6);
    Packet p = walk.packet;
    p.sourceHigh = Ipv6View.sourceHigh(walk.segment, walk.offset);
    p.sourceLow = Ipv6View.sourceLow(walk.segment, walk.offset);
    p.destinationHigh = Ipv6View.destinationHigh(walk.segment, walk.offset);
    p.destinationLow = Ipv6View.destinationLow(walk.segment, walk.offset);
    p.ttl = Ipv6View.hopLimit(walk.segment, walk.offset);
    p.protocol = Ipv6View.nextHeader(walk.segment, walk.offset);
  }

  Step ipv6Extension(Walk walk) {
    Packet p = walk.packet;
    int kind = p.protocol;
    if (walk.extensions == MAX_EXTENSIONS) {
      return walk.stop(Malformation.IPV6_EXTENSION_LIMIT);
    }
    if (!extension.kind(kind).wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.IPV6_EXTENSION_TRUNCATED);
    }
    if (!walk.enter(Layer.IPV6_EXT)) {
      return Step.DONE;
    }
    if (kind == IpProtocol.HOP_BY_HOP && walk.extensions > 0) {
      walk.flag(Malformation.IPV6_EXTENSION_ORDER);
    }
    walk.extensions++;
    if (kind == IpProtocol.HOP_BY_HOP || kind == IpProtocol.DESTINATION_OPTIONS) {
      options(walk, kind);
    } else if (kind == IpProtocol.ROUTING && extension.routingType() == 0) {
      walk.flag(Malformation.IPV6_ROUTING_TYPE_0);
    }
    walk.offset += extension.headerLength();
    p.protocol = extension.nextHeader();
    walk.payloadStartsHere();
    Step next = Step.ofIpProtocol(p.protocol);
    // RFC 6946: a fragment header on a whole packet (no offset, none to come) fragments nothing.
    if (kind == IpProtocol.FRAGMENT
        && (extension.fragmentOffset() != 0 || extension.moreFragments())) {
      return fragment(
          walk,
          next,
          extension.identification(),
          extension.fragmentOffset(),
          extension.moreFragments());
    }
    return next;
  }

  /** The authentication header hides nothing: what it protects is read behind it. */
  Step ah(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.AH_HEADER);
    }
    if (!walk.enter(Layer.AH)) {
      return Step.DONE;
    }
    if (!ah.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.AH_HEADER);
    }
    Packet p = walk.packet;
    p.protocol = ah.nextHeader();
    walk.offset += ah.headerLength();
    walk.payloadStartsHere();
    return carried(p);
  }

  Step esp(Walk walk) {
    if (walk.available() < EspView.LENGTH) {
      return walk.stop(Malformation.ESP_TRUNCATED);
    }
    walk.enter(Layer.ESP);
    return Step.DONE;
  }

  private void options(Walk walk, int kind) {
    long jumbo = extension.jumboLength();
    if (jumbo == Ipv6ExtensionView.TOO_MANY_OPTIONS) {
      walk.flag(Malformation.IPV6_OPTION_LIMIT);
    } else if (jumbo == Ipv6ExtensionView.BROKEN_OPTION) {
      walk.flag(Malformation.IPV6_OPTION_LENGTH);
    } else if (jumbo > 0 && kind == IpProtocol.HOP_BY_HOP) {
      long ip = walk.packet.networkOffset;
      boolean right = jumbo > LARGEST_PACKET && Ipv6View.payloadLength(walk.segment, ip) == 0;
      if (!right || !walk.limit(ip + Ipv6View.LENGTH, jumbo)) {
        walk.flag(Malformation.IPV6_JUMBO_LENGTH);
      }
    }
  }
}
