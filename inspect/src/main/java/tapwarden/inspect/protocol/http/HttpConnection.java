package tapwarden.inspect.protocol.http;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One connection: requests wait for their responses in the order in which they were sent (RFC 9112
 * §9.3.2). An exchange is told when its response has ended, or when none will come. Which side asks
 * is told by what it says, not by who opened the connection.
 */
final class HttpConnection implements StreamReader {
  /** Events that a connection may cause in a minute. */
  static final int MOST_EVENTS_A_MINUTE = 4_096;

  /** Lines of no message, with no message before them, after which this is no HTTP. */
  static final int MOST_JUNK_LINES = 64;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FIRST_INTERIM = 100;
  private static final int FIRST_FINAL = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final byte[] HEAD = "head".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPGRADE = "upgrade".getBytes(StandardCharsets.US_ASCII);

  private final HttpWorker worker;
  private final MessageStream client;
  private final MessageStream server;
  private final Outstanding outstanding;
  private final EventBudget budget = new EventBudget(MOST_EVENTS_A_MINUTE);
  private final SaidHosts hosts = new SaidHosts();
  private final OtherBanner banner = new OtherBanner();

  /** One whose response came before its request: the mirror changed their order. */
  private @Nullable Exchange early;

  private int exchanges;
  private int junkLines;
  private boolean hasMessage;
  private boolean areResponsesLost;
  private boolean isOver;
  private boolean hasUserAgent;
  private boolean hasServer;

  HttpConnection(HttpWorker worker) {
    this.worker = worker;
    client = new MessageStream(this, worker, true);
    server = new MessageStream(this, worker, false);
    outstanding = new Outstanding(worker.memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (!isOver && !toServer && banner.shows(segment, offset, length)) {
      handOver(report, 0);
    }
    return !isOver && stream(toServer).data(report, segment, offset, length);
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    if (!toServer) {
      banner.gap();
    }
    return !isOver && stream(toServer).gap(report, bytes);
  }

  private MessageStream stream(boolean toServer) {
    return toServer ? client : server;
  }

  /** A response's start line is there. */
  void responseBegins(Report report, MessageStream from) {
    if (outstanding.isEmpty()) {
      stream(!from.toServer()).answered(report);
    }
  }

  void request(Report report, MessageStream from, HttpHead head) {
    hasMessage = true;
    if (areResponsesLost) {
      tellOutstanding(report);
    }
    HeadFacts facts = worker.facts.read(head);
    if (worker.facts.hasSecondHost()) {
      report.oddity("host_twice");
    }
    boolean isConnect = Authority.isConnect(facts);
    worker.framing.request(head, isConnect);
    tellFraming(report);
    identify(report, from, facts, head);
    Exchange exchange = ask(report, from, facts);
    HttpBody body = openBody(report, exchange, facts, from.toServer(), head);
    from.beginBody(report, worker.framing, exchange, body);
    if (isConnect) {
      from.awaitTunnel();
    }
  }

  private Exchange ask(Report report, MessageStream from, HeadFacts facts) {
    Exchange answered = early;
    early = null;
    if (answered != null) {
      answered.ask(facts);
      if (answered.responseBytes() >= 0) {
        answered(report, answered);
      }
      return answered;
    }
    Exchange exchange = new Exchange(exchanges++, from.toServer(), facts);
    if (!outstanding.add(exchange, facts)) {
      report.oddity("too_many_outstanding");
      tell(report, exchange);
    }
    return exchange;
  }

  private @Nullable HttpBody openBody(
      Report report, Exchange exchange, HeadFacts facts, boolean toServer, HttpHead head) {
    return worker.framing.kind() == Framing.Kind.NONE || !report.wants(HttpEve.FILE)
        ? null
        : HttpBody.open(worker, report, exchange, facts, toServer, Codings.of(head), budget);
  }

  /** Names the server as the client does, and tells what the client says of itself. */
  private void identify(Report report, MessageStream from, HeadFacts facts, HttpHead head) {
    Authority authority = worker.authority;
    authority.read(facts);
    if (from.toServer()) {
      hosts.tell(report, authority, head, worker.facts.hasSecondHost());
    }
    if (!hasUserAgent && facts.has(Fact.USER_AGENT)) {
      hasUserAgent = true;
      trait(report, "http-user-agent", from, facts, Fact.USER_AGENT);
    }
  }

  private static void trait(
      Report report, String trait, MessageStream from, HeadFacts facts, Fact fact) {
    report.trait(
        trait, Side.of(from.toServer()), facts.text(), facts.start(fact), facts.length(fact));
  }

  /**
   * A response's head.
   *
   * @param taken bytes of the call at hand up to the end of the head
   */
  void response(Report report, MessageStream from, HttpHead head, int taken) {
    hasMessage = true;
    areResponsesLost = false;
    HeadFacts facts = worker.facts.read(head);
    int status = head.startLine().status();
    if (!hasServer && facts.has(Fact.SERVER)) {
      hasServer = true;
      trait(report, "http-server", from, facts, Fact.SERVER);
    }
    if (status >= FIRST_INTERIM && status < FIRST_FINAL && status != SWITCHING_PROTOCOLS) {
      Exchange waiting = outstanding.peek();
      if (waiting != null) {
        waiting.answer(null, status);
      }
      return;
    }
    Exchange exchange = answer(report, from, facts, status);
    boolean isUpgrade = status == SWITCHING_PROTOCOLS && head.find(UPGRADE, 0) >= 0;
    boolean isTunnel = isConnect(exchange) && status >= FIRST_FINAL && status < FIRST_REDIRECT;
    if (isUpgrade || isTunnel) {
      exchange.responseBytes(0);
      answered(report, exchange);
      handOver(report, taken);
      return;
    }
    if (isConnect(exchange)) {
      stream(!from.toServer()).tunnelRefused();
    }
    worker.framing.response(head, status, isHead(exchange));
    tellFraming(report);
    HttpBody body = openBody(report, exchange, facts, from.toServer(), head);
    from.beginBody(report, worker.framing, exchange, body);
  }

  /** What is answered: an exchange without a request if that was not seen, or told already. */
  private Exchange answer(Report report, MessageStream from, HeadFacts facts, int status) {
    boolean isEarly = isEarly(report, stream(!from.toServer()));
    Exchange exchange = outstanding.poll();
    if (exchange == null) {
      tellEarly(report);
      exchange = new Exchange(exchanges++, !from.toServer(), null);
      early = isEarly ? exchange : null;
    }
    exchange.answer(facts, status);
    if (!outstanding.keep(exchange, facts)) {
      // Without room to wait for the end of the response it is told as far as it is known.
      tell(report, exchange);
      exchange.answer(null, status);
    }
    return exchange;
  }

  /** Whether the request of a response that comes now is still to come, and not lost. */
  private boolean isEarly(Report report, MessageStream asking) {
    if (!outstanding.isEmpty()) {
      return false;
    }
    if (asking.isInHead()) {
      return true;
    }
    boolean isFromStart = ((report.tcpFlags(true) | report.tcpFlags(false)) & SYN) != 0;
    return isFromStart && asking.streamBytes() == 0;
  }

  private void tellEarly(Report report) {
    Exchange waiting = early;
    early = null;
    if (waiting != null) {
      answered(report, waiting);
    }
  }

  private void tellFraming(Report report) {
    String oddity = worker.framing.oddity();
    if (oddity != null) {
      report.oddity(oddity);
    }
  }

  private static boolean isConnect(Exchange exchange) {
    HeadFacts request = exchange.request();
    return request != null && Authority.isConnect(request);
  }

  private static boolean isHead(Exchange exchange) {
    HeadFacts request = exchange.request();
    return request != null
        && Ascii.is(request.text(), request.start(Fact.METHOD), request.end(Fact.METHOD), HEAD);
  }

  /** The response ended, or will not come. */
  void answered(Report report, Exchange exchange) {
    if (exchange != early) {
      tell(report, exchange);
      outstanding.release(exchange);
    }
  }

  /** Responses are missing: whose, shows if a request comes before the next one. */
  void responsesLost() {
    areResponsesLost = !outstanding.isEmpty();
  }

  private void tellOutstanding(Report report) {
    areResponsesLost = false;
    while (!outstanding.isEmpty()) {
      Exchange exchange = outstanding.poll();
      if (exchange != null) {
        answered(report, exchange);
      }
    }
  }

  private void tell(Report report, Exchange exchange) {
    if (!exchange.tell()) {
      return;
    }
    if (report.wants(HttpEve.HTTP) && budget.take(report)) {
      JsonWriter json = report.begin(HttpEve.HTTP, exchange.toServer());
      json.field("tx_id", exchange.number());
      HttpEve.write(json, exchange, worker.authority);
      report.end(json);
    }
  }

  /** Another protocol goes on behind so many bytes of the call at hand. */
  void handOver(Report report, int taken) {
    if (!isOver) {
      stop();
      report.handOver(taken);
    }
  }

  /** A line that is no message where one should begin. */
  void junk(Report report) {
    junkLines++;
    if (!hasMessage && junkLines > MOST_JUNK_LINES) {
      stop();
      report.violated("no_message");
    }
  }

  private void stop() {
    isOver = true;
    client.stop();
    server.stop();
  }

  @Override
  public void close(Report report) {
    isOver = true;
    client.close(report, isEndSeen(client, report.tcpFlags(true)));
    server.close(report, isEndSeen(server, report.tcpFlags(false)));
    tellEarly(report);
    tellOutstanding(report);
  }

  /** Whether all that the direction says was seen: to its FIN, and not only to the depth. */
  private boolean isEndSeen(MessageStream stream, int flags) {
    return (flags & FIN) != 0 && stream.streamBytes() < worker.depthBytes;
  }
}
