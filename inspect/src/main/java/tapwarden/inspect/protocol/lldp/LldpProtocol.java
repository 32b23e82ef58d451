package tapwarden.inspect.protocol.lldp;

import tapwarden.inspect.codec.discovery.Announcements;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.LldpView;
import tapwarden.inspect.wire.TlvCursor;

/** Reads each data unit, and writes an event of those that say something new. */
final class LldpProtocol implements Protocol {
  private final LldpView view = new LldpView();
  private final Announcements announcements = new Announcements();

  @Override
  public Recognition recognise(Opening opening) {
    return Recognition.NO;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return false;
  }

  @Override
  public long frameLayers() {
    return Layer.LLDP.bit();
  }

  @Override
  public void frame(Report report, Packet packet) {
    for (int i = 0; i < packet.layerCount(); i++) {
      if (packet.layer(i) == Layer.LLDP) {
        read(report, packet, packet.layerOffset(i));
        return;
      }
    }
  }

  private void read(Report report, Packet packet, long offset) {
    if (!view.wrap(packet.segment(), offset, packet.frameEnd())) {
      report.oddity("lldp_no_chassis_id");
    }
    if (view.isDamaged()) {
      report.oddity("lldp_element_cut");
    }
    trait(report, "lldp-system-name", LldpView.SYSTEM_NAME);
    trait(report, "lldp-system-description", LldpView.SYSTEM_DESCRIPTION);
    switch (announcements.heard(packet.sourceMac(), content(), packet.timestampNanos())) {
      case TELL -> LldpEve.write(report, view);
      case MORE_CHANGES -> report.oddity("lldp_more_changes");
      case MORE_SENDERS -> report.oddity("lldp_more_senders");
      case KNOWN -> {}
    }
  }

  private void trait(Report report, String trait, int type) {
    int length = LldpEve.textLength(view, type);
    if (length > 0) {
      report.trait(trait, Side.SENDING_DEVICE, view.segment(), view.valueOffset(type), length);
    }
  }

  /** A hash of what is written of it, but for the time to live that only ends it at zero. */
  private long content() {
    long hash = view.timeToLiveSeconds() == 0 ? 1 : 0;
    TlvCursor elements = view.tlvs();
    while (elements.next()) {
      if (LldpEve.isWritten(elements.type())) {
        hash = Announcements.hash(hash, elements.type());
        long at = elements.valueOffset();
        for (long end = at + elements.valueLength(); at < end; at++) {
          hash = Announcements.hash(hash, Bytes.u8(view.segment(), at));
        }
      }
    }
    return hash;
  }
}
