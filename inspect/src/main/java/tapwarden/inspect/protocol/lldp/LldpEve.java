package tapwarden.inspect.protocol.lldp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.LldpView;

/** The event of an announcement: {@code tapwarden.lldp}. */
final class LldpEve {
  static final String EVENT = "lldp";

  private static final int PORT_NETWORK_ADDRESS = 4;
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;

  /** IEEE 802.1AB-2016 tables 8-2 and 8-3, by subtype. */
  private static final String[] CHASSIS_TYPES = {
    "",
    "chassis_component",
    "interface_alias",
    "port_component",
    "mac",
    "address",
    "interface_name",
    "local"
  };

  private static final String[] PORT_TYPES = {
    "",
    "interface_alias",
    "port_component",
    "mac",
    "address",
    "interface_name",
    "agent_circuit_id",
    "local"
  };

  /** Table 8-4, by bit. */
  private static final String[] CAPABILITIES = {
    "other",
    "repeater",
    "bridge",
    "wlan_access_point",
    "router",
    "telephone",
    "docsis_cable_device",
    "station",
    "c_vlan",
    "s_vlan",
    "two_port_relay"
  };

  private LldpEve() {}

  /** Whether an element of that type is in the event. */
  static boolean isWritten(int type) {
    return switch (type) {
      case LldpView.CHASSIS_ID,
          LldpView.PORT_ID,
          LldpView.PORT_DESCRIPTION,
          LldpView.SYSTEM_NAME,
          LldpView.SYSTEM_DESCRIPTION,
          LldpView.SYSTEM_CAPABILITIES,
          LldpView.MANAGEMENT_ADDRESS ->
          true;
      default -> false;
    };
  }

  static void write(Report report, LldpView view) {
    if (!report.wants(EVENT)) {
      return;
    }
    JsonWriter json = report.begin(EVENT);
    json.name("tapwarden").beginObject().name("lldp").beginObject();
    id(json, "chassis_id", view, true);
    id(json, "port_id", view, false);
    if (view.timeToLiveSeconds() >= 0) {
      json.field("ttl", view.timeToLiveSeconds());
    }
    text(json, "port_description", view, LldpView.PORT_DESCRIPTION);
    text(json, "system_name", view, LldpView.SYSTEM_NAME);
    text(json, "system_description", view, LldpView.SYSTEM_DESCRIPTION);
    capabilities(json, "capabilities", view.capabilities());
    capabilities(json, "enabled_capabilities", view.enabledCapabilities());
    if (view.managementIpVersion() != 0) {
      json.name("management_ip");
      json.valueIp(view.managementIpVersion(), view.managementHigh(), view.managementLow());
    }
    report.end(json.endObject().endObject());
  }

  private static void id(JsonWriter json, String name, LldpView view, boolean chassis) {
    int type = chassis ? LldpView.CHASSIS_ID : LldpView.PORT_ID;
    int length = view.valueLength(type) - 1;
    if (length < 1) {
      return;
    }
    int subtype = chassis ? view.chassisIdSubtype() : view.portIdSubtype();
    String[] types = chassis ? CHASSIS_TYPES : PORT_TYPES;
    long at = view.valueOffset(type) + 1;
    json.name(name);
    int macSubtype = chassis ? LldpView.CHASSIS_MAC : LldpView.PORT_MAC;
    int addressSubtype = chassis ? LldpView.CHASSIS_NETWORK_ADDRESS : PORT_NETWORK_ADDRESS;
    if (subtype == macSubtype && length == 6) {
      json.valueHexMac(Bytes.u48(view.segment(), at));
    } else if (subtype != addressSubtype || !address(json, view.segment(), at, length)) {
      value(json, view.segment(), at, length);
    }
    if (subtype > 0 && subtype < types.length) {
      json.name(name + "_type").value(types[subtype]);
    }
  }

  /** An address behind the number of its family. */
  private static boolean address(JsonWriter json, MemorySegment segment, long at, int length) {
    int family = Bytes.u8(segment, at);
    if (family == IPV4 && length == 5) {
      json.valueIp(4, 0, Bytes.u32(segment, at + 1));
      return true;
    }
    if (family == IPV6 && length == 17) {
      json.valueIp(6, Bytes.i64(segment, at + 1), Bytes.i64(segment, at + 9));
      return true;
    }
    return false;
  }

  private static void text(JsonWriter json, String name, LldpView view, int type) {
    if (view.has(type)) {
      value(json.name(name), view.segment(), view.valueOffset(type), textLength(view, type));
    }
  }

  /** Bytes of a text without the zeros that some devices fill it up with. */
  static int textLength(LldpView view, int type) {
    int length = view.valueLength(type);
    while (length > 0 && Bytes.u8(view.segment(), view.valueOffset(type) + length - 1) == 0) {
      length--;
    }
    return length;
  }

  private static void value(JsonWriter json, MemorySegment segment, long at, int length) {
    json.value(segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE), 0, length);
  }

  /**
   * @param bits -1 if there are none
   */
  private static void capabilities(JsonWriter json, String name, int bits) {
    if (bits < 0) {
      return;
    }
    json.name(name).beginArray();
    for (int i = 0; i < CAPABILITIES.length; i++) {
      if ((bits >>> i & 1) != 0) {
        json.value(CAPABILITIES[i]);
      }
    }
    json.endArray();
  }
}
