package tapwarden.inspect.decode;

import tapwarden.inspect.wire.Dot11View;
import tapwarden.inspect.wire.RadiotapView;

/** Reads radiotap and IEEE 802.11 down to the LLC header of unencrypted data frames. */
final class WirelessLayers {
  private static final int FCS_LENGTH = 4;

  private final RadiotapView radiotap = new RadiotapView();
  private final Dot11View dot11 = new Dot11View();

  /** Whether the radiotap header said that the 802.11 header is padded to four bytes. */
  private boolean padded;

  void start() {
    padded = false;
  }

  Step radiotap(Walk walk) {
    if (!radiotap.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_HEADER);
    }
    if (!walk.enter(Layer.RADIOTAP)) {
      return Step.DONE;
    }
    walk.offset += radiotap.headerLength();
    padded = radiotap.hasDataPad();
    if (radiotap.hasFcs()) {
      walk.limit(walk.offset, Math.max(0, walk.claimedEnd - FCS_LENGTH - walk.offset));
    }
    return radiotap.isBadFcs() ? Step.DONE : Step.WLAN;
  }

  Step wlan(Walk walk) {
    boolean swapped =
        walk.packet.has(Layer.CAPWAP)
            && Dot11View.looksSwapped(walk.segment, walk.offset, walk.end);
    if (walk.available() < 1) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.WLAN)) {
      return Step.DONE;
    }
    if (!dot11.wrap(walk.segment, walk.offset, walk.end, swapped)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.sawLink) {
      walk.sawLink = true;
      addresses(walk.packet);
    }
    if (!dot11.carriesLlc()) {
      return Step.DONE;
    }
    int header = dot11.headerLength();
    walk.offset += padded ? header + 3 & ~3 : header;
    if (dot11.moreFragments()) {
      walk.insideFragment = true;
    }
    return Step.LLC;
  }

  private void addresses(Packet p) {
    if (dot11.source() == Dot11View.NO_ADDRESS) {
      return;
    }
    p.hasMac = true;
    p.sourceMac = dot11.source();
    p.destinationMac = dot11.destination();
  }
}
