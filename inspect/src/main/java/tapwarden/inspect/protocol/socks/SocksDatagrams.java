package tapwarden.inspect.protocol.socks;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;

/**
 * Datagrams through a proxy (RFC 1928 §7): each has its destination before it. Those that a client
 * names are told, the first of them as an event.
 */
final class SocksDatagrams implements DatagramReader {
  /** Most datagrams of a flow that are looked at. */
  static final int MOST_DATAGRAMS = 32;

  private static final int HEAD_BYTES = 3;

  private final SocksFacts facts = new SocksFacts();
  private int datagrams;

  @Override
  public boolean datagram(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (toServer) {
      read(report, segment, offset, length);
      datagrams++;
    }
    return datagrams < MOST_DATAGRAMS;
  }

  /** Two zeros, the number of a piece, the destination. */
  private void read(Report report, MemorySegment segment, long offset, int length) {
    int there = length - HEAD_BYTES;
    if (there < 2 || Bytes.u16(segment, offset) != 0) {
      return;
    }
    int address = SocksRequest.bytesOfAddress(segment, offset + HEAD_BYTES, there);
    if (address == 0 || address > there) {
      return;
    }
    facts.destination.address5(segment, offset + HEAD_BYTES);
    facts.destination.tell(report);
    if (facts.command < 0) {
      facts.version = SocksProtocol.VERSION_5;
      facts.command = SocksRequest.UDP_ASSOCIATE;
      SocksEve.write(report, facts);
    }
  }
}
