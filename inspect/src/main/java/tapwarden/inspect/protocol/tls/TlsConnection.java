package tapwarden.inspect.protocol.tls;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.tls.HandshakeAssembler;
import tapwarden.inspect.codec.tls.HandshakeOptions;
import tapwarden.inspect.codec.tls.HandshakeState;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The clear part of a TLS connection: read until both sides are encrypted, told when the server's
 * side is, or the connection ends.
 */
final class TlsConnection implements StreamReader {
  private final StreamMemory memory;
  private final TlsHandshake handshake;
  private final HandshakeAssembler client;
  private final HandshakeAssembler server;
  private boolean clientBegun;
  private boolean serverBegun;
  private int heldBytes;

  TlsConnection(TlsReaders readers, StreamMemory memory) {
    this.memory = memory;
    handshake = new TlsHandshake(readers, Ja4.Transport.TCP);
    client = new HandshakeAssembler(handshake, HandshakeOptions.DEFAULTS);
    server = new HandshakeAssembler(handshake, HandshakeOptions.DEFAULTS);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    HandshakeAssembler side = toServer ? client : server;
    clientBegun |= toServer;
    serverBegun |= !toServer;
    handshake.enter(report);
    HandshakeState state = side.feed(segment, offset, length);
    if (!account()) {
      report.oddity("no_memory");
      side.cut();
      state = side.state();
      account();
    }
    handshake.leave();
    if (state == HandshakeState.VIOLATED) {
      handshake.tell(report);
      report.violated(side.records() < 2 ? "not_tls" : "broken_record");
      return false;
    }
    if (!toServer && state != HandshakeState.WANTS_MORE && handshake.isClientSeen()) {
      handshake.tell(report);
    }
    return state == HandshakeState.WANTS_MORE;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    if (!(toServer ? clientBegun : serverBegun)) {
      // Something else came before, such as another protocol's greeting.
      return true;
    }
    handshake.enter(report);
    (toServer ? client : server).cut();
    account();
    handshake.leave();
    return false;
  }

  @Override
  public void close(Report report) {
    handshake.enter(report);
    client.cut();
    server.cut();
    handshake.leave();
    handshake.tell(report);
    memory.give(heldBytes);
    heldBytes = 0;
  }

  /** Takes or gives what the assemblers hold more or less than before; false if too much. */
  private boolean account() {
    int now = client.heldBytes() + server.heldBytes();
    if (now > heldBytes && !memory.take(now - heldBytes)) {
      return false;
    }
    if (now < heldBytes) {
      memory.give(heldBytes - now);
    }
    heldBytes = now;
    return true;
  }
}
