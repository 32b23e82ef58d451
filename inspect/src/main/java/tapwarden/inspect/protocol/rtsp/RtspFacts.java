package tapwarden.inspect.protocol.rtsp;

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
 * What a message says (RFC 7826 §18): an {@code rtsp} event under {@code tapwarden.rtsp}, since EVE
 * has no such type, and the programs of both ends and the realm that a camera asks a password for
 * as traits. Never told: credentials, neither those of a header nor those in an address. One a
 * worker, moved from message to message.
 */
final class RtspFacts {
  private static final int MAX_TEXT = 1_024;
  private static final int MAX_ADDRESS = 4_096;
  private static final int PORT = 554;
  private static final int SECURE_PORT = 322;
  private static final byte[] SECURE = ascii("rtsps:");
  private static final byte[] VERSION = ascii("rtsp/");
  private static final byte[] SEQUENCE = ascii("cseq");
  private static final byte[] USER_AGENT = ascii("user-agent");
  private static final byte[] SERVER = ascii("server");
  private static final byte[] PUBLIC = ascii("public");
  private static final byte[] TRANSPORT = ascii("transport");
  private static final byte[] CONTENT_TYPE = ascii("content-type");
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] AUTHENTICATE = ascii("www-authenticate");
  private static final byte[] REALM = ascii("realm=");

  private final HttpHead head = new HttpHead();
  private int realmStart;
  private int realmEnd;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a head; false if it is none. */
  boolean read(byte[] bytes, int start, int end) {
    StartLine.Kind kind = head.read(bytes, start, end);
    StartLine line = head.startLine();
    boolean isRtsp =
        kind != StartLine.Kind.NONE
            && Ascii.begins(bytes, line.versionStart(), line.versionEnd(), VERSION);
    if (isRtsp) {
      findRealm();
    }
    return isRtsp;
  }

  /** Bytes of the body; 0 if the head does not say. */
  long contentLength() {
    int line = head.find(CONTENT_LENGTH, 0);
    return line < 0
        ? 0
        : Math.max(0, Ascii.number(head.bytes(), head.valueStart(line), head.valueEnd(line)));
  }

  /** Tells of the message that was read. */
  void tell(Report report, EventBudget budget, boolean toServer) {
    if (head.oddities() != 0) {
      report.oddity("odd_head");
    }
    if (toServer && head.startLine().kind() == StartLine.Kind.REQUEST) {
      tellHost(report);
    }
    Side side = Side.of(toServer);
    trait(report, "rtsp-user-agent", side, USER_AGENT);
    trait(report, "rtsp-server", side, SERVER);
    if (realmEnd > realmStart) {
      report.trait("rtsp-realm", side, head.bytes(), realmStart, realmEnd - realmStart);
    }
    if (report.wants(RtspProvider.EVENT_TYPE) && budget.take(report)) {
      JsonWriter json = report.begin(RtspProvider.EVENT_TYPE, toServer);
      json.name("tapwarden").beginObject().name("rtsp").beginObject();
      write(json);
      json.endObject().endObject();
      report.end(json);
    }
  }

  private void tellHost(Report report) {
    StartLine line = head.startLine();
    byte[] bytes = head.bytes();
    int start = line.targetStart();
    int port = Ascii.begins(bytes, start, line.targetEnd(), SECURE) ? SECURE_PORT : PORT;
    SaidHost.tellUrl(report, NameSource.RTSP, bytes, start, line.targetEnd(), port);
  }

  private void trait(Report report, String trait, Side side, byte[] name) {
    int line = head.find(name, 0);
    int length = line < 0 ? 0 : head.valueEnd(line) - head.valueStart(line);
    if (length > 0) {
      report.trait(trait, side, head.bytes(), head.valueStart(line), Math.min(length, MAX_TEXT));
    }
  }

  private void write(JsonWriter json) {
    StartLine line = head.startLine();
    if (line.kind() == StartLine.Kind.REQUEST) {
      write(json, "method", line.methodStart(), line.methodEnd());
      json.name("url");
      BareUri.write(json, head.bytes(), line.targetStart(), line.targetEnd(), MAX_ADDRESS);
    } else {
      if (line.status() >= 0) {
        json.field("status", line.status());
      }
    }
    write(json, "version", line.versionStart(), line.versionEnd());
    writeHeader(json, "cseq", SEQUENCE);
    writeHeader(json, "user_agent", USER_AGENT);
    writeHeader(json, "server", SERVER);
    writeHeader(json, "public", PUBLIC);
    writeHeader(json, "transport", TRANSPORT);
    writeHeader(json, "content_type", CONTENT_TYPE);
    if (realmEnd > realmStart) {
      write(json, "realm", realmStart, realmEnd);
    }
  }

  private void writeHeader(JsonWriter json, String field, byte[] name) {
    int line = head.find(name, 0);
    if (line >= 0) {
      write(json, field, head.valueStart(line), head.valueEnd(line));
    }
  }

  private void write(JsonWriter json, String field, int start, int end) {
    json.name(field).value(head.bytes(), start, Math.min(Math.max(0, end - start), MAX_TEXT));
  }

  /** The realm of the first challenge (RFC 7616 §3.3): a quoted text. */
  private void findRealm() {
    realmStart = 0;
    realmEnd = 0;
    int line = head.find(AUTHENTICATE, 0);
    if (line < 0) {
      return;
    }
    byte[] bytes = head.bytes();
    int end = head.valueEnd(line);
    int at = head.valueStart(line);
    while (at < end && !Ascii.begins(bytes, at, end, REALM)) {
      at++;
    }
    at += REALM.length;
    if (at < end && bytes[at] == '"') {
      realmStart = at + 1;
      realmEnd = Math.min(Ascii.find(bytes, realmStart, end, '"'), realmStart + MAX_TEXT);
    }
  }
}
