package tapwarden.inspect.protocol.quic;

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

  boolean helloSeen;

  /** Whether nothing more of the side is of interest, or can be read. */
  boolean clientDone;

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
    return client.heldBytes() + server.heldBytes();
  }
}
