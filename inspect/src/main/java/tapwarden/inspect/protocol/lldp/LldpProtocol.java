package tapwarden.inspect.protocol.lldp;

import tapwarden.inspect.codec.discovery.Announcements;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.FrameProtocol;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.wire.LldpView;
import tapwarden.inspect.wire.TlvCursor;

/** Reads each data unit, and writes an event of those that say something new. */
final class LldpProtocol extends FrameProtocol {
  private final LldpView view = new LldpView();
  private final Announcements announcements = new Announcements();

  LldpProtocol() {
    super(Layer.LLDP);
  }

  @Override
  protected void read(Report report, Packet packet, long offset) {
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
        hash =
            Announcements.hash(
                hash, view.segment(), elements.valueOffset(), elements.valueLength());
      }
    }
    return hash;
  }
}
