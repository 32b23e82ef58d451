package tapwarden.inspect.protocol.quic;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tapwarden.inspect.codec.quic.GoogleHello;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.codec.quic.TransportParameters;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.codec.tls.HostNames;
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
   * @return its length; 0 if more is needed, or if it is none that is looked for
   */
  int message(
      Report report,
      Attempt attempt,
      boolean ofClient,
      byte[] bytes,
      int at,
      int length,
      boolean cut) {
    if (!ofClient) {
      return serverMessage(report, attempt, bytes, at, length, cut);
    }
    return QuicVersion.hasGoogleHandshake(attempt.version)
        ? googleMessage(report, attempt, bytes, at, length, false)
        : clientMessage(report, attempt, bytes, at, length, cut, false);
  }

  /** Reads another reading of a client's hello, which is told if it names another server. */
  int again(Report report, Attempt attempt, byte[] bytes, int at, int length) {
    return QuicVersion.hasGoogleHandshake(attempt.version)
        ? googleMessage(report, attempt, bytes, at, length, true)
        : clientMessage(report, attempt, bytes, at, length, false, true);
  }

  /** Bytes of the body of a message of TLS, as far as they are there; -1 if more are needed. */
  private static int body(byte[] bytes, int at, int length, boolean cut) {
    int here = length - MESSAGE_HEADER;
    int body = (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
    return body <= here || cut ? Math.min(body, here) : -1;
  }

  private static void odd(Report report, Attempt attempt, String what) {
    if (!attempt.odd) {
      report.oddity(what);
      attempt.odd = true;
    }
  }

  private int clientMessage(
      Report report,
      Attempt attempt,
      byte[] bytes,
      int at,
      int length,
      boolean cut,
      boolean again) {
    if (length < MESSAGE_HEADER) {
      return 0;
    }
    if (bytes[at] != HandshakeType.CLIENT_HELLO) {
      odd(report, attempt, "handshake_type");
      return 0;
    }
    int body = body(bytes, at, length, cut);
    int from = at + MESSAGE_HEADER;
    if (body < 0) {
      return 0;
    }
    if (!tools.clientHello.parse(MemorySegment.ofArray(bytes), from, body)) {
      odd(report, attempt, "client_hello");
      return 0;
    }
    ClientHello hello = tools.clientHello;
    int nameAt = hello.serverNameOffset();
    if (isNew(report, attempt, hello.bytes(), nameAt, hello.serverNameLength(), again)) {
      clientHello(report, attempt);
    }
    tellFurtherNames(report);
    return MESSAGE_HEADER + body;
  }

  /** Of several names a server may take another than the first, which was told already. */
  private void tellFurtherNames(Report report) {
    HostNames names = tools.names.of(tools.clientHello);
    boolean isFirst = true;
    while (names.next()) {
      if (!isFirst) {
        report.name(NameSource.QUIC, tools.clientHello.bytes(), names.offset(), names.length());
      }
      isFirst = false;
    }
  }

  /** Whether a hello is to be told; it is remembered whom it names. */
  private boolean isNew(
      Report report, Attempt attempt, byte[] bytes, int nameAt, int nameLength, boolean again) {
    if (again && attempt.helloSeen) {
      if (Arrays.equals(
          bytes, nameAt, nameAt + nameLength, attempt.named, 0, attempt.named.length)) {
        return false;
      }
      report.oddity("hello_differs");
    }
    count++;
    attempt.helloSeen = true;
    attempt.named = Arrays.copyOfRange(bytes, nameAt, nameAt + nameLength);
    if (nameLength > 0) {
      report.name(NameSource.QUIC, bytes, nameAt, nameLength);
    }
    return true;
  }

  private void clientHello(Report report, Attempt attempt) {
    ClientHello hello = tools.clientHello;
    boolean hasJa4 = tools.ja4.read(hello, Ja4.Transport.QUIC);
    if (hasJa4) {
      report.trait("quic-ja4", Side.of(attempt.toServer), tools.ja4.text(), 0, Ja4.LENGTH);
    }
    boolean hasAgent = tools.parameters.find(hello, TransportParameters.USER_AGENT);
    if (hasAgent) {
      int agentAt = tools.parameters.valueAt();
      agent(report, attempt, hello.bytes(), agentAt, tools.parameters.valueLength());
    }
    if (mayTell(report)) {
      String ja4 = hasJa4 ? new String(tools.ja4.text(), StandardCharsets.US_ASCII) : null;
      QuicEve.clientHello(report, facts, attempt.spoken, tools, ja4, hasAgent);
    }
  }

  private static void agent(Report report, Attempt attempt, byte[] bytes, int at, int length) {
    int shown = Math.min(length, QuicEve.MOST_TEXT);
    report.trait("quic-user-agent", Side.of(attempt.toServer), bytes, at, shown);
  }

  private int serverMessage(
      Report report, Attempt attempt, byte[] bytes, int at, int length, boolean cut) {
    if (length < MESSAGE_HEADER) {
      return 0;
    }
    boolean isHello =
        bytes[at] == HandshakeType.SERVER_HELLO && !QuicVersion.hasGoogleHandshake(attempt.version);
    int body = isHello ? body(bytes, at, length, cut) : 0;
    if (body < 0) {
      return 0;
    }
    MemorySegment segment = MemorySegment.ofArray(bytes);
    if (!isHello || !tools.serverHello.parse(segment, at + MESSAGE_HEADER, body)) {
      odd(report, attempt, "server_hello");
      attempt.serverDone = true;
      return length;
    }
    attempt.serverDone = !tools.serverHello.isRetryRequest();
    if (mayTell(report)) {
      QuicEve.serverHello(report, facts, attempt.spoken, tools);
    }
    return MESSAGE_HEADER + body;
  }

  private int googleMessage(
      Report report, Attempt attempt, byte[] bytes, int at, int length, boolean again) {
    int message = GoogleHello.messageLength(bytes, at, length);
    if (message <= 0 || message > length) {
      return 0;
    }
    GoogleHello hello = tools.googleHello;
    if (!hello.parse(bytes, at)) {
      odd(report, attempt, "client_hello");
      return 0;
    }
    int name = hello.find(GoogleHello.SERVER_NAME);
    int nameAt = name < 0 ? at : hello.valueAt(name);
    int nameLength = name < 0 ? 0 : hello.valueLength(name);
    if (isNew(report, attempt, bytes, nameAt, nameLength, again)) {
      int agent = hello.find(GoogleHello.USER_AGENT);
      if (agent >= 0) {
        agent(report, attempt, bytes, hello.valueAt(agent), hello.valueLength(agent));
      }
      if (mayTell(report)) {
        QuicEve.googleHello(report, facts, attempt.version, hello, name, agent);
      }
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
