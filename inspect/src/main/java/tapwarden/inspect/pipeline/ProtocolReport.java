package tapwarden.inspect.pipeline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * Takes what one worker's analysers say to where it belongs: events to the output, names to the
 * contact, traits to the inventory. Entered for each packet, and for the end of each flow.
 */
final class ProtocolReport implements Report {
  private static final byte[] NOTHING = {};

  /** What the report needs of its worker. */
  interface Worker {
    /** The next order for something that is said now. */
    long nextOrder();

    /** Where in the stream it is said. */
    long place();

    /** Whether so much was said at the end of this flow that no further event has an order. */
    boolean saidTooMuch();
  }

  private final InspectionOptions options;
  private final Ownership ownership;
  private final EveLines lines;
  private final Worker worker;
  private final SaidNames names;
  private final DeviceTraits traits;
  private final CounterBlock counters;
  private final Expectations expectations = new Expectations();
  private @Nullable Packet packet;
  private @Nullable Flow flow;
  private @Nullable Conversation conversation;
  private boolean carried;
  private int handedOver = -1;
  private byte[] handedBack = NOTHING;
  private byte[] handedAhead = NOTHING;
  private boolean isAheadToServer;

  /** What is read is only the other way to read an ambiguous stream: names count, nothing else. */
  private boolean secondReading;

  ProtocolReport(
      InspectionOptions options,
      Ownership ownership,
      EveLines lines,
      Worker worker,
      SaidNames names,
      DeviceTraits traits,
      CounterBlock counters) {
    this.options = options;
    this.ownership = ownership;
    this.lines = lines;
    this.worker = worker;
    this.names = names;
    this.traits = traits;
    this.counters = counters;
  }

  /**
   * @param packet null at the end of a flow
   */
  void enter(@Nullable Packet packet, Flow flow, Conversation conversation, boolean carried) {
    this.packet = packet;
    this.flow = flow;
    this.conversation = conversation;
    this.carried = carried;
    handedOver = -1;
  }

  void enterFrame(Packet packet) {
    this.packet = packet;
    flow = null;
    conversation = null;
  }

  void leave() {
    packet = null;
    flow = null;
    conversation = null;
    secondReading = false;
  }

  void secondReading(boolean on) {
    secondReading = on;
  }

  /** What {@link #handOver} was told since the last call; -1 if it was not called. */
  int handedOver() {
    int taken = handedOver;
    handedOver = -1;
    return taken;
  }

  /** What is read aside, or to its end, hands nothing over. */
  void forgetHandOver() {
    handedOver = -1;
  }

  /** What came before the call in which {@link #handOver} was, and belongs to what follows. */
  byte[] handedBack() {
    return handedBack;
  }

  /** What a side has said already of what follows. */
  byte[] handedAhead() {
    return handedAhead;
  }

  boolean isAheadToServer() {
    return isAheadToServer;
  }

  /** What was announced of a flow that begins. */
  Expectations.@Nullable Expected expected(Flow beginning, long nowNanos) {
    return expectations.take(beginning, nowNanos);
  }

  @Override
  public @Nullable Packet packet() {
    return packet;
  }

  @Override
  public long nanos() {
    Packet at = packet;
    return at == null ? carrier().lastNanos() : at.timestampNanos();
  }

  @Override
  public FlowSnapshot flow() {
    return carrier().snapshot(null);
  }

  @Override
  public int tcpFlags(boolean toServer) {
    Conversation c = conversation;
    boolean asFlow = toServer ^ (c != null && c.turned);
    return asFlow ? carrier().tcpFlagsToServer() : carrier().tcpFlagsToClient();
  }

  private Flow carrier() {
    return Objects.requireNonNull(flow, "no flow");
  }

  @Override
  public boolean wants(String eventType) {
    Flow carrier = flow;
    boolean wanted =
        carrier == null
            ? options.events().wants(eventType)
            : options.events().wants(eventType, carrier);
    return wanted && !secondReading && !worker.saidTooMuch();
  }

  @Override
  public JsonWriter begin(String eventType) {
    return begin(eventType, true, false);
  }

  @Override
  public JsonWriter begin(String eventType, boolean toServer) {
    Conversation c = conversation;
    return begin(eventType, toServer, c != null && c.turned);
  }

  private JsonWriter begin(String eventType, boolean toServer, boolean turned) {
    Packet at = packet;
    if (flow == null && at != null) {
      return lines.beginFrame(eventType, at, worker.nextOrder());
    }
    Flow carrier = carrier();
    return at == null
        ? lines.beginProtocol(
            eventType, carrier, toServer ^ turned, worker.place(), worker.nextOrder())
        : lines.beginProtocol(eventType, at, carrier, toServer ^ turned, worker.nextOrder());
  }

  @Override
  public void end(JsonWriter json) {
    lines.endProtocol(json);
  }

  @Override
  public void name(NameSource source, byte[] text, int start, int length) {
    Flow carrier = flow;
    if (carrier != null) {
      names.said(packet, carrier, carried, source, secondReading, text, start, length);
    }
  }

  @Override
  public void address(NameSource source, int ipVersion, long high, long low, int port) {
    Flow carrier = flow;
    if (carrier != null) {
      names.saidAddress(
          packet, carrier, carried, source, secondReading, ipVersion, high, low, port);
    }
  }

  @Override
  public void trait(String trait, Side of, byte[] text, int start, int length) {
    Conversation c = conversation;
    if (!secondReading && length > 0) {
      Side side = c == null || !c.turned ? of : turned(of);
      traits.trait(trait, side, packet, flow, text, start, length);
    }
  }

  /**
   * Something in the flow can be read in two ways.
   *
   * @param toServer whether the client sent it
   * @param kind what makes it so
   */
  void ambiguous(boolean toServer, String kind) {
    if (!wants("anomaly")) {
      return;
    }
    Flow carrier = carrier();
    JsonWriter json = begin("anomaly", toServer, false);
    json.name("anomaly").beginObject();
    json.field("type", "stream").field("event", "stream." + kind).endObject();
    Packet at = packet;
    Equipment sender =
        at != null
            ? ownership.resolve(at, isFromClient(at, carrier) == toServer)
            : ownership.resolve(
                carrier.ipVersion(),
                toServer ? carrier.clientHigh() : carrier.serverHigh(),
                toServer ? carrier.clientLow() : carrier.serverLow(),
                carrier.isUserPlane());
    if (sender != null) {
      json.name("tapwarden").beginObject().name("equipment").beginObject();
      json.field("id", sender.id()).optionalField("vendor", sender.vendor());
      json.optionalField("role", sender.role()).endObject().endObject();
    }
    end(json);
  }

  private static boolean isFromClient(Packet packet, Flow flow) {
    return packet.sourceLow() == flow.clientLow()
        && packet.sourceHigh() == flow.clientHigh()
        && packet.sourcePort() == flow.clientPort();
  }

  private static Side turned(Side side) {
    return switch (side) {
      case CLIENT -> Side.SERVER;
      case SERVER -> Side.CLIENT;
      case SENDING_DEVICE -> side;
    };
  }

  @Override
  public void expect(
      String word, int ipVersion, long high, long low, int port, @Nullable Object note) {
    Flow carrier = flow;
    Packet at = packet;
    int number = ProtocolRegistry.numberOf(word);
    if (secondReading
        || carrier == null
        || at == null
        || number < ProtocolRegistry.firstProvided()
        || carried
        || !names.isShardOfAddresses(at)) {
      return;
    }
    long until = nanos() + Expectations.LIFETIME_NANOS;
    expectations.add(
        carrier, ipVersion, high, low, port, new Expectations.Expected(number, note, until));
  }

  @Override
  public void handOver(int taken) {
    handOver(taken, NOTHING);
  }

  @Override
  public void handOver(int taken, byte[] before) {
    handedOver = Math.max(0, taken);
    handedBack = before;
    handedAhead = NOTHING;
  }

  @Override
  public void handOverAhead(int taken, boolean toServer, byte[] ahead) {
    handOver(taken, NOTHING);
    isAheadToServer = toServer;
    handedAhead = ahead;
  }

  @Override
  public void oddity(String what) {
    counters.increment(Counter.PROTOCOL_ODDITIES);
  }

  @Override
  public void violated(String what) {
    Conversation c = conversation;
    if (c == null || c.over || secondReading) {
      return;
    }
    counters.increment(Counter.PROTOCOLS_VIOLATED);
    c.over = true;
    if (wants("anomaly")) {
      JsonWriter json = begin("anomaly");
      json.field("app_proto", ProtocolRegistry.words().get(c.protocol));
      json.name("anomaly").beginObject();
      json.field("type", "applayer").field("event", what).field("layer", "proto_parser");
      json.field("app_proto", ProtocolRegistry.words().get(c.protocol));
      end(json.endObject());
    }
  }
}
