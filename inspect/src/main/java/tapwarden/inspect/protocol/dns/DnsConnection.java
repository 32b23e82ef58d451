package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** DNS or LLMNR over TCP (RFC 7766, RFC 4795 §2.4): queries one way, answers the other. */
public final class DnsConnection implements StreamReader {
  private final DnsStream queries;
  private final DnsStream answers;

  /**
   * @param memory what messages that are not whole yet are kept in
   */
  public DnsConnection(DnsKind kind, DnsAnalyser analyser, StreamMemory memory) {
    queries = new DnsStream(kind, analyser, memory);
    answers = new DnsStream(kind, analyser, memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    Packet at = report.packet();
    // What only the end of the flow brings has no packet that a listener could be shown.
    return at != null && (toServer ? queries : answers).data(at, segment, offset, length);
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? queries : answers).forget();
    return true;
  }

  @Override
  public void close(Report report) {
    queries.forget();
    answers.forget();
  }
}
