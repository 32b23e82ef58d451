package tapwarden.inspect.pipeline;

import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.IdentityFact;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.eve.AlertEve;
import tapwarden.inspect.wire.IpAddress;

/** Renders the alert desk's events. Used by one thread. */
final class EveEvents {
  private final EveHead head;
  private final AlertEve alertEve;

  EveEvents(SourceNames sources) {
    head = new EveHead(sources);
    alertEve = new AlertEve(new Origin(sources));
  }

  void alert(JsonWriter json, Alert alert) {
    alertEve.write(json, alert);
  }

  void deviceSeen(JsonWriter json, IdentityFact.DeviceSeen seen) {
    head.begin(json, seen.timestampNanos(), 0);
    head.place(json, seen.packetNumber());
    json.field("event_type", "equipment");
    IpAddress address = seen.address();
    if (address != null) {
      json.name("src_ip").valueIp(address.version(), address.high(), address.low());
    }
    json.name("tapwarden").beginObject().name("equipment").beginObject();
    json.field("event", "seen");
    Equipment equipment = seen.equipment();
    subject(
        json,
        new Subject(equipment.id(), equipment.vendor(), equipment.role(), seen.identifiedByIds()));
    json.optionalField("policy", equipment.policy());
    json.field("declared", equipment.declared());
    if (seen.mac() >= 0) {
      json.name("mac").valueHexMac(seen.mac());
      json.optionalField("organisation", seen.organisation());
    }
    if (seen.vlan() > 0) {
      json.field("vlan", seen.vlan());
    }
    json.endObject().endObject().endObject();
  }

  /** Writes id, vendor, role and how it was identified, into the open object. */
  static void subject(JsonWriter json, Subject subject) {
    json.field("id", subject.id());
    json.optionalField("vendor", subject.vendor());
    json.optionalField("role", subject.role());
    json.name("identified_by").beginArray();
    subject.identifiedBy().forEach(json::value);
    json.endArray();
  }
}
