package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.stream.StreamMemory;

/** DNS over TCP (RFC 7766): queries one way, answers the other. */
public final class DnsConnection {
  private final DnsStream queries;
  private final DnsStream answers;

  /**
   * @param memory what messages that are not whole yet are kept in
   */
  public DnsConnection(DnsAnalyser analyser, StreamMemory memory) {
    queries = new DnsStream(analyser, memory);
    answers = new DnsStream(analyser, memory);
  }

  public boolean data(Packet at, boolean toServer, MemorySegment segment, long offset, int length) {
    return (toServer ? queries : answers).data(at, segment, offset, length);
  }

  public boolean gap(boolean toServer, long bytes) {
    (toServer ? queries : answers).forget();
    return true;
  }

  public void close() {
    queries.forget();
    answers.forget();
  }
}
