package tapwarden.inspect.decode;

import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.GreView;
import tapwarden.inspect.wire.PppView;
import tapwarden.inspect.wire.PppoeView;

/** Reads the tunnels that announce themselves: GRE with all that runs in it, PPPoE and PPP. */
final class TunnelLayers {
  private static final int WCCP_REDIRECT_LENGTH = 4;
  private static final int PPPOE_VERSION_AND_TYPE = 1;

  private final GreView gre = new GreView();
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
