package tapwarden.inspect.decode;

import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.GeneveView;
import tapwarden.inspect.wire.GtpuView;
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
  private static final int VXLAN_I = 0x08;
  private static final int VXLAN_I_AND_GROUP_POLICY = 0x88;

  private final VxlanView vxlan = new VxlanView();
  private final VxlanGpeView vxlanGpe = new VxlanGpeView();
  private final GeneveView geneve = new GeneveView();
  private final GtpuView gtp = new GtpuView();

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

  private Step vxlanGpe(Walk walk) {
    boolean good =
        vxlanGpe.wrap(walk.segment, walk.offset, walk.end)
            && vxlanGpe.version() == 0
            && vxlanGpe.hasVni()
            && Bytes.u16(walk.segment, walk.offset + 1) == 0;
    Step next = good ? gpeProtocol(vxlanGpe.payloadType()) : Step.DONE;
    if (next == Step.DONE || !walk.enter(Layer.VXLAN_GPE)) {
      return Step.DONE;
    }
    walk.offset += vxlanGpe.headerLength();
    walk.passTunnel(Layer.VXLAN_GPE, vxlanGpe.vni(), false);
    return next;
  }

  /** The numbers that VXLAN-GPE and NSH share. */
  static Step gpeProtocol(int protocol) {
    return switch (protocol) {
      case VxlanGpeView.IPV4 -> Step.IPV4;
      case VxlanGpeView.IPV6 -> Step.IPV6;
      case VxlanGpeView.ETHERNET -> Step.ETHERNET;
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
}
