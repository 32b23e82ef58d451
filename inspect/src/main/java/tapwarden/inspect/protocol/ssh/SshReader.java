package tapwarden.inspect.protocol.ssh;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One SSH connection. Each direction is read until it says NEWKEYS, behind which all is encrypted;
 * an event tells of both sides as soon as both are known, and another one at the end how the
 * session went.
 */
final class SshReader implements StreamReader {
  private final SshProtocol protocol;
  final SshSide client;
  final SshSide server;
  private boolean told;

  /** How the flow stood when the second side said NEWKEYS. */
  private @Nullable FlowSnapshot encryptedFrom;

  SshReader(SshProtocol protocol) {
    this.protocol = protocol;
    client = new SshSide(protocol, true);
    server = new SshSide(protocol, false);
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
    if (isFirstVersion()) {
      client.readFirstVersion();
      server.readFirstVersion();
    }
    if (encryptedFrom == null && client.hasNewKeys() && server.hasNewKeys()) {
      encryptedFrom = report.flow();
    }
    tellIfKnown(report);
    return !side.isOver();
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? client : server).lose();
    tellIfKnown(report);
    return false;
  }

  @Override
  public void close(Report report) {
    if (!told && (client.isKnownInPart() || server.isKnownInPart())) {
      tell(report);
    }
    if (told && report.wants(SshEve.SESSION_EVENT)) {
      SshEve.writeSession(report, report.flow(), encryptedFrom);
    }
    client.lose();
    server.lose();
    client.releaseOffer();
    server.releaseOffer();
  }

  /** One side has only the first version: then that one is spoken, or none. */
  private boolean isFirstVersion() {
    return client.isFirstVersion() || server.isFirstVersion();
  }

  private void tellIfKnown(Report report) {
    boolean known =
        isFirstVersion()
            ? client.hasBanner() && server.hasBanner()
            : client.isSettled() && server.isSettled();
    if (!told && known && (client.isKnownInPart() || server.isKnownInPart())) {
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
