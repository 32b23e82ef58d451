package tapwarden.inspect.sink.eve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.flow.FlowEve;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.flow.IpProtocolNames;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.IpAddress;

/**
 * Alerts as EVE {@code alert} events with one extra object, {@code tapwarden}. Source and
 * destination are the client and the server of the flow. {@code timestamp} and {@code pcap_cnt} are
 * those of one packet: in the first revision the one that opened the contact, however long the
 * verdict waited; in later ones the packet that made the revision, as are source and destination.
 * {@code tapwarden.endpoint} is the same in all revisions of an alert, and {@code tapwarden.count}
 * is {@link Alert#count}. Used by one thread.
 */
public final class AlertEve {
  private static final String ALLOWED = "allowed"; // a tap lets everything pass
  private static final int SIGNATURE_REVISION = 1;
  private static final int NO_PROTOCOL = -1;

  private final PacketOrigin origin;
  private final EveHead head;
  private final FlowEve flowEve = new FlowEve();

  public AlertEve(PacketOrigin origin) {
    this.origin = origin;
    head = new EveHead(origin);
  }

  /** Writes the alert as a whole document. */
  public JsonWriter write(JsonWriter json, Alert alert) {
    Finding finding = alert.finding();
    FlowSnapshot flow = finding.flow();
    boolean first = alert.revision() == 1;
    head.begin(
        json,
        "alert",
        first ? finding.firstPacketNanos() : finding.packetNanos(),
        flow == null ? 0 : flow.flowId(),
        flow == null ? 0 : flow.interfaceIndex(),
        first ? finding.firstPacketNumber() : finding.packetNumber());
    if (flow != null) {
      flowEve.writeTuple(json, flow, true);
      flowEve.writeAppProtocol(json, flow);
    }
    writeAlert(json, alert);
    if (flow != null) {
      flowEve.writeFlow(json, flow, flow.end());
    }
    json.name("tapwarden").beginObject();
    json.field("id", alert.id()).field("revision", alert.revision()).field("count", alert.count());
    json.name("first_seen").valueTimestamp(alert.firstSeenNanos());
    json.name("last_seen").valueTimestamp(alert.lastSeenNanos());
    writeEquipment(json, finding.subject());
    json.name("endpoint");
    writeEndpoint(json, finding.endpoint(), finding.protocol());
    if (!alert.furtherEndpoints().isEmpty()) {
      json.name("further_endpoints").beginArray();
      for (Endpoint further : alert.furtherEndpoints()) {
        writeEndpoint(json, further, NO_PROTOCOL);
      }
      json.endArray();
    }
    json.field("detector", finding.signature().detector());
    json.field("stage", alert.stage().id()).field("score", alert.score());
    writeTexts(json, "because", alert.because());
    writeEvidence(json, alert);
    return json.endObject().endObject();
  }

  private static void writeAlert(JsonWriter json, Alert alert) {
    Signature signature = alert.finding().signature();
    json.name("alert").beginObject();
    json.field("action", ALLOWED).field("gid", Signature.GID);
    json.field("signature_id", signature.number()).field("rev", SIGNATURE_REVISION);
    json.field("signature", signature.text()).field("category", signature.category());
    json.field("severity", alert.severity().number());
    Attack attack = Attack.of(signature);
    if (attack != null) {
      json.name("metadata").beginObject();
      writeTexts(json, "mitre_tactic_id", List.of(attack.tacticId()));
      writeTexts(json, "mitre_tactic_name", List.of(attack.tacticName()));
      writeTexts(json, "mitre_technique_id", List.of(attack.techniqueId()));
      writeTexts(json, "mitre_technique_name", List.of(attack.techniqueName()));
      json.endObject();
    }
    json.endObject();
  }

  private static void writeEquipment(JsonWriter json, Subject subject) {
    json.name("equipment").beginObject().field("id", subject.id());
    json.optionalField("vendor", subject.vendor()).optionalField("role", subject.role());
    writeTexts(json, "identified_by", subject.identifiedBy());
    json.endObject();
  }

  private static void writeEndpoint(JsonWriter json, Endpoint endpoint, int protocol) {
    json.beginObject();
    IpAddress ip = endpoint.ip();
    if (ip != null) {
      json.name("ip").valueIp(ip.version(), ip.high(), ip.low());
    }
    if (endpoint.port() != 0) {
      json.field("port", endpoint.port());
    }
    if (ip != null && protocol != NO_PROTOCOL) {
      json.field("proto", IpProtocolNames.name(protocol));
    }
    json.optionalField("name", endpoint.name());
    json.optionalField("name_source", endpoint.nameSource());
    json.endObject();
  }

  private void writeEvidence(JsonWriter json, Alert alert) {
    json.name("evidence").beginObject().name("packets").beginArray();
    for (long number : alert.evidenceNumbers()) {
      json.beginObject().optionalField("file", origin.file(number));
      json.field("number", origin.numberInFile(number)).endObject();
    }
    json.endArray().optionalField("pcapng", alert.evidencePcapng()).endObject();
  }

  private static void writeTexts(JsonWriter json, String name, List<String> texts) {
    json.name(name).beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  /** A technique of MITRE ATT&amp;CK (enterprise), named as rule sets name it. */
  private record Attack(
      String tacticId, String tacticName, String techniqueId, String techniqueName) {
    /** A listed endpoint is command and control; which protocol it speaks is not known here. */
    private static final Attack COMMAND_AND_CONTROL =
        new Attack("TA0011", "Command_And_Control", "T1071", "Application_Layer_Protocol");

    /** Null where the reason says nothing about the technique: a policy knows no attacker. */
    static @Nullable Attack of(Signature signature) {
      return signature.detector().equals("watchlist") ? COMMAND_AND_CONTROL : null;
    }
  }
}
