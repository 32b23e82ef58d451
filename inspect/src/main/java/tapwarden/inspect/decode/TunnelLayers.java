package tapwarden.inspect.decode;

import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.ErspanView;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.GreView;
import tapwarden.inspect.wire.NshView;
import tapwarden.inspect.wire.PppView;
import tapwarden.inspect.wire.PppoeView;

/** Reads the tunnels that announce themselves: GRE with all that runs in it, PPPoE and PPP. */
final class TunnelLayers {
  private static final int L2TP_SESSION_LENGTH = 4;
  private static final int WCCP_REDIRECT_LENGTH = 4;
  private static final int PPPOE_VERSION_AND_TYPE = 1;

  private final GreView gre = new GreView();
  private final ErspanView erspan = new ErspanView();
  private final NshView nsh = new NshView();
  private final PppoeView pppoe = new PppoeView();
  private final PppView ppp = new PppView();

  Step gre(Walk walk) {
    if (walk.available() < GreView.MINIMUM_LENGTH) {
      return walk.stop(Malformation.GRE_HEADER);
    }
    if (!walk.enter(Layer.GRE)) {
      return Step.DONE;
    }
    if (!gre.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.GRE_HEADER);
    }
    walk.offset += gre.headerLength();
    if (gre.version() == 1) {
      walk.passTunnel(Layer.GRE, gre.callId(), false);
      // A segment without a sequence number only acknowledges.
      return gre.protocolType() == EtherType.PPP && gre.hasSequence() ? Step.PPP : Step.DONE;
    }
    if (gre.isNvgre()) {
      walk.packet.layerSet |= Layer.NVGRE.bit();
      walk.passTunnel(Layer.NVGRE, gre.virtualSubnetId(), false);
    } else {
      walk.passTunnel(Layer.GRE, gre.key(), false);
    }
    return greProtocol(walk, gre.protocolType());
  }

  private Step greProtocol(Walk walk, int type) {
    return switch (type) {
      // Type I has no header of its own, and alone among them comes without a sequence number.
      case EtherType.ERSPAN -> gre.hasSequence() ? Step.ERSPAN : Step.ERSPAN_I;
      case EtherType.ERSPAN_III -> Step.ERSPAN;
      case EtherType.RAW_FRAME_RELAY -> Step.FRAME_RELAY;
      case EtherType.WCCP -> wccp(walk);
      default -> Step.ofEtherType(type);
    };
  }

  /** WCCP version 2 puts a redirect header before the packet, version 1 nothing. */
  private static Step wccp(Walk walk) {
    if (walk.available() > 0 && Bytes.u8(walk.segment, walk.offset) >>> 4 != 4) {
      walk.offset += WCCP_REDIRECT_LENGTH;
    }
    return Step.IPV4;
  }

  Step erspanTypeOne(Walk walk) {
    if (!walk.enter(Layer.ERSPAN)) {
      return Step.DONE;
    }
    walk.refineTunnel(Layer.ERSPAN, 0);
    return Step.ETHERNET;
  }

  Step erspan(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.ERSPAN_HEADER);
    }
    if (!walk.enter(Layer.ERSPAN)) {
      return Step.DONE;
    }
    if (!erspan.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.ERSPAN_HEADER);
    }
    walk.refineTunnel(Layer.ERSPAN, erspan.sessionId());
    walk.offset += erspan.headerLength();
    // The mirroring switch says when it cut the frame: the inner lengths are then no lies.
    walk.insideFragment |= erspan.isTruncated();
    return erspan.payloadType() == ErspanView.FRAME_TYPE_IP ? Step.IP_BY_VERSION : Step.ETHERNET;
  }

  /** Steers the packet that it carries; the tunnel, if there is one, is what carries NSH. */
  Step nsh(Walk walk) {
    if (walk.available() < 1) {
      return walk.stop(Malformation.NSH_HEADER);
    }
    if (!walk.enter(Layer.NSH)) {
      return Step.DONE;
    }
    if (!nsh.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.NSH_HEADER);
    }
    walk.offset += nsh.headerLength();
    return switch (nsh.payloadType()) {
      case NshView.IPV4 -> Step.IPV4;
      case NshView.IPV6 -> Step.IPV6;
      case NshView.ETHERNET -> Step.ETHERNET;
      case NshView.NSH -> Step.NSH;
      case NshView.MPLS -> Step.MPLS;
      default -> Step.DONE;
    };
  }

  /** L2TP version 3 on IP: what a session carries and how long its cookie is, no packet says. */
  Step l2tpOverIp(Walk walk) {
    if (walk.available() < L2TP_SESSION_LENGTH) {
      return Step.DONE;
    }
    walk.enter(Layer.L2TP);
    return Step.DONE;
  }

  Step pppoeSession(Walk walk) {
    if (!pppoe(walk, Layer.PPPOES)) {
      return Step.DONE;
    }
    if (pppoe.code() != PppoeView.SESSION_DATA) {
      return walk.stop(Malformation.PPPOE_HEADER);
    }
    walk.passTunnel(Layer.PPPOES, pppoe.sessionId(), true);
    return Step.PPP;
  }

  Step pppoeDiscovery(Walk walk) {
    pppoe(walk, Layer.PPPOED);
    return Step.DONE;
  }

  private boolean pppoe(Walk walk, Layer layer) {
    if (!pppoe.wrap(walk.segment, walk.offset, walk.end)) {
      walk.flag(Malformation.PPPOE_HEADER);
      return false;
    }
    if (!walk.enter(layer)) {
      return false;
    }
    if (pppoe.version() != PPPOE_VERSION_AND_TYPE || pppoe.type() != PPPOE_VERSION_AND_TYPE) {
      walk.flag(Malformation.PPPOE_HEADER);
      return false;
    }
    walk.offset += pppoe.headerLength();
    if (!walk.limit(walk.offset, pppoe.payloadLength())) {
      walk.flag(Malformation.PPPOE_HEADER);
    }
    return true;
  }

  Step ppp(Walk walk) {
    if (!ppp.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.PPP_TRUNCATED);
    }
    if (!walk.enter(Layer.PPP)) {
      return Step.DONE;
    }
    walk.offset += ppp.headerLength();
    return switch (ppp.protocol()) {
      case PppView.IPV4 -> Step.IPV4;
      case PppView.IPV6 -> Step.IPV6;
      case PppView.MPLS_UNICAST, PppView.MPLS_MULTICAST -> Step.MPLS;
      default -> Step.DONE;
    };
  }
}
