package tapwarden.capture.forge;

import static tapwarden.capture.forge.Tcp.ACK;
import static tapwarden.capture.forge.Tcp.FIN;
import static tapwarden.capture.forge.Tcp.PSH;
import static tapwarden.capture.forge.Tcp.RST;
import static tapwarden.capture.forge.Tcp.SYN;

import java.util.Arrays;

/**
 * One TCP connection whose sequence numbers are kept right. Initial sequence numbers are fixed
 * (1,000 for the client, 9,000 for the server) unless set.
 */
public final class TcpConversation {
  private final Traffic traffic;
  private final Host client;
  private final Host server;
  private final int clientPort;
  private final int serverPort;
  private int segmentBytes = 1_460;
  private long clientSequence = 1_000;
  private long serverSequence = 9_000;

  TcpConversation(Traffic traffic, Host client, int clientPort, Host server, int serverPort) {
    this.traffic = traffic;
    this.client = client;
    this.clientPort = clientPort;
    this.server = server;
    this.serverPort = serverPort;
  }

  /** Most data bytes in a segment. */
  public TcpConversation segmentBytes(int bytes) {
    segmentBytes = bytes;
    return this;
  }

  /** The sequence numbers that come next. */
  public TcpConversation sequences(long client, long server) {
    clientSequence = client;
    serverSequence = server;
    return this;
  }

  /** SYN, SYN+ACK, ACK. */
  public TcpConversation handshake() {
    return syn().synAck().clientSegment(ACK);
  }

  public TcpConversation syn() {
    Tcp syn = Forge.tcp(clientPort, serverPort).flags(SYN).sequence(clientSequence);
    traffic.frame(client.frameTo(server, syn.maximumSegmentSize(segmentBytes)));
    clientSequence++;
    return this;
  }

  public TcpConversation synAck() {
    Tcp synAck = fromServer(SYN | ACK).maximumSegmentSize(segmentBytes);
    traffic.frame(server.frameTo(client, synAck));
    serverSequence++;
    return this;
  }

  /** Data in as many segments as it needs, then the server's acknowledgement. */
  public TcpConversation clientSends(byte[] data) {
    for (int at = 0; at < data.length; at += segmentBytes) {
      clientSegment(PSH | ACK, slice(data, at));
    }
    return serverSegment(ACK);
  }

  /** Data in as many segments as it needs, then the client's acknowledgement. */
  public TcpConversation serverSends(byte[] data) {
    for (int at = 0; at < data.length; at += segmentBytes) {
      serverSegment(PSH | ACK, slice(data, at));
    }
    return clientSegment(ACK);
  }

  /** One segment from the client with these flags. */
  public TcpConversation clientSegment(int flags, byte... data) {
    traffic.frame(client.frameTo(server, fromClient(flags), Forge.payload(data)));
    clientSequence += data.length + consumed(flags);
    return this;
  }

  /** One segment from the server with these flags. */
  public TcpConversation serverSegment(int flags, byte... data) {
    traffic.frame(server.frameTo(client, fromServer(flags), Forge.payload(data)));
    serverSequence += data.length + consumed(flags);
    return this;
  }

  /** FIN from the client, FIN from the server, last ACK. */
  public Traffic close() {
    clientSegment(FIN | ACK).serverSegment(FIN | ACK).clientSegment(ACK);
    return traffic;
  }

  /** The server refuses or aborts. */
  public Traffic serverResets() {
    serverSegment(RST | ACK);
    return traffic;
  }

  private static int consumed(int flags) {
    return (flags & (SYN | FIN)) == 0 ? 0 : 1;
  }

  private byte[] slice(byte[] data, int at) {
    return Arrays.copyOfRange(data, at, Math.min(data.length, at + segmentBytes));
  }

  private Tcp fromClient(int flags) {
    Tcp tcp = Forge.tcp(clientPort, serverPort).flags(flags).sequence(clientSequence);
    return (flags & ACK) == 0 ? tcp : tcp.acknowledgement(serverSequence);
  }

  private Tcp fromServer(int flags) {
    Tcp tcp = Forge.tcp(serverPort, clientPort).flags(flags).sequence(serverSequence);
    return (flags & ACK) == 0 ? tcp : tcp.acknowledgement(clientSequence);
  }
}
