package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import java.util.StringJoiner;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.CdpView;
import tapwarden.inspect.wire.IpAddress;
import tapwarden.inspect.wire.LldpView;
import tapwarden.inspect.wire.MacAddressText;
import tapwarden.inspect.wire.TlvCursor;

/** Explains what devices tell their neighbours: LLDP, CDP, spanning tree. */
final class DiscoveryExplainer {
  private static final String[] LLDP_CAPABILITIES = {
    "other",
    "repeater",
    "bridge",
    "WLAN access point",
    "router",
    "telephone",
    "DOCSIS cable device",
    "station only",
    "customer VLAN",
    "service VLAN",
    "two-port relay"
  };
  private static final String[] CDP_CAPABILITIES = {
    "router",
    "transparent bridge",
    "source route bridge",
    "switch",
    "host",
    "IGMP capable",
    "repeater",
    "phone",
    "remotely managed",
    "CVTA",
    "two-port relay"
  };

  private final LldpView lldp = new LldpView();
  private final CdpView cdp = new CdpView();
  private final SpanningTreeExplainer spanningTree = new SpanningTreeExplainer();

  int lldp(LayerScope at, Fields out) {
    boolean startsRight = lldp.wrap(at.segment(), at.offset(), at.end());
    if (at.end() - at.offset() < LldpView.MINIMUM_LENGTH) {
      return 0;
    }
    if (!startsRight) {
      out.add("Chassis id", "missing", "it must be the first element");
    }
    TlvCursor elements = lldp.tlvs();
    while (elements.next()) {
      lldpElement(at.segment(), out, elements);
    }
    damage(out, elements);
    return lldp.headerLength();
  }

  private static void lldpElement(MemorySegment segment, Fields out, TlvCursor element) {
    long value = element.valueOffset();
    int length = element.valueLength();
    switch (element.type()) {
      case LldpView.CHASSIS_ID -> id(segment, out, "Chassis id", value, length, true);
      case LldpView.PORT_ID -> id(segment, out, "Port id", value, length, false);
      case LldpView.TIME_TO_LIVE -> out.add("Time to live", seconds(segment, value, length));
      case LldpView.PORT_DESCRIPTION ->
          out.add("Port description", WireText.quoted(segment, value, length));
      case LldpView.SYSTEM_NAME -> out.add("System name", WireText.quoted(segment, value, length));
      case LldpView.SYSTEM_DESCRIPTION ->
          out.add("System description", WireText.quoted(segment, value, length));
      case LldpView.SYSTEM_CAPABILITIES -> lldpCapabilities(segment, out, value, length);
      case LldpView.MANAGEMENT_ADDRESS -> managementAddress(segment, out, value, length);
      case LldpView.ORGANISATION_SPECIFIC -> organisationSpecific(segment, out, value, length);
      default -> out.add("Element " + element.type(), WireText.hex(segment, value, length));
    }
  }

  private static String seconds(MemorySegment segment, long value, int length) {
    return length < 2 ? "missing" : Bytes.u16(segment, value) + " s";
  }

  /** Chassis and port ids number their subtypes differently (802.1AB tables 8-2 and 8-3). */
  private static void id(
      MemorySegment segment, Fields out, String name, long value, int length, boolean chassis) {
    if (length < 2) {
      out.add(name, "missing");
      return;
    }
    int subtype = Bytes.u8(segment, value);
    String kind = chassis ? chassisSubtype(subtype) : portSubtype(subtype);
    long id = value + 1;
    int idLength = length - 1;
    int macSubtype = chassis ? LldpView.CHASSIS_MAC : LldpView.PORT_MAC;
    int addressSubtype = chassis ? LldpView.CHASSIS_NETWORK_ADDRESS : 4;
    if (subtype == macSubtype && idLength == 6) {
      out.add(name, MacAddressText.format(Bytes.u48(segment, id)), kind);
    } else if (subtype == addressSubtype) {
      out.add(name, networkAddress(segment, id, idLength), kind);
    } else if (kind.isEmpty()) {
      out.add(name, WireText.hex(segment, id, idLength), "subtype " + subtype);
    } else {
      out.add(name, WireText.quoted(segment, id, idLength), kind);
    }
  }

  private static String chassisSubtype(int subtype) {
    return switch (subtype) {
      case 1 -> "chassis component";
      case 2 -> "interface alias";
      case 3 -> "port component";
      case 4 -> "MAC address";
      case 5 -> "network address";
      case 6 -> "interface name";
      case 7 -> "assigned by hand";
      default -> "";
    };
  }

  private static String portSubtype(int subtype) {
    return switch (subtype) {
      case 1 -> "interface alias";
      case 2 -> "port component";
      case 3 -> "MAC address";
      case 4 -> "network address";
      case 5 -> "interface name";
      case 6 -> "agent circuit id";
      case 7 -> "assigned by hand";
      default -> "";
    };
  }

  /** A family byte (1 IPv4, 2 IPv6, 6 MAC) and the address. */
  private static String networkAddress(MemorySegment segment, long at, int length) {
    if (length == 5 && Bytes.u8(segment, at) == 1) {
      return IpAddress.v4(Bytes.i32(segment, at + 1)).toString();
    }
    if (length == 17 && Bytes.u8(segment, at) == 2) {
      return ipv6(segment, at + 1);
    }
    if (length == 7 && Bytes.u8(segment, at) == 6) {
      return MacAddressText.format(Bytes.u48(segment, at + 1));
    }
    return WireText.hex(segment, at, length);
  }

  private static String ipv6(MemorySegment segment, long at) {
    return new IpAddress(6, Bytes.i64(segment, at), Bytes.i64(segment, at + 8)).toString();
  }

  private static void lldpCapabilities(MemorySegment segment, Fields out, long value, int length) {
    if (length < 4) {
      out.add("Capabilities", "missing");
      return;
    }
    int able = Bytes.u16(segment, value);
    int enabled = Bytes.u16(segment, value + 2);
    out.hex("Capabilities", able, 4, names(able, LLDP_CAPABILITIES))
        .hex("Enabled capabilities", enabled, 4, names(enabled, LLDP_CAPABILITIES));
  }

  private static String names(long bits, String[] names) {
    StringJoiner set = new StringJoiner(", ");
    for (int i = 0; i < names.length; i++) {
      if ((bits >>> i & 1) != 0) {
        set.add(names[i]);
      }
    }
    return set.toString();
  }

  private static void managementAddress(MemorySegment segment, Fields out, long value, int length) {
    int counted = length == 0 ? 0 : Bytes.u8(segment, value);
    if (counted == 0 || counted > length - 1) {
      out.add("Management address", "missing");
    } else {
      out.add("Management address", networkAddress(segment, value + 1, counted));
    }
  }

  private static void organisationSpecific(
      MemorySegment segment, Fields out, long value, int length) {
    if (length < 4) {
      out.add("Organisation-specific", WireText.hex(segment, value, length));
      return;
    }
    String organisation =
        switch (Bytes.u24(segment, value)) {
          case 0x0080C2 -> "IEEE 802.1";
          case 0x00120F -> "IEEE 802.3";
          case 0x0012BB -> "TIA (media endpoint discovery)";
          case 0x000ECF -> "PROFIBUS International";
          default -> Fields.hexText(Bytes.u24(segment, value), 6);
        };
    out.add(
        "Organisation-specific",
        organisation + ", subtype " + Bytes.u8(segment, value + 3),
        WireText.hex(segment, value + 4, length - 4));
  }

  int cdp(LayerScope at, Fields out) {
    if (!cdp.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Version", cdp.version())
        .count("Time to live", cdp.timeToLiveSeconds(), "s")
        .hex("Checksum", cdp.checksum(), 4);
    TlvCursor elements = cdp.tlvs();
    while (elements.next()) {
      cdpElement(at.segment(), out, elements);
    }
    damage(out, elements);
    if (cdp.managementIpVersion() != 0) {
      out.ip(
          "Address of the device",
          cdp.managementIpVersion(),
          cdp.managementHigh(),
          cdp.managementLow());
    }
    return cdp.headerLength();
  }

  private static void cdpElement(MemorySegment segment, Fields out, TlvCursor element) {
    long value = element.valueOffset();
    int length = element.valueLength();
    int type = element.type();
    String name = cdpName(type);
    if (isCdpText(type)) {
      out.add(name, WireText.quoted(segment, value, length));
    } else if (type == CdpView.CAPABILITIES && length >= 4) {
      long bits = Bytes.u32(segment, value);
      out.hex(name, bits, 8, names(bits, CDP_CAPABILITIES));
    } else if (type == CdpView.NATIVE_VLAN && length >= 2) {
      out.number(name, Bytes.u16(segment, value));
    } else if (type == CdpView.DUPLEX && length >= 1) {
      out.add(name, Bytes.u8(segment, value) == 0 ? "half" : "full");
    } else {
      out.add(name, WireText.hex(segment, value, length));
    }
  }

  private static boolean isCdpText(int type) {
    return switch (type) {
      case CdpView.DEVICE_ID,
          CdpView.PORT_ID,
          CdpView.SOFTWARE_VERSION,
          CdpView.PLATFORM,
          CdpView.VTP_DOMAIN,
          CdpView.SYSTEM_NAME ->
          true;
      default -> false;
    };
  }

  private static String cdpName(int type) {
    return switch (type) {
      case CdpView.DEVICE_ID -> "Device id";
      case CdpView.ADDRESSES -> "Addresses";
      case CdpView.PORT_ID -> "Port id";
      case CdpView.CAPABILITIES -> "Capabilities";
      case CdpView.SOFTWARE_VERSION -> "Software version";
      case CdpView.PLATFORM -> "Platform";
      case 0x07 -> "IP prefixes";
      case 0x08 -> "Protocol hello";
      case CdpView.VTP_DOMAIN -> "VTP domain";
      case CdpView.NATIVE_VLAN -> "Native VLAN";
      case CdpView.DUPLEX -> "Duplex";
      case 0x0E -> "Voice VLAN reply";
      case 0x0F -> "Voice VLAN query";
      case 0x10 -> "Power consumption";
      case 0x12 -> "Trust";
      case CdpView.SYSTEM_NAME -> "System name";
      case 0x15 -> "System object id";
      case CdpView.MANAGEMENT_ADDRESSES -> "Management addresses";
      case 0x17 -> "Location";
      case 0x19 -> "Power requested";
      case 0x1A -> "Power available";
      default -> "Element " + Fields.hexText(type, 4);
    };
  }

  private static void damage(Fields out, TlvCursor elements) {
    if (elements.isDamaged()) {
      out.add(
          "Element " + elements.type(), "not readable", "it runs over the end, or is one too many");
    }
  }

  int spanningTree(LayerScope at, Fields out) {
    return spanningTree.explain(at, out);
  }
}
