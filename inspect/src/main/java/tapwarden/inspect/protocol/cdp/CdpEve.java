package tapwarden.inspect.protocol.cdp;

import java.lang.foreign.ValueLayout;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.CdpView;

/** The event of an announcement: {@code tapwarden.cdp}. */
final class CdpEve {
  static final String EVENT = "cdp";

  /** By bit. */
  private static final String[] CAPABILITIES = {
    "router",
    "transparent_bridge",
    "source_route_bridge",
    "switch",
    "host",
    "igmp",
    "repeater",
    "phone",
    "remotely_managed",
    "cvta",
    "two_port_relay"
  };

  private CdpEve() {}

  /** Whether an element of that type is in the event. */
  static boolean isWritten(int type) {
    return switch (type) {
      case CdpView.DEVICE_ID,
          CdpView.ADDRESSES,
          CdpView.PORT_ID,
          CdpView.CAPABILITIES,
          CdpView.SOFTWARE_VERSION,
          CdpView.PLATFORM,
          CdpView.VTP_DOMAIN,
          CdpView.NATIVE_VLAN,
          CdpView.DUPLEX,
          CdpView.SYSTEM_NAME,
          CdpView.MANAGEMENT_ADDRESSES ->
          true;
      default -> false;
    };
  }

  static void write(Report report, CdpView view) {
    if (!report.wants(EVENT)) {
      return;
    }
    JsonWriter json = report.begin(EVENT);
    json.name("tapwarden").beginObject().name("cdp").beginObject();
    json.field("version", view.version()).field("ttl", view.timeToLiveSeconds());
    text(json, "device_id", view, CdpView.DEVICE_ID);
    text(json, "system_name", view, CdpView.SYSTEM_NAME);
    text(json, "port_id", view, CdpView.PORT_ID);
    text(json, "platform", view, CdpView.PLATFORM);
    text(json, "software_version", view, CdpView.SOFTWARE_VERSION);
    capabilities(json, view.capabilities());
    text(json, "vtp_domain", view, CdpView.VTP_DOMAIN);
    if (view.nativeVlan() >= 0) {
      json.field("native_vlan", view.nativeVlan());
    }
    if (view.valueLength(CdpView.DUPLEX) > 0) {
      int duplex = Bytes.u8(view.segment(), view.valueOffset(CdpView.DUPLEX));
      json.field("duplex", duplex == 0 ? "half" : "full");
    }
    if (view.managementIpVersion() != 0) {
      json.name("address");
      json.valueIp(view.managementIpVersion(), view.managementHigh(), view.managementLow());
    }
    report.end(json.endObject().endObject());
  }

  private static void text(JsonWriter json, String name, CdpView view, int type) {
    if (view.has(type)) {
      int length = textLength(view, type);
      long at = view.valueOffset(type);
      byte[] text = view.segment().asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
      json.name(name).value(text, 0, length);
    }
  }

  /** Bytes of a text that are told, without the zeros that some devices fill it up with. */
  static int textLength(CdpView view, int type) {
    int length = Math.min(CdpProtocol.MOST_TEXT, view.valueLength(type));
    while (length > 0 && Bytes.u8(view.segment(), view.valueOffset(type) + length - 1) == 0) {
      length--;
    }
    return length;
  }

  /**
   * @param bits -1 if there are none
   */
  private static void capabilities(JsonWriter json, long bits) {
    if (bits < 0) {
      return;
    }
    json.name("capabilities").beginArray();
    for (int i = 0; i < CAPABILITIES.length; i++) {
      if ((bits >>> i & 1) != 0) {
        json.value(CAPABILITIES[i]);
      }
    }
    json.endArray();
  }
}
