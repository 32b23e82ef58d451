package tapwarden.inspect.protocol.tls;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.tls.DtlsAssembler;
import tapwarden.inspect.codec.tls.HandshakeOptions;
import tapwarden.inspect.codec.tls.HandshakeState;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;

/** The clear part of a DTLS conversation, as {@link TlsConnection} for TLS. */
final class DtlsConversation implements DatagramReader {
  private final StreamMemory memory;
  private final TlsHandshake handshake;
  private final DtlsAssembler client;
  private final DtlsAssembler server;
  private int heldBytes;

  DtlsConversation(TlsReaders readers, StreamMemory memory) {
    this.memory = memory;
    handshake = new TlsHandshake(readers, Ja4.Transport.DTLS);
    client = new DtlsAssembler(handshake, HandshakeOptions.DEFAULTS);
    server = new DtlsAssembler(handshake, HandshakeOptions.DEFAULTS);
  }

  @Override
  public boolean datagram(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    DtlsAssembler side = toServer ? client : server;
    if (side.state() == HandshakeState.WANTS_MORE) {
      handshake.enter(report);
      side.feed(segment, offset, length);
      handshake.leave();
      int now = client.heldBytes() + server.heldBytes();
      if (now > heldBytes && !memory.take(now - heldBytes)) {
        report.oddity("no_memory");
        return false;
      }
      if (now < heldBytes) {
        memory.give(heldBytes - now);
      }
      heldBytes = now;
    }
    if (!toServer && server.state() != HandshakeState.WANTS_MORE && handshake.isClientSeen()) {
      handshake.tell(report);
    }
    return client.state() == HandshakeState.WANTS_MORE
        || server.state() == HandshakeState.WANTS_MORE;
  }

  @Override
  public void close(Report report) {
    handshake.tell(report);
    memory.give(heldBytes);
    heldBytes = 0;
  }
}
