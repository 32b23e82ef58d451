package tapwarden.inspect.sink.eve;

import tapwarden.inspect.json.JsonWriter;

/**
 * What every event about a packet begins with: {@code timestamp flow_id in_iface|pcap_filename
 * pcap_cnt event_type}, in Suricata's order.
 */
public final class EveHead {
  private final PacketOrigin origin;

  public EveHead(PacketOrigin origin) {
    this.origin = origin;
  }

  /**
   * Starts the event's object; the caller writes the rest and ends it.
   *
   * @param flowId 0 when the event is about no flow
   * @param packetNumber the packet that the event is about; 0 if none
   */
  public JsonWriter begin(
      JsonWriter json,
      String eventType,
      long packetNanos,
      long flowId,
      int interfaceIndex,
      long packetNumber) {
    json.reset().beginObject().name("timestamp").valueTimestamp(packetNanos);
    if (flowId != 0) {
      json.field("flow_id", flowId);
    }
    json.optionalField("in_iface", origin.interfaceName(interfaceIndex));
    if (packetNumber != 0) {
      json.optionalField("pcap_filename", origin.file(packetNumber));
      json.field("pcap_cnt", origin.numberInFile(packetNumber));
    }
    return json.field("event_type", eventType);
  }
}
