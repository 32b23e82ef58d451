package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Report;

/** DNS over UDP on a port that is not that of DNS; one for all flows of a worker. */
public final class DnsDatagrams implements DatagramReader {
  private final DnsAnalyser analyser;

  public DnsDatagrams(DnsAnalyser analyser) {
    this.analyser = analyser;
  }

  @Override
  public boolean datagram(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Packet at = report.packet();
    if (at != null) {
      analyser.message(DnsKind.DNS, at, segment, offset, length);
    }
    // Something else in between must not hide what follows.
    return true;
  }
}
