package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.CiscoHdlcView;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.FrameRelayView;
import tapwarden.inspect.wire.NflogView;
import tapwarden.inspect.wire.NullLoopView;
import tapwarden.inspect.wire.Sll2View;
import tapwarden.inspect.wire.SllView;

/**
 * Reads the link headers that are not Ethernet's: those that a capturing system puts in its place
 * (Linux cooked, BSD loopback, netfilter log), Cisco HDLC and frame relay.
 */
final class CaptureLinks {
  private final NullLoopView nullLoop = new NullLoopView();
  private final SllView sll = new SllView();
  private final Sll2View sll2 = new Sll2View();
  private final NflogView nflog = new NflogView();
  private final CiscoHdlcView hdlc = new CiscoHdlcView();
  private final FrameRelayView frameRelay = new FrameRelayView();

  Step nullLoop(Walk walk) {
    if (!nullLoop.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.NULL_LOOP)) {
      return Step.DONE;
    }
    walk.offset += nullLoop.headerLength();
    return Step.ofEtherType(nullLoop.payloadType());
  }

  Step sll(Walk walk) {
    MemorySegment segment = walk.segment;
    if (!sll.wrap(segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.LINUX_SLL)) {
      return Step.DONE;
    }
    if (sll.hasMac()) {
      sender(walk, sll.sourceMac());
    }
    walk.offset += sll.headerLength();
    return cooked(walk, sll.arphrd(), sll.payloadType());
  }

  Step sll2(Walk walk) {
    if (!sll2.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.LINUX_SLL2)) {
      return Step.DONE;
    }
    if (sll2.hasMac()) {
      sender(walk, sll2.sourceMac());
    }
    walk.offset += sll2.headerLength();
    return cooked(walk, sll2.arphrd(), sll2.payloadType());
  }

  /** A cooked header names the sender only; the destination stays 0. */
  private static void sender(Walk walk, long mac) {
    Packet p = walk.packet;
    p.hasMac = true;
    p.sourceMac = mac;
    p.destinationMac = 0;
  }

  private static Step cooked(Walk walk, int device, int type) {
    Step next =
        switch (device) {
          case SllView.ARPHRD_IEEE80211 -> Step.WLAN;
          case SllView.ARPHRD_IEEE80211_RADIOTAP -> Step.RADIOTAP;
          default -> type == SllView.LLC ? Step.LLC : Step.ofEtherType(type);
        };
    walk.sawLink = next != Step.VLAN;
    return next;
  }

  Step nflog(Walk walk) {
    if (!nflog.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_HEADER);
    }
    if (!walk.enter(Layer.NFLOG)) {
      return Step.DONE;
    }
    int length = nflog.payloadLength();
    walk.offset += nflog.headerLength();
    if (!walk.limit(walk.offset, length)) {
      walk.flag(Malformation.LINK_HEADER);
    }
    return nflog.family() == NflogView.AF_BRIDGE && nflog.payloadType() < 0
        ? Step.IP_BY_VERSION
        : Step.ofEtherType(nflog.payloadType());
  }

  /** PPP or Cisco HDLC, which share a link type and tell themselves apart by the address byte. */
  Step serial(Walk walk) {
    if (!CiscoHdlcView.isCiscoHdlc(walk.segment, walk.offset, walk.end)) {
      return Step.PPP;
    }
    return hdlc(walk);
  }

  Step hdlc(Walk walk) {
    if (!hdlc.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.C_HDLC)) {
      return Step.DONE;
    }
    walk.offset += hdlc.headerLength();
    if (hdlc.payloadType() == CiscoHdlcView.SLARP) {
      return Step.DONE;
    }
    if (hdlc.payloadType() == EtherType.CDP) {
      walk.enter(Layer.CDP);
      return Step.DONE;
    }
    return Step.ofEtherType(hdlc.payloadType());
  }

  Step frameRelay(Walk walk) {
    if (!frameRelay.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_HEADER);
    }
    if (!walk.enter(Layer.FRAME_RELAY)) {
      return Step.DONE;
    }
    walk.offset += frameRelay.headerLength();
    int type = frameRelay.payloadType();
    return type == EtherType.PPP ? Step.PPP : Step.ofEtherType(type);
  }
}
