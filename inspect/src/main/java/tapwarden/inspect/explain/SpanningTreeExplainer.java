package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import java.util.StringJoiner;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.MacAddressText;

/** Explains a bridge protocol data unit (IEEE 802.1D-2004 section 9.3). */
final class SpanningTreeExplainer {
  private static final int HEAD_LENGTH = 4;
  private static final int CONFIGURATION_LENGTH = 35;
  private static final int TYPE_TOPOLOGY_CHANGE = 0x80;
  private static final int AGE_UNITS_PER_SECOND = 256;

  int explain(LayerScope at, Fields out) {
    long available = at.end() - at.offset();
    if (available < HEAD_LENGTH) {
      return 0;
    }
    MemorySegment s = at.segment();
    long o = at.offset();
    int type = Bytes.u8(s, o + 3);
    out.hex("Protocol", Bytes.u16(s, o), 4)
        .number("Version", Bytes.u8(s, o + 2), version(Bytes.u8(s, o + 2)))
        .hex("Type", type, 2, type(type));
    if (type == TYPE_TOPOLOGY_CHANGE || available < CONFIGURATION_LENGTH) {
      return HEAD_LENGTH;
    }
    out.hex("Flags", Bytes.u8(s, o + 4), 2, flags(Bytes.u8(s, o + 4)))
        .add("Root bridge", bridge(s, o + 5))
        .number("Cost to the root", Bytes.u32(s, o + 13))
        .add("Bridge", bridge(s, o + 17))
        .hex("Port", Bytes.u16(s, o + 25), 4)
        .add("Message age", seconds(s, o + 27))
        .add("Maximum age", seconds(s, o + 29))
        .add("Hello time", seconds(s, o + 31))
        .add("Forward delay", seconds(s, o + 33));
    return CONFIGURATION_LENGTH;
  }

  private static String version(int version) {
    return switch (version) {
      case 0 -> "spanning tree";
      case 2 -> "rapid spanning tree";
      case 3 -> "multiple spanning tree";
      case 4 -> "shortest path bridging";
      default -> "";
    };
  }

  private static String type(int type) {
    return switch (type) {
      case 0x00 -> "configuration";
      case 0x02 -> "rapid or multiple spanning tree";
      case TYPE_TOPOLOGY_CHANGE -> "topology change notification";
      default -> "";
    };
  }

  private static String flags(int flags) {
    StringJoiner set = new StringJoiner(", ");
    if ((flags & 0x01) != 0) {
      set.add("topology change");
    }
    if ((flags & 0x02) != 0) {
      set.add("proposal");
    }
    String role =
        switch (flags >>> 2 & 3) {
          case 1 -> "alternate or backup port";
          case 2 -> "root port";
          case 3 -> "designated port";
          default -> "";
        };
    if (!role.isEmpty()) {
      set.add(role);
    }
    if ((flags & 0x10) != 0) {
      set.add("learning");
    }
    if ((flags & 0x20) != 0) {
      set.add("forwarding");
    }
    if ((flags & 0x40) != 0) {
      set.add("agreement");
    }
    if ((flags & 0x80) != 0) {
      set.add("topology change acknowledged");
    }
    return set.toString();
  }

  /** Priority in steps of 4096, system id extension (the VLAN), address. */
  private static String bridge(MemorySegment segment, long at) {
    int first = Bytes.u16(segment, at);
    return "priority %d, extension %d, %s"
        .formatted(
            first & 0xF000, first & 0xFFF, MacAddressText.format(Bytes.u48(segment, at + 2)));
  }

  private static String seconds(MemorySegment segment, long at) {
    int units = Bytes.u16(segment, at);
    return units % AGE_UNITS_PER_SECOND == 0
        ? units / AGE_UNITS_PER_SECOND + " s"
        : units + "/" + AGE_UNITS_PER_SECOND + " s";
  }
}
