package tapwarden.inspect.pipeline;

import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.IdentityFact;
import tapwarden.inspect.equipment.PacketPlace;
import tapwarden.inspect.equipment.TraitNews;
import tapwarden.inspect.equipment.TraitSeen;
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

  /** A device said of itself what it had not said before. */
  void trait(JsonWriter json, TraitNews news) {
    beginTrait(json, news, "trait");
    json.optionalField("previous", news.previous());
    if (!news.claims().isEmpty()) {
      json.name("claims").beginArray();
      for (Claim claim : news.claims()) {
        json.beginObject();
        claim(json, claim);
        json.endObject();
      }
      json.endArray();
    }
    json.endObject().endObject().endObject();
  }

  /** What a device says of itself cannot be true together with what is declared. */
  void contradiction(JsonWriter json, TraitNews news, Claim claim) {
    beginTrait(json, news, "contradiction");
    json.name("claim").beginObject();
    claim(json, claim);
    json.endObject().endObject().endObject().endObject();
  }

  private static void claim(JsonWriter json, Claim claim) {
    json.field("kind", claim.guess().kind().id()).field("value", claim.guess().value());
  }

  /** Writes all but the claims; three objects are left open. */
  private void beginTrait(JsonWriter json, TraitNews news, String event) {
    TraitSeen seen = news.seen();
    head.begin(json, seen.packetNanos(), 0);
    head.place(json, seen.packetNumber());
    json.field("event_type", "equipment");
    IpAddress address = seen.address();
    if (address != null) {
      json.name("src_ip").valueIp(address.version(), address.high(), address.low());
    }
    json.name("tapwarden").beginObject().name("equipment").beginObject();
    json.field("event", event);
    Equipment equipment = seen.equipment();
    subject(
        json,
        new Subject(
            news.id(),
            equipment == null ? null : equipment.vendor(),
            equipment == null ? null : equipment.role(),
            seen.identifiedByIds()));
    json.field("declared", equipment != null && equipment.declared());
    if (seen.mac() >= 0) {
      json.name("mac").valueHexMac(seen.mac());
    }
    json.field("trait", news.trait().word());
    json.field("source", news.trait().protocol());
    json.field("text", news.trait().text());
  }

  /** Where people find the packet with that number. */
  PacketPlace placeOf(long packetNumber, long nanos) {
    return head.placeOf(packetNumber, nanos);
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
