package tapwarden.appliance.cli;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.equipment.PacketPlace;
import tapwarden.inspect.equipment.Trait;
import tapwarden.inspect.json.JsonWriter;

/**
 * The inventory for programs: a device is a JSON object on a line of its own. {@code vendor} and
 * {@code role} are what is declared, or else what the hardware address is registered for; what the
 * device says of itself is in {@code claims} and {@code traits} only.
 */
final class InventoryJson {
  private final JsonWriter out = new JsonWriter();

  /** The line with its end. */
  byte[] line(InventoryEntry entry) {
    out.reset().beginObject().name("id").value(entry.id());
    out.name("known").value(entry.equipment() != null);
    Equipment equipment = entry.equipment();
    out.name("declared").value(equipment != null && equipment.declared());
    optional("vendor", InventoryText.vendor(entry));
    optional("role", InventoryText.role(entry));
    optional("organisation", entry.organisation());
    strings("vendor_groups", entry.vendorGroups());
    strings("identified_by", entry.identifiedBy());
    strings("addresses", entry.addresses().stream().map(Object::toString).toList());
    strings("macs", InventoryText.macs(entry));
    strings("names", entry.names());
    out.name("vlans").beginArray();
    entry.vlans().forEach(out::value);
    out.endArray();
    out.name("forwarder").value(entry.forwarder());
    out.name("first_seen").value(AlertLine.isoTime(entry.firstSeenNanos()));
    out.name("last_seen").value(AlertLine.isoTime(entry.lastSeenNanos()));
    out.name("packets").value(entry.frames()).name("bytes").value(entry.bytes());
    out.name("transit_packets").value(entry.transitFrames());
    out.name("claims").beginArray();
    entry.claims().forEach(this::claim);
    out.endArray();
    out.name("traits").beginArray();
    entry.traits().forEach(this::trait);
    out.endArray().endObject();
    byte[] line = Arrays.copyOf(out.array(), out.length() + 1);
    line[out.length()] = '\n';
    return line;
  }

  private void claim(Claim claim) {
    out.beginObject().name("kind").value(claim.guess().kind().id());
    out.name("value").value(claim.guess().value());
    out.name("trait").value(claim.trait());
    place("", claim.packet());
    if (claim.contradictsDeclared()) {
      out.name("contradicts_declared").value(true);
    }
    out.endObject();
  }

  private void trait(Trait trait) {
    out.beginObject().name("trait").value(trait.word());
    out.name("source").value(trait.protocol());
    out.name("text").value(trait.text());
    place("first_", trait.first());
    place("last_", trait.last());
    out.endObject();
  }

  private void place(String prefix, PacketPlace place) {
    out.name(prefix + "file").value(place.source());
    out.name(prefix + "packet").value(place.number());
    out.name(prefix + "seen").value(AlertLine.isoTime(place.nanos()));
  }

  private void optional(String name, @Nullable String value) {
    if (value != null) {
      out.name(name).value(value);
    }
  }

  private void strings(String name, List<String> values) {
    out.name(name).beginArray();
    values.forEach(out::value);
    out.endArray();
  }
}
