package tapwarden.inspect.explain;

import tapwarden.inspect.wire.CiscoHdlcView;
import tapwarden.inspect.wire.FrameRelayView;
import tapwarden.inspect.wire.PppView;
import tapwarden.inspect.wire.PppoeView;
import tapwarden.inspect.wire.TlvCursor;

/** Explains serial links and PPP with what carries it: PPPoE, Cisco HDLC, frame relay. */
final class SerialExplainer {
  private final PppView ppp = new PppView();
  private final PppoeView pppoe = new PppoeView();
  private final CiscoHdlcView ciscoHdlc = new CiscoHdlcView();
  private final FrameRelayView frameRelay = new FrameRelayView();

  int ppp(LayerScope at, Fields out) {
    if (!ppp.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    if (ppp.hasAddressAndControl()) {
      out.add("Address and control", "ff 03", "all stations, unnumbered information");
    }
    out.hex("Protocol", ppp.protocol(), 4, TunnelNames.pppProtocol(ppp.protocol()));
    return ppp.headerLength();
  }

  int pppoe(LayerScope at, Fields out) {
    if (!pppoe.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Version", pppoe.version())
        .number("Type", pppoe.type())
        .hex("Code", pppoe.code(), 2, TunnelNames.pppoeCode(pppoe.code()))
        .hex("Session id", pppoe.sessionId(), 4)
        .count("Payload length", pppoe.payloadLength(), "bytes");
    return pppoe.code() == PppoeView.SESSION_DATA ? pppoe.headerLength() : pppoeTags(at, out);
  }

  private int pppoeTags(LayerScope at, Fields out) {
    TlvCursor tags = pppoe.tags();
    while (tags.next()) {
      out.add(
          TunnelNames.pppoeTag(tags.type()),
          TunnelNames.isPppoeText(tags.type())
              ? WireText.quoted(at.segment(), tags.valueOffset(), tags.valueLength())
              : WireText.hex(at.segment(), tags.valueOffset(), tags.valueLength()));
    }
    return (int) (tags.position() - at.offset());
  }

  int ciscoHdlc(LayerScope at, Fields out) {
    if (!ciscoHdlc.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int type = ciscoHdlc.payloadType();
    out.hex(
            "Address",
            ciscoHdlc.address(),
            2,
            ciscoHdlc.address() == CiscoHdlcView.ADDRESS_MULTICAST ? "multicast" : "unicast")
        .hex("Control", ciscoHdlc.control(), 2)
        .hex(
            "Protocol",
            type,
            4,
            type == CiscoHdlcView.SLARP ? "SLARP (keep-alive)" : LinkNames.etherType(type));
    return ciscoHdlc.headerLength();
  }

  int frameRelay(LayerScope at, Fields out) {
    if (!frameRelay.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("DLCI", frameRelay.dlci(), frameRelay.addressLength() + "-byte address")
        .flag("Forward congestion", frameRelay.isForwardCongested(), "on the way to the receiver")
        .flag("Backward congestion", frameRelay.isBackwardCongested(), "on the way to the sender")
        .flag("Discard eligible", frameRelay.isDiscardEligible(), "may be dropped first");
    if (frameRelay.nlpid() >= 0) {
      out.hex("Network layer protocol", frameRelay.nlpid(), 2, nlpid(frameRelay.nlpid()));
    }
    if (frameRelay.payloadType() != FrameRelayView.NO_ETHER_TYPE) {
      int type = frameRelay.payloadType();
      out.hex("Type", type, 4, LinkNames.etherType(type));
    }
    return frameRelay.headerLength();
  }

  private static String nlpid(int nlpid) {
    return switch (nlpid) {
      case FrameRelayView.NLPID_Q933 -> "Q.933 signalling";
      case 0x09 -> "local management interface";
      case FrameRelayView.NLPID_SNAP -> "SNAP";
      case FrameRelayView.NLPID_CLNP -> "CLNP";
      case 0x82 -> "ES-IS";
      case 0x83 -> "IS-IS";
      case FrameRelayView.NLPID_IPV6 -> "IPv6";
      case 0xB1 -> "FRF.12 fragment";
      case FrameRelayView.NLPID_IPV4 -> "IPv4";
      case FrameRelayView.NLPID_PPP -> "PPP";
      default -> "";
    };
  }
}
