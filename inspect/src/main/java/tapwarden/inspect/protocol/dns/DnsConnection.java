package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.StreamReader;

/** DNS over TCP (RFC 7766): queries one way, answers the other. */
public final class DnsConnection implements StreamReader {
  private final DnsStream queries;
  private final DnsStream answers;

  public DnsConnection(DnsAnalyser analyser) {
    queries = new DnsStream(analyser);
    answers = new DnsStream(analyser);
  }

  @Override
  public boolean data(Packet at, boolean toServer, MemorySegment segment, long offset, int length) {
    return (toServer ? queries : answers).data(at, segment, offset, length);
  }

  @Override
  public boolean gap(boolean toServer, long bytes) {
    (toServer ? queries : answers).gap();
    return true;
  }
}
