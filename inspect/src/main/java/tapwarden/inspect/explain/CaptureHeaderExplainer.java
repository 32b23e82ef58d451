package tapwarden.inspect.explain;

import tapwarden.inspect.wire.NflogView;
import tapwarden.inspect.wire.NullLoopView;
import tapwarden.inspect.wire.Sll2View;
import tapwarden.inspect.wire.SllView;
import tapwarden.inspect.wire.TlvCursor;

/** Explains the headers that a capturing machine puts before a packet in place of a link layer. */
final class CaptureHeaderExplainer {
  private final SllView sll = new SllView();
  private final Sll2View sll2 = new Sll2View();
  private final NullLoopView nullLoop = new NullLoopView();
  private final NflogView nflog = new NflogView();

  int sll(LayerScope at, Fields out) {
    if (!sll.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Packet type", sll.packetType(), LinkNames.packetType(sll.packetType()))
        .number("Device type", sll.arphrd(), LinkNames.hardware(sll.arphrd()))
        .count("Address length", sll.addressLength(), "bytes");
    if (sll.hasMac()) {
      out.mac("Source", sll.sourceMac());
    } else {
      out.add("Address", WireText.hex(at.segment(), at.offset() + 6, 8));
    }
    out.hex("Protocol", sll.protocol(), 4, cookedProtocol(sll.payloadType()));
    return sll.headerLength();
  }

  int sll2(LayerScope at, Fields out) {
    if (!sll2.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.hex("Protocol", sll2.protocol(), 4, cookedProtocol(sll2.payloadType()))
        .number("Interface index", sll2.interfaceIndex())
        .number("Device type", sll2.arphrd(), LinkNames.hardware(sll2.arphrd()))
        .number("Packet type", sll2.packetType(), LinkNames.packetType(sll2.packetType()))
        .count("Address length", sll2.addressLength(), "bytes");
    if (sll2.hasMac()) {
      out.mac("Source", sll2.sourceMac());
    } else {
      out.add("Address", WireText.hex(at.segment(), at.offset() + 12, 8));
    }
    return sll2.headerLength();
  }

  private static String cookedProtocol(int payloadType) {
    return switch (payloadType) {
      case SllView.NO_ETHER_TYPE -> "meaning depends on the device";
      case SllView.NOVELL_802_3 -> "IEEE 802.3 without LLC";
      case SllView.LLC -> "LLC";
      default -> LinkNames.etherType(payloadType);
    };
  }

  int nullLoop(LayerScope at, Fields out) {
    if (!nullLoop.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int type = nullLoop.payloadType();
    out.number(
        "Address family",
        nullLoop.family(),
        type == NullLoopView.NO_ETHER_TYPE ? "" : LinkNames.etherType(type));
    return nullLoop.headerLength();
  }

  int nflog(LayerScope at, Fields out) {
    if (!nflog.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Address family", nflog.family(), family(nflog.family()))
        .number("Group", nflog.resourceId());
    if (nflog.hardwareProtocol() != NflogView.NO_ETHER_TYPE) {
      int protocol = nflog.hardwareProtocol();
      out.hex("Hardware protocol", protocol, 4, LinkNames.etherType(protocol));
    }
    if (nflog.hook() >= 0) {
      out.number("Hook", nflog.hook(), hook(nflog.hook()));
    }
    TlvCursor attributes = nflog.tlvs();
    while (attributes.next()) {
      attribute(at, out, attributes);
    }
    return nflog.headerLength();
  }

  private static void attribute(LayerScope at, Fields out, TlvCursor attribute) {
    String name = attributeName(attribute.type());
    int length = attribute.valueLength();
    if (attribute.type() == NflogView.PAYLOAD) {
      out.count(name, length, "bytes");
    } else if (attribute.type() == NflogView.PREFIX) {
      out.add(
          name, WireText.quoted(at.segment(), attribute.valueOffset(), Math.max(0, length - 1)));
    } else {
      out.add(name, WireText.hex(at.segment(), attribute.valueOffset(), length));
    }
  }

  private static String attributeName(int type) {
    return switch (type) {
      case NflogView.PACKET_HEADER -> "Packet header";
      case NflogView.MARK -> "Mark";
      case NflogView.TIMESTAMP -> "Timestamp";
      case NflogView.INPUT_DEVICE -> "Input device";
      case NflogView.OUTPUT_DEVICE -> "Output device";
      case 6 -> "Physical input device";
      case 7 -> "Physical output device";
      case NflogView.HARDWARE_ADDRESS -> "Hardware address";
      case NflogView.PAYLOAD -> "Payload";
      case NflogView.PREFIX -> "Prefix";
      case NflogView.UID -> "User id";
      case 12 -> "Sequence";
      case 13 -> "Global sequence";
      case 14 -> "Group id";
      case NflogView.HARDWARE_TYPE -> "Hardware type";
      case 16 -> "Hardware header";
      case 17 -> "Hardware header length";
      default -> "Attribute " + type;
    };
  }

  private static String family(int family) {
    return switch (family) {
      case NflogView.AF_INET -> "IPv4";
      case NflogView.AF_INET6 -> "IPv6";
      case NflogView.AF_BRIDGE -> "bridge";
      default -> "";
    };
  }

  private static String hook(int hook) {
    return switch (hook) {
      case 0 -> "prerouting";
      case 1 -> "input";
      case 2 -> "forward";
      case 3 -> "output";
      case 4 -> "postrouting";
      default -> "";
    };
  }

  int rawIp(Fields out) {
    out.add("Header", "none", "the frame starts with the IP header");
    return 0;
  }

  int unsupported(LayerScope at, Fields out) {
    out.add("Link type", Integer.toString(at.packet().linkType()), "not decoded");
    return 0;
  }
}
