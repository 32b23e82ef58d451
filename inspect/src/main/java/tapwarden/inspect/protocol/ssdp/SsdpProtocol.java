package tapwarden.inspect.protocol.ssdp;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.BareUri;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.MessageProtocol;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * Reads SSDP: each message is a fact of its own, told under {@code tapwarden.ssdp}, as EVE has no
 * such event. Known by its two methods for all ({@code *}), and by answers that name what was
 * searched for. What a device announces or answers are traits of its address.
 */
final class SsdpProtocol extends MessageProtocol {
  /** Most events a minute and flow; a device announces itself in some dozens of messages. */
  static final int MAX_EVENTS_A_MINUTE = 128;

  private static final int MAX_TEXT = 1_024;
  private static final int SUCCESS = 200;
  private static final byte[] SEARCH = ascii("m-search");
  private static final byte[] NOTIFY = ascii("notify");
  private static final byte[] HTTP = ascii("http/1.");
  private static final byte[] SEPARATOR = ascii("::");
  private static final SsdpHeader[] HEADERS = SsdpHeader.values();

  private final HttpHead head = new HttpHead();

  SsdpProtocol() {
    super(SsdpProvider.EVENT_TYPE, MAX_EVENTS_A_MINUTE);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && (firstByte == 'M' || firstByte == 'N' || firstByte == 'H');
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream()
        || opening.length() < HTTP.length
        || !mayBegin(false, opening.u8(0))
        || !read(bytes.copy(opening), opening.length())) {
      return Recognition.NO;
    }
    return Recognition.YES;
  }

  /** Whether it is a message of SSDP. */
  @Override
  protected boolean read(byte[] message, int length) {
    StartLine.Kind kind = head.read(message, 0, length);
    StartLine line = head.startLine();
    if (kind == StartLine.Kind.NONE
        || !Ascii.begins(message, line.versionStart(), line.versionEnd(), HTTP)) {
      return false;
    }
    if (kind == StartLine.Kind.RESPONSE) {
      return line.status() == SUCCESS
          && (find(SsdpHeader.SEARCH_TARGET) >= 0 || find(SsdpHeader.UNIQUE_NAME) >= 0);
    }
    return line.targetEnd() - line.targetStart() == 1
        && message[line.targetStart()] == '*'
        && (isMethod(SEARCH) || isMethod(NOTIFY));
  }

  private boolean isMethod(byte[] lowerCaseMethod) {
    StartLine line = head.startLine();
    return Ascii.is(head.bytes(), line.methodStart(), line.methodEnd(), lowerCaseMethod);
  }

  private int find(SsdpHeader header) {
    return head.find(header.lowerCaseName(), 0);
  }

  @Override
  protected void tell(Report report, boolean toServer) {
    if (head.oddities() != 0) {
      report.oddity("odd_head");
    }
    reportTraits(report, Side.of(toServer));
  }

  private void reportTraits(Report report, Side side) {
    if (head.startLine().kind() == StartLine.Kind.REQUEST && isMethod(SEARCH)) {
      report(report, "upnp-user-agent", side, SsdpHeader.USER_AGENT);
      return;
    }
    report(report, "upnp-server", side, SsdpHeader.SERVER);
    int line = find(SsdpHeader.UNIQUE_NAME);
    if (line >= 0) {
      // What follows the device's own identifier is one of the many services that it announces.
      int start = head.valueStart(line);
      int end = start;
      while (end < head.valueEnd(line)
          && !Ascii.begins(head.bytes(), end, head.valueEnd(line), SEPARATOR)) {
        end++;
      }
      report(report, "upnp-usn", side, start, end);
    }
  }

  private void report(Report report, String trait, Side side, SsdpHeader header) {
    int line = find(header);
    if (line >= 0) {
      report(report, trait, side, head.valueStart(line), head.valueEnd(line));
    }
  }

  private void report(Report report, String trait, Side side, int start, int end) {
    if (end > start) {
      report.trait(trait, side, head.bytes(), start, Math.min(end - start, MAX_TEXT));
    }
  }

  @Override
  protected void write(JsonWriter json) {
    StartLine line = head.startLine();
    json.name("tapwarden").beginObject().name("ssdp").beginObject();
    if (line.kind() == StartLine.Kind.REQUEST) {
      json.name("method");
      json.value(head.bytes(), line.methodStart(), line.methodEnd() - line.methodStart());
    } else {
      json.field("status", line.status());
    }
    for (SsdpHeader header : HEADERS) {
      int at = find(header);
      if (at >= 0) {
        int start = head.valueStart(at);
        json.name(header.field());
        BareUri.write(json, head.bytes(), start, head.valueEnd(at), MAX_TEXT);
      }
    }
    json.endObject().endObject();
  }
}
