package tapwarden.inspect.decode;

import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.CapwapView;
import tapwarden.inspect.wire.EspView;
import tapwarden.inspect.wire.GeneveView;
import tapwarden.inspect.wire.GreView;
import tapwarden.inspect.wire.GtpuView;
import tapwarden.inspect.wire.Ipv6View;
import tapwarden.inspect.wire.L2tpView;
import tapwarden.inspect.wire.MplsView;
import tapwarden.inspect.wire.PppView;
import tapwarden.inspect.wire.TeredoView;
import tapwarden.inspect.wire.TzspView;
import tapwarden.inspect.wire.UdpPorts;
import tapwarden.inspect.wire.VxlanGpeView;
import tapwarden.inspect.wire.VxlanView;

/**
 * Reads the tunnels that only a UDP port announces. Any program may use such a port for something
 * else, so the content must look like the tunnel; where it does not, the datagram is plain payload
 * and nothing is wrong with it.
 */
final class UdpTunnels {
  private static final int GTP_2_LENGTH_FROM = 4;
  private static final int L2TP_RESERVED = 0x34F0;
  private static final int L2TP_CONTROL = 0x8000;
  private static final int L2TP_3_CONTROL = 0xC803;
  private static final int L2TP_3_DATA = 0x0003;
  private static final int L2TP_3_LENGTH = 8;
  private static final int CAPWAP_RESERVED = 0x07;
  private static final int GRE_RESERVED = 0x4FFF;
  private static final int LAST_RESERVED_SPI = 255;
  private static final int VXLAN_I = 0x08;
  private static final int VXLAN_I_AND_GROUP_POLICY = 0x88;

  private final VxlanView vxlan = new VxlanView();
  private final VxlanGpeView vxlanGpe = new VxlanGpeView();
  private final GeneveView geneve = new GeneveView();
  private final GtpuView gtp = new GtpuView();
  private final TeredoView teredo = new TeredoView();
  private final L2tpView l2tp = new L2tpView();
  private final PppView ppp = new PppView();
  private final CapwapView capwap = new CapwapView();
  private final TzspView tzsp = new TzspView();

  /** The payload starts here; the destination port names the service, else the source port. */
  Step byPort(Walk walk) {
    Packet p = walk.packet;
    int port = UdpPorts.isTunnel(p.destinationPort) ? p.destinationPort : p.sourcePort;
    return switch (port) {
      case UdpPorts.VXLAN, UdpPorts.VXLAN_LINUX -> vxlan(walk);
      case UdpPorts.VXLAN_GPE -> vxlanGpe(walk);
      case UdpPorts.GENEVE -> geneve(walk);
      case UdpPorts.GTP_USER -> gtp(walk, true);
      case UdpPorts.GTP_CONTROL -> gtpControl(walk);
      case UdpPorts.TEREDO -> teredo(walk);
      case UdpPorts.L2TP -> l2tp(walk);
      case UdpPorts.CAPWAP_DATA -> capwap(walk);
      case UdpPorts.TZSP -> tzsp(walk);
      case UdpPorts.ESP -> esp(walk);
      case UdpPorts.GRE -> gre(walk);
      case UdpPorts.MPLS -> mpls(walk);
      default -> Step.DONE;
    };
  }

  private Step vxlan(Walk walk) {
    if (!vxlan.wrap(walk.segment, walk.offset, walk.end) || !looksLikeVxlan(walk)) {
      return Step.DONE;
    }
    if (!walk.enter(Layer.VXLAN)) {
      return Step.DONE;
    }
    walk.offset += vxlan.headerLength();
    walk.passTunnel(Layer.VXLAN, vxlan.vni(), false);
    return Step.ETHERNET;
  }

  /**
   * The I flag, and all reserved bits zero, as RFC 7348 has them sent. Receivers must ignore those
   * bits, so a sender that sets them is believed if an Ethernet frame can be recognised inside.
   */
  private boolean looksLikeVxlan(Walk walk) {
    int flags = vxlan.flags();
    boolean asSent =
        (flags == VXLAN_I || flags == VXLAN_I_AND_GROUP_POLICY)
            && Bytes.u24(walk.segment, walk.offset + 1) == 0
            && Bytes.u8(walk.segment, walk.offset + VxlanView.LENGTH - 1) == 0;
    return vxlan.hasVni()
        && (asSent || LinkLayers.looksLikeEthernet(walk, walk.offset + VxlanView.LENGTH));
  }

  /**
   * Without a next protocol it is plain VXLAN on the other port. Senders that name one and forget
   * the P flag are understood, as plain VXLAN has zero there.
   */
  private Step vxlanGpe(Walk walk) {
    boolean good =
        vxlanGpe.wrap(walk.segment, walk.offset, walk.end)
            && vxlanGpe.version() == 0
            && vxlanGpe.hasVni()
            && Bytes.u16(walk.segment, walk.offset + 1) == 0;
    if (!good) {
      return Step.DONE;
    }
    int protocol = vxlanGpe.nextProtocol();
    Layer layer = vxlanGpe.hasNextProtocol() || protocol != 0 ? Layer.VXLAN_GPE : Layer.VXLAN;
    Step next = layer == Layer.VXLAN ? Step.ETHERNET : gpeProtocol(protocol);
    if (next == Step.DONE || !walk.enter(layer)) {
      return Step.DONE;
    }
    walk.offset += vxlanGpe.headerLength();
    walk.passTunnel(layer, vxlanGpe.vni(), false);
    return next;
  }

  private static Step gpeProtocol(int protocol) {
    return switch (protocol) {
      case VxlanGpeView.IPV4 -> Step.IPV4;
      case VxlanGpeView.IPV6 -> Step.IPV6;
      case VxlanGpeView.ETHERNET -> Step.ETHERNET;
      case VxlanGpeView.NSH -> Step.NSH;
      case VxlanGpeView.MPLS -> Step.MPLS;
      default -> Step.DONE;
    };
  }

  private Step geneve(Walk walk) {
    // The six reserved flag bits and the last byte are sent as zero.
    boolean good =
        geneve.wrap(walk.segment, walk.offset, walk.end)
            && (Bytes.u8(walk.segment, walk.offset + 1) & 0x3F) == 0
            && Bytes.u8(walk.segment, walk.offset + 7) == 0;
    Step next = good ? Step.ofEtherType(geneve.payloadType()) : Step.DONE;
    if (next == Step.DONE || !walk.enter(Layer.GENEVE)) {
      return Step.DONE;
    }
    walk.offset += geneve.headerLength();
    walk.passTunnel(Layer.GENEVE, geneve.vni(), false);
    return next;
  }

  /** Version 2 of the control plane (TS 29.274 section 5.1) counts its length from byte 4. */
  private Step gtpControl(Walk walk) {
    if (walk.available() < GtpuView.MINIMUM_LENGTH
        || Bytes.u8(walk.segment, walk.offset) >>> 5 != 2) {
      return gtp(walk, false);
    }
    int length = Bytes.u16(walk.segment, walk.offset + 2);
    if (walk.limit(walk.offset + GTP_2_LENGTH_FROM, length)) {
      walk.enter(Layer.GTP);
    }
    return Step.DONE;
  }

  /** Version 1: a subscriber's packet, or a message that carries none. */
  private Step gtp(Walk walk, boolean userPlane) {
    if (!gtp.wrap(walk.segment, walk.offset, walk.end)
        || !walk.limit(walk.offset + GtpuView.MINIMUM_LENGTH, gtp.length())) {
      return Step.DONE;
    }
    if (!walk.enter(Layer.GTP)) {
      return Step.DONE;
    }
    walk.offset += gtp.headerLength();
    if (!userPlane || !gtp.isTpdu()) {
      return Step.DONE;
    }
    walk.passTunnel(Layer.GTP, gtp.teid(), true);
    return subscriberPacket(walk);
  }

  /** TS 29.281 does not say what a T-PDU is: an IP packet, or a frame of an Ethernet session. */
  private static Step subscriberPacket(Walk walk) {
    if (walk.available() < 1) {
      return Step.DONE;
    }
    return switch (Bytes.u8(walk.segment, walk.offset) >>> 4) {
      case 4 -> Step.IPV4;
      case 6 -> Step.IPV6;
      default -> LinkLayers.looksLikeEthernet(walk, walk.offset) ? Step.ETHERNET : Step.DONE;
    };
  }

  /** RFC 4380: an IPv6 packet, of just the length that is left, behind optional indications. */
  private Step teredo(Walk walk) {
    if (!teredo.wrap(walk.segment, walk.offset, walk.end)) {
      return Step.DONE;
    }
    long ip = walk.offset + teredo.headerLength();
    boolean fits =
        walk.end - ip >= Ipv6View.LENGTH
            && ip + Ipv6View.LENGTH + Ipv6View.payloadLength(walk.segment, ip) <= walk.claimedEnd;
    if (!fits || !walk.enter(Layer.TEREDO)) {
      return Step.DONE;
    }
    walk.offset = ip;
    walk.passTunnel(Layer.TEREDO, 0, false);
    return Step.IPV6;
  }

  /** Version 2 carries PPP; what a session of version 3 carries, no packet says. */
  private Step l2tp(Walk walk) {
    if (L2tpView.version(walk.segment, walk.offset, walk.end) == 3) {
      return l2tpVersion3(walk);
    }
    boolean good =
        l2tp.wrap(walk.segment, walk.offset, walk.end)
            && (l2tp.flags() & L2TP_RESERVED) == 0
            && (l2tp.isControl() ? l2tp.hasLength() && l2tp.hasSequence() : carriesPpp(walk))
            && (!l2tp.hasLength() || walk.limit(walk.offset, l2tp.length()));
    if (!good || !walk.enter(Layer.L2TP)) {
      return Step.DONE;
    }
    walk.offset += l2tp.headerLength();
    if (l2tp.isControl()) {
      return Step.DONE;
    }
    walk.passTunnel(Layer.L2TP, (long) l2tp.tunnelId() << 16 | l2tp.sessionId(), true);
    return Step.PPP;
  }

  /** RFC 3931 section 4.1.2: a control message with its length, or data behind 16 zero bits. */
  private static Step l2tpVersion3(Walk walk) {
    if (walk.available() < L2TP_3_LENGTH) {
      return Step.DONE;
    }
    int flags = Bytes.u16(walk.segment, walk.offset);
    int second = Bytes.u16(walk.segment, walk.offset + 2);
    boolean good =
        (flags & L2TP_CONTROL) != 0
            ? flags == L2TP_3_CONTROL && walk.offset + second == walk.claimedEnd
            : flags == L2TP_3_DATA && second == 0;
    if (good) {
      walk.enter(Layer.L2TP);
    }
    return Step.DONE;
  }

  private boolean carriesPpp(Walk walk) {
    return ppp.wrap(walk.segment, walk.offset + l2tp.headerLength(), walk.end)
        && (ppp.hasAddressAndControl() || PppView.isCommon(ppp.protocol()));
  }

  /** RFC 5415: frames of wireless stations, as such or turned into Ethernet. */
  private Step capwap(Walk walk) {
    if (!capwap.wrap(walk.segment, walk.offset, walk.end) || !looksLikeCapwap(walk)) {
      return Step.DONE;
    }
    if (!walk.enter(Layer.CAPWAP)) {
      return Step.DONE;
    }
    walk.offset += capwap.headerLength();
    if (capwap.isDtls()
        || capwap.isKeepAlive()
        || (capwap.isFragment() && capwap.fragmentOffset() > 0)) {
      return Step.DONE;
    }
    walk.insideFragment |= capwap.isFragment();
    walk.passTunnel(Layer.CAPWAP, 0, true);
    return capwap.isNative() ? Step.WLAN : Step.ETHERNET;
  }

  /** The reserved bits are zero, and a header without DTLS belongs to IEEE 802.11. */
  private boolean looksLikeCapwap(Walk walk) {
    int reserved =
        capwap.isDtls()
            ? Bytes.u24(walk.segment, walk.offset + 1)
            : Bytes.u8(walk.segment, walk.offset + 3) & CAPWAP_RESERVED;
    return reserved == 0 && (capwap.isDtls() || capwap.binding() == CapwapView.BINDING_IEEE802_11);
  }

  private Step tzsp(Walk walk) {
    if (!tzsp.wrap(walk.segment, walk.offset, walk.end) || !tzsp.carriesFrame()) {
      return Step.DONE;
    }
    Step next =
        switch (tzsp.payloadType()) {
          case TzspView.ETHERNET -> Step.ETHERNET;
          case TzspView.IEEE802_11 -> Step.WLAN;
          default -> Step.DONE;
        };
    if (next == Step.DONE || !walk.enter(Layer.TZSP)) {
      return Step.DONE;
    }
    walk.offset += tzsp.headerLength();
    walk.passTunnel(Layer.TZSP, 0, false);
    return next;
  }

  /** RFC 3948: four zero bytes mark key exchange, a single byte keeps the mapping alive. */
  private static Step esp(Walk walk) {
    boolean good =
        walk.available() >= EspView.LENGTH
            && Bytes.u32(walk.segment, walk.offset) > LAST_RESERVED_SPI;
    return good ? Step.ESP : Step.DONE;
  }

  /** RFC 8086, as far as its header is of version 0 and announces what the decoder reads. */
  private static Step gre(Walk walk) {
    boolean good =
        walk.available() >= GreView.MINIMUM_LENGTH
            && (Bytes.u16(walk.segment, walk.offset) & GRE_RESERVED) == 0
            && Step.ofEtherType(Bytes.u16(walk.segment, walk.offset + 2)) != Step.DONE;
    return good ? Step.GRE : Step.DONE;
  }

  /** RFC 7510: the label stack ends soon, and an IP header follows. */
  private static Step mpls(Walk walk) {
    long at = walk.offset;
    for (int labels = 0; labels < Packet.MAX_LAYERS; labels++) {
      if (walk.end - at <= MplsView.LENGTH) {
        return Step.DONE;
      }
      boolean last = MplsView.isBottom(walk.segment, at);
      at += MplsView.LENGTH;
      if (last) {
        int version = Bytes.u8(walk.segment, at) >>> 4;
        return version == 4 || version == 6 ? Step.MPLS : Step.DONE;
      }
    }
    return Step.DONE;
  }
}
