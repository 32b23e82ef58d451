package tapwarden.inspect.pipeline;

import tapwarden.inspect.equipment.PacketPlace;
import tapwarden.inspect.json.JsonWriter;

/** What every event begins with; remembers the places of interfaces. Used by one thread. */
final class EveHead {
  private final SourceNames sources;
  private int placeIndex = -1;
  private SourceNames.Place place = new SourceNames.Place(false, "", 0);

  EveHead(SourceNames sources) {
    this.sources = sources;
  }

  /** Begins the object and writes {@code timestamp}, {@code flow_id} (0 for none). */
  void begin(JsonWriter json, long nanos, long flowId) {
    json.beginObject().name("timestamp").valueTimestamp(nanos);
    if (flowId != 0) {
      json.field("flow_id", flowId);
    }
  }

  /** Writes where the packet came from, and its number there. */
  void place(JsonWriter json, int interfaceIndex, long packetNumber) {
    place(json, placeOf(interfaceIndex), packetNumber);
  }

  /** The same where only the number is known: of several live interfaces it names the first. */
  void place(JsonWriter json, long packetNumber) {
    SourceNames.Place first = placeOf(0);
    place(json, first.live() ? first : sources.ofNumber(packetNumber), packetNumber);
  }

  private static void place(JsonWriter json, SourceNames.Place where, long packetNumber) {
    json.field(where.live() ? "in_iface" : "pcap_filename", where.name());
    if (packetNumber > 0) {
      json.field("pcap_cnt", packetNumber - where.framesBefore());
    }
  }

  /** The same place, to be kept. */
  PacketPlace placeOf(long packetNumber, long nanos) {
    SourceNames.Place first = placeOf(0);
    SourceNames.Place where = first.live() ? first : sources.ofNumber(packetNumber);
    return new PacketPlace(where.name(), packetNumber - where.framesBefore(), nanos);
  }

  SourceNames.Place placeOf(int interfaceIndex) {
    if (interfaceIndex != placeIndex) {
      place = sources.of(interfaceIndex);
      placeIndex = interfaceIndex;
    }
    return place;
  }
}
