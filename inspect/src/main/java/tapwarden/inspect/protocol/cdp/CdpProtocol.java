package tapwarden.inspect.protocol.cdp;

import tapwarden.inspect.codec.discovery.Announcements;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.FrameProtocol;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.wire.CdpView;
import tapwarden.inspect.wire.TlvCursor;

/** Reads each message, and writes an event of those that say something new. */
final class CdpProtocol extends FrameProtocol {
  /** Longest text that is taken of an element, which may be as long as a frame. */
  static final int MOST_TEXT = 1_024;

  private final CdpView view = new CdpView();
  private final Announcements announcements = new Announcements();

  CdpProtocol() {
    super(Layer.CDP);
  }

  @Override
  protected void read(Report report, Packet packet, long offset) {
    if (!view.wrap(packet.segment(), offset, packet.frameEnd())) {
      report.oddity("cdp_version");
      return;
    }
    trait(report, "cdp-device-id", CdpView.DEVICE_ID);
    trait(report, "cdp-platform", CdpView.PLATFORM);
    trait(report, "cdp-version", CdpView.SOFTWARE_VERSION);
    switch (announcements.heard(packet.sourceMac(), content(), packet.timestampNanos())) {
      case TELL -> CdpEve.write(report, view);
      case MORE_CHANGES -> report.oddity("cdp_more_changes");
      case MORE_SENDERS -> report.oddity("cdp_more_senders");
      case KNOWN -> {}
    }
  }

  private void trait(Report report, String trait, int type) {
    int length = CdpEve.textLength(view, type);
    if (length > 0) {
      report.trait(trait, Side.SENDING_DEVICE, view.segment(), view.valueOffset(type), length);
    }
  }

  /** A hash of what is written of it, but for the time to live. */
  private long content() {
    long hash = view.version();
    TlvCursor elements = view.tlvs();
    while (elements.next()) {
      if (CdpEve.isWritten(elements.type())) {
        hash = Announcements.hash(hash, elements.type());
        hash =
            Announcements.hash(
                hash, view.segment(), elements.valueOffset(), elements.valueLength());
      }
    }
    return hash;
  }
}
