package tapwarden.inspect.protocol.ssh;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One SSH connection. Each direction is read until it says NEWKEYS, behind which all is encrypted;
 * when both have, or at the end, one event tells of both sides and how far they came.
 */
final class SshReader implements StreamReader {
  private final SshProtocol protocol;
  final SshSide client;
  final SshSide server;
  private boolean told;

  SshReader(SshProtocol protocol) {
    this.protocol = protocol;
    client = new SshSide(protocol, this, true);
    server = new SshSide(protocol, this, false);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    SshSide side = toServer ? client : server;
    if (side.isOver()) {
      return false;
    }
    side.data(report, segment, offset, length);
    if (side.isViolated()) {
      (toServer ? server : client).lose();
    }
    tellIfOver(report);
    return !side.isOver();
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? client : server).lose();
    tellIfOver(report);
    return false;
  }

  @Override
  public void close(Report report) {
    if (!told && (client.isKnownInPart() || server.isKnownInPart())) {
      tell(report);
    }
    client.lose();
    server.lose();
    client.releaseOffer();
    server.releaseOffer();
  }

  /** Whether both sides went over to the new keys. */
  boolean isEncrypted() {
    return client.hasNewKeys() && server.hasNewKeys();
  }

  /** One side has only the first version: then that one is spoken, or none. */
  boolean isFirstVersion() {
    return client.isFirstVersion() || server.isFirstVersion();
  }

  private void tellIfOver(Report report) {
    boolean over = client.isOver() && server.isOver();
    if (!told && over && (client.isKnownInPart() || server.isKnownInPart())) {
      tell(report);
    }
  }

  private void tell(Report report) {
    told = true;
    if (report.wants(SshEve.EVENT)) {
      SshEve.write(report, this, protocol.hassh);
    }
    client.releaseOffer();
    server.releaseOffer();
  }
}
