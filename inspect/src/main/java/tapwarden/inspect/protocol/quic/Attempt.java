package tapwarden.inspect.protocol.quic;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.quic.ClearPacket;
import tapwarden.inspect.codec.quic.CryptoStream;
import tapwarden.inspect.codec.quic.InitialKeys;

/**
 * One try of a client at a handshake, told by the identifier that it chose: a flow has several
 * after a Retry or a version negotiation, or when someone mixes in packets that are not meant to be
 * answered. Their streams are kept apart, so that none disturbs another.
 */
final class Attempt {
  final InitialKeys keys = new InitialKeys();

  /** Whether the client is the flow's. */
  final boolean toServer;

  /** That of its first packet. */
  final int version;

  /** That of the packet read last: a server may answer in another that the client knows. */
  int spoken;

  final CryptoStream client = new CryptoStream();
  final CryptoStream server = new CryptoStream();

  /** Packet numbers. */
  long largestOfClient = -1;

  long largestOfServer = -1;

  /** Datagram of the flow that last brought something for it. */
  int lastUsed;

  /** Whether a packet of the server could be opened: this is the one that it took up. */
  boolean answered;

  /** Whether a hello of the client was told. */
  boolean helloSeen;

  /** Where in the client's stream it starts. */
  long helloStart;

  /** The server that it names; empty if it names none. */
  byte[] named = {};

  /** Another reading of the client's hello; null as long as there is one alone. */
  @Nullable CryptoStream again;

  /** Whether a hello was told that cannot be read: once is enough. */
  boolean odd;

  /** Whether nothing more of the server is of interest, or can be read. */
  boolean serverDone;

  Attempt(boolean toServer, int version) {
    this.toServer = toServer;
    this.version = version;
    spoken = version;
  }

  /** Whether the packet of Google's has its identifier. */
  boolean isOf(ClearPacket packet) {
    return keys.isOf(packet.segment(), packet.id(), packet.idLength());
  }

  /** Takes the packet's identifier, which needs no keys. */
  void take(ClearPacket packet) {
    keys.name(packet.segment(), packet.id(), packet.idLength());
  }

  int heldBytes() {
    int more = again == null ? 0 : again.heldBytes();
    return client.heldBytes() + server.heldBytes() + more;
  }
}
