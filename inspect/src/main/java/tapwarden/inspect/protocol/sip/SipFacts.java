package tapwarden.inspect.protocol.sip;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.BareUri;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.SaidHost;
import tapwarden.inspect.protocol.Side;

/**
 * Tells what a message says: the {@code sip} object of EVE, what it has no field for under {@code
 * tapwarden.sip}, and the programs of who wrote it as traits. Never told: credentials, passwords in
 * addresses, keys of a session. One a worker.
 */
final class SipFacts {
  private static final int MAX_TEXT = 1_024;
  private static final int MAX_LINE = 4_096;
  private static final int PORT = 5060;
  private static final int SECURE_PORT = 5061;
  private static final byte[] PLAIN = "sip:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECURE = "sips:".getBytes(StandardCharsets.US_ASCII);
  private static final SipHeader[] HEADERS = SipHeader.values();

  private final SdpEve sdp = new SdpEve();

  /**
   * Tells of a message.
   *
   * @param oddities of its head, as {@link HttpHead#oddities} has them
   */
  void tell(Report report, EventBudget budget, boolean toServer, SipMessage message, int oddities) {
    if (oddities != 0) {
      report.oddity("odd_head");
    }
    if (toServer && message.isRequest()) {
      tellHost(report, message);
    }
    if (message.isOfSender()) {
      Side side = Side.of(toServer);
      reportTrait(report, "sip-user-agent", side, message, SipHeader.USER_AGENT);
      reportTrait(report, "sip-server", side, message, SipHeader.SERVER);
    }
    if (report.wants(SipProvider.EVENT_TYPE) && budget.take(report)) {
      JsonWriter json = report.begin(SipProvider.EVENT_TYPE, toServer);
      write(json, message);
      writeOwn(json, message);
      report.end(json);
    }
  }

  /** Of the request-URI (RFC 3261 §19.1.1): {@code sip:user@host:port;parameters?headers}. */
  private static void tellHost(Report report, SipMessage message) {
    byte[] bytes = message.bytes();
    StartLine line = message.head().startLine();
    int start = line.targetStart();
    int end = line.targetEnd();
    boolean isSecure = Ascii.begins(bytes, start, end, SECURE);
    if (!isSecure && !Ascii.begins(bytes, start, end, PLAIN)) {
      return;
    }
    int from = Ascii.find(bytes, start, end, ':') + 1;
    int at = Ascii.find(bytes, from, end, '@');
    from = at < end ? at + 1 : from;
    int to = from;
    while (to < end && bytes[to] != ';' && bytes[to] != '?') {
      to++;
    }
    int port = isSecure ? SECURE_PORT : PORT;
    SaidHost.tellAuthority(report, NameSource.SIP, bytes, from, to, port);
  }

  private static void reportTrait(
      Report report, String trait, Side side, SipMessage message, SipHeader header) {
    int line = message.find(header, 0);
    if (line >= 0) {
      HttpHead head = message.head();
      int start = head.valueStart(line);
      int length = Math.min(head.valueEnd(line) - start, MAX_TEXT);
      if (length > 0) {
        report.trait(trait, side, message.bytes(), start, length);
      }
    }
  }

  private void write(JsonWriter json, SipMessage message) {
    StartLine line = message.head().startLine();
    json.name("sip").beginObject();
    if (message.isRequest()) {
      write(json, "method", message, line.methodStart(), line.methodEnd(), MAX_TEXT);
      write(json, "uri", message, line.targetStart(), line.targetEnd(), MAX_LINE);
      write(json, "version", message, line.versionStart(), line.versionEnd(), MAX_TEXT);
      write(json, "request_line", message, message.lineStart(), message.lineEnd(), MAX_LINE);
    } else {
      write(json, "version", message, line.versionStart(), line.versionEnd(), MAX_TEXT);
      write(json, "code", message, line.statusStart(), line.statusEnd(), MAX_TEXT);
      int reason = Math.min(message.lineEnd(), line.statusEnd() + 1);
      write(json, "reason", message, reason, message.lineEnd(), MAX_TEXT);
      write(json, "response_line", message, message.lineStart(), message.lineEnd(), MAX_LINE);
    }
    if (message.hasSession()) {
      sdp.write(json, message.bytes(), message.bodyStart(), message.bodyEnd());
    }
    json.endObject();
  }

  private static void writeOwn(JsonWriter json, SipMessage message) {
    json.name("tapwarden").beginObject().name("sip").beginObject();
    HttpHead head = message.head();
    for (SipHeader header : HEADERS) {
      int line = message.find(header, 0);
      if (line >= 0) {
        write(json, header.field(), message, head.valueStart(line), head.valueEnd(line), MAX_TEXT);
      }
    }
    json.endObject().endObject();
  }

  private static void write(
      JsonWriter json, String field, SipMessage message, int start, int end, int most) {
    json.name(field);
    BareUri.write(json, message.bytes(), start, Math.max(start, end), most);
  }
}
