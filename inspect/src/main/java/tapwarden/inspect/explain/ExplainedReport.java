package tapwarden.inspect.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.wire.IpAddress;

/** Turns what a protocol's reader says of one packet into fields. */
final class ExplainedReport implements Report {
  /** Most events of one packet that are shown. */
  private static final int MOST_EVENTS = 16;

  private static final int MOST_EVENT_BYTES = 64 * 1024;

  private final JsonWriter json = new JsonWriter(MOST_EVENT_BYTES);
  private final Packet packet;
  private final boolean toServer;
  private final Fields out;
  private String eventType = "";
  private int events;

  ExplainedReport(Packet packet, boolean toServer, Fields out) {
    this.packet = packet;
    this.toServer = toServer;
    this.out = out;
  }

  @Override
  public Packet packet() {
    return packet;
  }

  @Override
  public long nanos() {
    return packet.timestampNanos();
  }

  @Override
  public int tcpFlags(boolean sentToServer) {
    return sentToServer == toServer ? packet.tcpFlags() : 0;
  }

  /** As if the packet were the whole flow. */
  @Override
  public FlowSnapshot flow() {
    boolean s = toServer;
    return new FlowSnapshot(
        0,
        packet.ipVersion(),
        s ? packet.sourceHigh() : packet.destinationHigh(),
        s ? packet.sourceLow() : packet.destinationLow(),
        s ? packet.destinationHigh() : packet.sourceHigh(),
        s ? packet.destinationLow() : packet.sourceLow(),
        s ? packet.sourcePort() : packet.destinationPort(),
        s ? packet.destinationPort() : packet.sourcePort(),
        packet.protocol(),
        List.of(),
        packet.tunnelId(),
        packet.interfaceIndex(),
        packet.number(),
        packet.timestampNanos(),
        packet.number(),
        packet.timestampNanos(),
        s ? 1 : 0,
        s ? 0 : 1,
        s ? packet.wireLength() : 0,
        s ? 0 : packet.wireLength(),
        FlowSnapshot.State.NEW,
        null,
        0,
        0,
        true,
        false,
        packet.isUserPlane(),
        null);
  }

  @Override
  public boolean wants(String type) {
    return events < MOST_EVENTS;
  }

  @Override
  public JsonWriter begin(String type) {
    eventType = type;
    return json.reset().beginObject();
  }

  @Override
  public JsonWriter begin(String type, boolean direction) {
    return begin(type);
  }

  @Override
  public void end(JsonWriter written) {
    written.endObject();
    if (events++ < MOST_EVENTS) {
      JsonFields.add(written, Set.of("tapwarden", eventType), out);
    }
  }

  @Override
  public void name(NameSource source, byte[] text, int start, int length) {
    out.add("Name of the server", quoted(text, start, length), "by " + source.word());
  }

  @Override
  public void address(NameSource source, int ipVersion, long high, long low, int port) {
    String address = new IpAddress(ipVersion, high, low).toString();
    out.add("Address asked for", address, "by " + source.word());
  }

  @Override
  public void trait(String trait, Side of, byte[] text, int start, int length) {
    String who = of.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    out.add("The " + who + " says of itself", quoted(text, start, length), trait);
  }

  private static String quoted(byte[] text, int start, int length) {
    int shown = Math.min(length, WireText.MAX_BYTES);
    return WireText.quoted(Arrays.copyOfRange(text, start, start + shown));
  }

  @Override
  public void expect(
      String protocol, int ipVersion, long high, long low, int port, @Nullable Object note) {
    out.add("Expected next", protocol, "at port " + port);
  }

  @Override
  public void handOver(int taken) {
    out.add("Then", "another protocol", "both sides go on with one that shows in its first bytes");
  }

  @Override
  public void handOver(int taken, byte[] before) {
    handOver(taken);
  }

  @Override
  public void handOverAhead(int taken, boolean toServer, byte[] ahead) {
    handOver(taken);
  }

  @Override
  public void oddity(String what) {
    out.add("Unusual", words(what));
  }

  @Override
  public void violated(String what) {
    out.add("Not readable", words(what), "what follows is not this protocol, or is broken");
  }

  private static String words(String what) {
    return WireText.harmless(what).replace('_', ' ');
  }
}
