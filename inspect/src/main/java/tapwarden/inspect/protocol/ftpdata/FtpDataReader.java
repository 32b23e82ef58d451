package tapwarden.inspect.protocol.ftpdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.file.FileDigest;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One data connection: digests the file while it passes, and tells of it at the end. Only one
 * direction carries a file.
 */
final class FtpDataReader implements StreamReader {
  private static final int FIN = 0x01;

  /** Most that packets have beside payload: Ethernet with two tags, IPv6 and TCP with options. */
  private static final int MOST_HEADER_BYTES = 22 + 40 + 60;

  private final FtpDataProtocol protocol;
  private final FtpTransfer transfer;
  private @Nullable FileDigest digest;
  private boolean begun;
  private boolean toServer;
  private boolean hasGap;

  FtpDataReader(FtpDataProtocol protocol, FtpTransfer transfer) {
    this.protocol = protocol;
    this.transfer = transfer;
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (!begun && length > 0) {
      begin(report, toServer);
    }
    FileDigest known = digest;
    if (known == null || this.toServer != toServer) {
      return false;
    }
    byte[] copy = protocol.copy;
    for (int done = 0; done < length; ) {
      int some = Math.min(copy.length, length - done);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset + done, copy, 0, some);
      known.update(copy, 0, some);
      done += some;
    }
    return true;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    hasGap |= !begun || this.toServer == toServer;
    return !begun || digest != null;
  }

  @Override
  public void close(Report report) {
    if (report.wants(FtpDataEve.EVENT)) {
      FtpDataEve.write(report, transfer);
    }
    FileDigest known = digest;
    if (known == null) {
      return;
    }
    if (report.wants(FtpDataEve.FILE_EVENT) && !transfer.isListing()) {
      boolean whole = !hasGap && isWhole(report.flow(), toServer, known.size());
      FtpDataEve.writeFile(report, toServer, transfer, known, hasGap, whole);
    }
    digest = null;
    protocol.digests.give(known);
  }

  /**
   * Whether a file that ends with its connection ended: its sender said so, and the flow did not
   * carry more than was read. Streams are read to a depth only.
   */
  static boolean isWhole(FlowSnapshot flow, boolean toServer, long size) {
    int flags = toServer ? flow.tcpFlagsToServer() : flow.tcpFlagsToClient();
    long packets = toServer ? flow.packetsToServer() : flow.packetsToClient();
    long bytes = toServer ? flow.bytesToServer() : flow.bytesToClient();
    return (flags & FIN) != 0 && bytes - size <= packets * MOST_HEADER_BYTES;
  }

  private void begin(Report report, boolean toServer) {
    begun = true;
    this.toServer = toServer;
    if (transfer.isListing() || !report.wants(FtpDataEve.FILE_EVENT)) {
      return;
    }
    digest = protocol.digests.take();
    if (digest == null) {
      report.oddity("file_not_looked_at");
    }
  }
}
