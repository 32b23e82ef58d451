package tapwarden.inspect.protocol.quic;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.quic.CryptoStream;
import tapwarden.inspect.codec.quic.GoogleHello;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.codec.quic.TransportParameters;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.codec.tls.Ja4;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/** Tells what the hellos of one connection say. */
final class QuicHellos {
  /** Events of a connection; each hello is one, and a client has no cause for more than three. */
  static final int MOST_EVENTS = 16;

  private static final int MESSAGE_HEADER = 4;

  private final QuicTools tools;
  private final ConnectionFacts facts;
  private int events;
  private int count;

  QuicHellos(QuicTools tools, ConnectionFacts facts) {
    this.tools = tools;
    this.facts = facts;
  }

  /** Hellos that were read. */
  int count() {
    return count;
  }

  /**
   * Reads the message that begins there.
   *
   * @param cut whether no more of it will come
   * @return its length; 0 if more is needed. If it is of no interest the side is marked as done.
   */
  int message(
      Report report,
      Attempt attempt,
      boolean ofClient,
      byte[] bytes,
      int at,
      int length,
      boolean cut) {
    if (QuicVersion.hasGoogleHandshake(attempt.version)) {
      return googleMessage(report, attempt, ofClient, bytes, at, length);
    }
    if (length < MESSAGE_HEADER) {
      return 0;
    }
    int type = bytes[at];
    int body = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
    if (type != (ofClient ? HandshakeType.CLIENT_HELLO : HandshakeType.SERVER_HELLO)) {
      report.oddity("handshake_type");
      done(attempt, ofClient);
      return 0;
    }
    int here = length - MESSAGE_HEADER;
    if (body > here && !cut) {
      return 0;
    }
    MemorySegment segment = MemorySegment.ofArray(bytes);
    int readable = Math.min(body, here);
    if (ofClient) {
      clientHello(report, attempt, bytes, segment, at + MESSAGE_HEADER, readable);
    } else {
      serverHello(report, attempt, segment, at + MESSAGE_HEADER, readable);
    }
    if (body > CryptoStream.MOST_BYTES) {
      done(attempt, ofClient);
    }
    return MESSAGE_HEADER + readable;
  }

  private static void done(Attempt attempt, boolean ofClient) {
    attempt.clientDone |= ofClient;
    attempt.serverDone |= !ofClient;
  }

  private void clientHello(
      Report report, Attempt attempt, byte[] bytes, MemorySegment segment, int at, int length) {
    if (!tools.clientHello.parse(segment, at, length)) {
      report.oddity("client_hello");
      attempt.clientDone = true;
      return;
    }
    count++;
    attempt.helloSeen = true;
    int nameLength = tools.clientHello.serverNameLength();
    if (nameLength > 0) {
      report.name(NameSource.QUIC, bytes, (int) tools.clientHello.serverNameOffset(), nameLength);
    }
    String ja4 = tools.ja4.of(tools.clientHello, Ja4.Transport.QUIC);
    if (ja4 != null) {
      byte[] text = ja4.getBytes(StandardCharsets.US_ASCII);
      report.trait("quic-ja4", Side.of(attempt.toServer), text, 0, text.length);
    }
    boolean hasAgent = tools.parameters.find(tools.clientHello, TransportParameters.USER_AGENT);
    if (hasAgent) {
      report.trait(
          "quic-user-agent",
          Side.of(attempt.toServer),
          bytes,
          (int) tools.parameters.valueAt(),
          Math.min(tools.parameters.valueLength(), QuicEve.MOST_TEXT));
    }
    if (mayTell(report)) {
      QuicEve.clientHello(report, facts, attempt.spoken, tools, bytes, ja4, hasAgent);
    }
  }

  private void serverHello(
      Report report, Attempt attempt, MemorySegment segment, int at, int length) {
    if (!tools.serverHello.parse(segment, at, length)) {
      report.oddity("server_hello");
      attempt.serverDone = true;
      return;
    }
    attempt.serverDone = !tools.serverHello.isRetryRequest();
    if (mayTell(report)) {
      QuicEve.serverHello(report, facts, attempt.spoken, tools);
    }
  }

  private int googleMessage(
      Report report, Attempt attempt, boolean ofClient, byte[] bytes, int at, int length) {
    int message = GoogleHello.messageLength(bytes, at, length);
    if (message < 0) {
      done(attempt, ofClient);
    }
    if (message <= 0 || message > length) {
      return 0;
    }
    GoogleHello hello = tools.googleHello;
    if (!hello.parse(bytes, at)) {
      report.oddity("client_hello");
      return message;
    }
    count++;
    int name = hello.find(GoogleHello.SERVER_NAME);
    if (name >= 0) {
      report.name(NameSource.QUIC, bytes, hello.valueAt(name), hello.valueLength(name));
    }
    int agent = hello.find(GoogleHello.USER_AGENT);
    if (agent >= 0) {
      int agentLength = Math.min(hello.valueLength(agent), QuicEve.MOST_TEXT);
      Side side = Side.of(attempt.toServer);
      report.trait("quic-user-agent", side, bytes, hello.valueAt(agent), agentLength);
    }
    if (mayTell(report)) {
      QuicEve.googleHello(report, facts, attempt.version, hello, name, agent);
    }
    return message;
  }

  private boolean mayTell(Report report) {
    facts.untold = false;
    if (events == MOST_EVENTS) {
      report.oddity("events_limit");
      return false;
    }
    events++;
    return report.wants(QuicProvider.NAME);
  }

  /** Tells what no hello came to tell. */
  void close(Report report) {
    if (facts.untold && report.wants(QuicProvider.NAME)) {
      QuicEve.headers(report, facts);
    }
  }
}
