package tapwarden.inspect.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.IpAddress;

/** Remembers what an analyser reports: events as JSON text, the rest as short lines. */
public final class RecordingReport implements Report {
  private static final long NANOS = 1_700_000_000_000_000_000L;

  public final List<String> events = new ArrayList<>();
  public final List<String> names = new ArrayList<>();
  public final List<String> addresses = new ArrayList<>();
  public final List<String> traits = new ArrayList<>();
  public final List<String> expected = new ArrayList<>();
  public final List<@Nullable Object> notes = new ArrayList<>();
  public final List<String> oddities = new ArrayList<>();
  public @Nullable String violation;

  /** Of each event, whether its source is the client. */
  public final List<Boolean> directions = new ArrayList<>();

  /** Event types that nobody wants. */
  public final Set<String> unwanted = new HashSet<>();

  /** What {@link #handOver} said was taken; -1 if it was not called. */
  public int handedOver = -1;

  /** What {@link #handOver} said came before. */
  public byte[] handedBack = {};

  /** What {@link #handOverAhead} said a side had said already, and which side. */
  public byte[] handedAhead = {};

  public boolean isAheadToServer;

  /** What {@link #packet} answers. */
  public @Nullable Packet packet;

  private final JsonWriter writer = new JsonWriter();
  private final FlowSnapshot flow;

  public RecordingReport() {
    this(6, 49_152, 443);
  }

  public RecordingReport(int protocol, int clientPort, int serverPort) {
    this(protocol, clientPort, serverPort, 0);
  }

  /**
   * With those flags seen of either side.
   *
   * @param tcpFlags as in the header
   */
  public RecordingReport(int protocol, int clientPort, int serverPort, int tcpFlags) {
    flow =
        new FlowSnapshot(
            1,
            4,
            0,
            0x0A000001L,
            0,
            0xC6336407L,
            clientPort,
            serverPort,
            protocol,
            List.of(),
            0,
            0,
            1,
            NANOS,
            1,
            NANOS,
            1,
            0,
            64,
            0,
            FlowSnapshot.State.ESTABLISHED,
            null,
            tcpFlags,
            tcpFlags,
            false,
            false,
            false,
            null);
  }

  @Override
  public @Nullable Packet packet() {
    return packet;
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public FlowSnapshot flow() {
    return flow;
  }

  @Override
  public int tcpFlags(boolean toServer) {
    return toServer ? flow.tcpFlagsToServer() : flow.tcpFlagsToClient();
  }

  @Override
  public boolean wants(String eventType) {
    return !unwanted.contains(eventType);
  }

  @Override
  public JsonWriter begin(String eventType) {
    return begin(eventType, true);
  }

  @Override
  public JsonWriter begin(String eventType, boolean toServer) {
    directions.add(toServer);
    writer.reset().beginObject().name("timestamp").valueTimestamp(NANOS);
    return writer.field("event_type", eventType);
  }

  @Override
  public void end(JsonWriter json) {
    json.endObject();
    events.add(json.toString());
  }

  @Override
  public void name(NameSource source, byte[] text, int start, int length) {
    names.add(source.word() + " " + text(text, start, length));
  }

  @Override
  public void address(NameSource source, int ipVersion, long high, long low, int port) {
    addresses.add(source.word() + " " + new IpAddress(ipVersion, high, low) + " " + port);
  }

  @Override
  public void trait(String trait, Side of, byte[] text, int start, int length) {
    traits.add(trait + " " + of + " " + text(text, start, length));
  }

  @Override
  public void expect(
      String protocol, int ipVersion, long high, long low, int port, @Nullable Object note) {
    expected.add(protocol + " " + ipVersion + " " + Long.toHexString(low) + " " + port);
    notes.add(note);
  }

  @Override
  public void handOver(int taken) {
    handedOver = taken;
  }

  @Override
  public void handOver(int taken, byte[] before) {
    handedOver = taken;
    handedBack = before;
  }

  @Override
  public void handOverAhead(int taken, boolean toServer, byte[] ahead) {
    handedOver = taken;
    isAheadToServer = toServer;
    handedAhead = ahead;
  }

  @Override
  public void oddity(String what) {
    oddities.add(what);
  }

  @Override
  public void violated(String what) {
    violation = what;
  }

  private static String text(byte[] text, int start, int length) {
    return new String(text, start, length, StandardCharsets.ISO_8859_1);
  }
}
