package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.decode.Malformation;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowEve;
import tapwarden.inspect.flow.FlowFacts;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.IpAddress;

/** Renders a worker's own events straight into its output ring. */
final class EveLines {
  private static final Malformation[] MALFORMATIONS = Malformation.values();

  private final InspectionOptions options;
  private final WorkerOutput output;
  private final EveHead head;
  private final FlowEve flowEve = new FlowEve();

  EveLines(InspectionOptions options, SourceNames sources, WorkerOutput output) {
    this.options = options;
    this.output = output;
    head = new EveHead(sources);
  }

  private JsonWriter begin(Packet packet, long order) {
    long place = Stamp.atPacket(packet.number());
    return output.beginLine(place, order);
  }

  /** Whether {@link #flow} is to be called. */
  boolean wantFlow(Flow flow) {
    return options.events().wants("flow", flow);
  }

  /** A flow that ended; its event bears the time of its last packet. */
  void flow(FlowFacts flow, FlowSnapshot.End reason, long place, long order) {
    JsonWriter json = output.beginLine(place, order);
    head.begin(json, flow.lastNanos(), flow.flowId());
    head.place(json, flow.interfaceIndex(), flow.lastNumber());
    json.wordField("event_type", "flow");
    flowEve.writeEvent(json, flow, reason);
    json.endObject();
    output.endLine();
  }

  /** One event a frame that is malformed: its gravest, that is deepest, malformation. */
  void anomaly(Packet packet, long order) {
    if (!options.events().anomaly()) {
      return;
    }
    Malformation worst = MALFORMATIONS[63 - Long.numberOfLeadingZeros(packet.malformations())];
    JsonWriter json = begin(packet, order);
    head.begin(json, packet.timestampNanos(), 0);
    head.place(json, packet.interfaceIndex(), packet.number());
    json.wordField("event_type", "anomaly");
    if (packet.ipVersion() != 0) {
      json.name("src_ip").valueIp(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow());
      json.name("dest_ip")
          .valueIp(packet.ipVersion(), packet.destinationHigh(), packet.destinationLow());
    }
    json.name("anomaly").beginObject();
    json.field("type", "decode");
    json.field("event", worst.id());
    json.endObject().endObject();
    output.endLine();
  }

  /** The fragments of a datagram say different things: who sent them means to deceive. */
  void fragmentsDiffer(Packet fragment, @Nullable Subject sender, long order) {
    if (!options.events().anomaly()) {
      return;
    }
    JsonWriter json = begin(fragment, order);
    head.begin(json, fragment.timestampNanos(), 0);
    head.place(json, fragment.interfaceIndex(), fragment.number());
    json.wordField("event_type", "anomaly");
    json.name("src_ip").valueIp(fragment.ipVersion(), fragment.sourceHigh(), fragment.sourceLow());
    json.name("dest_ip")
        .valueIp(fragment.ipVersion(), fragment.destinationHigh(), fragment.destinationLow());
    json.name("anomaly").beginObject();
    json.field("type", "decode");
    json.field("event", fragment.ipVersion() == 4 ? "ipv4.frag_overlap" : "ipv6.frag_overlap");
    json.endObject();
    if (sender != null) {
      json.name("tapwarden").beginObject().name("equipment").beginObject();
      EveEvents.subject(json, sender);
      json.endObject().endObject();
    }
    json.endObject();
    output.endLine();
  }

  /** Equipment without a policy met an external address: worth knowing, no alert. */
  void unpolicedContact(Contact contact, FlowFacts flow, long number, long order) {
    if (!options.events().equipment()) {
      return;
    }
    JsonWriter json = output.beginLine(Stamp.atPacket(number), order);
    head.begin(json, contact.packetNanos(), flow.flowId());
    head.place(json, flow.interfaceIndex(), number);
    json.wordField("event_type", "equipment");
    flowEve.writeTuple(json, flow, true);
    json.name("tapwarden").beginObject().name("equipment").beginObject();
    json.field("event", "external-contact");
    EveEvents.subject(json, contact.subject());
    Contact.Parties p = contact.parties();
    json.name("endpoint").beginObject();
    json.field("ip", new IpAddress(p.ipVersion(), p.remoteHigh(), p.remoteLow()).toString());
    json.optionalField("name", contact.name());
    json.endObject();
    json.field("direction", p.outbound() ? "outbound" : "inbound");
    json.endObject().endObject().endObject();
    output.endLine();
  }

  /** Begins a line that a protocol's own object follows; {@link #endProtocol} sends it. */
  JsonWriter beginProtocol(
      String eventType, Packet packet, FlowFacts flow, boolean toServer, long order) {
    JsonWriter json = begin(packet, order);
    head.begin(json, packet.timestampNanos(), flow.flowId());
    head.place(json, packet.interfaceIndex(), packet.number());
    json.wordField("event_type", eventType);
    flowEve.writeTuple(json, flow, toServer);
    return json;
  }

  /** The same at the end of a flow that no packet ended. */
  JsonWriter beginProtocol(
      String eventType, FlowFacts flow, boolean toServer, long place, long order) {
    JsonWriter json = output.beginLine(place, order);
    head.begin(json, flow.lastNanos(), flow.flowId());
    head.place(json, flow.interfaceIndex(), flow.lastNumber());
    json.wordField("event_type", eventType);
    flowEve.writeTuple(json, flow, toServer);
    return json;
  }

  /** The same about a frame without IP. */
  JsonWriter beginFrame(String eventType, Packet packet, long order) {
    JsonWriter json = begin(packet, order);
    head.begin(json, packet.timestampNanos(), 0);
    head.place(json, packet.interfaceIndex(), packet.number());
    json.wordField("event_type", eventType);
    if (packet.hasMac()) {
      json.name("ether").beginObject();
      json.name("src_mac").valueHexMac(packet.sourceMac());
      json.name("dest_mac").valueHexMac(packet.destinationMac());
      json.endObject();
    }
    return json;
  }

  void endProtocol(JsonWriter json) {
    json.endObject();
    output.endLine();
  }
}
