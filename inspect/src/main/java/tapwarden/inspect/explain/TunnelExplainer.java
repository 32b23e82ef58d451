package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.ErspanView;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.GreView;
import tapwarden.inspect.wire.GtpuView;
import tapwarden.inspect.wire.TeredoView;

/** Explains GRE, ERSPAN, GTP and Teredo. */
final class TunnelExplainer {
  private static final int GRE_SEQUENCE = 0x1000;
  private static final int GRE_PROTOCOL = 2;
  private static final int GTP_2_LENGTH = 8;
  private static final int GTP_2_TEID = 0x08;

  private final GreView gre = new GreView();
  private final ErspanView erspan = new ErspanView();
  private final GtpuView gtp = new GtpuView();
  private final TeredoView teredo = new TeredoView();

  int gre(LayerScope at, Fields out) {
    if (!gre.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.hex("Flags and version", gre.flags(), 4, greFlags())
        .number("Version", gre.version(), gre.version() == 1 ? "PPTP" : "")
        .hex("Protocol", gre.protocolType(), 4, LinkNames.etherType(gre.protocolType()));
    if (gre.version() == 1) {
      out.number("Call id", gre.callId());
    } else if (gre.isNvgre()) {
      out.number("Virtual subnet id", gre.virtualSubnetId(), "NVGRE");
    } else if (gre.hasKey()) {
      out.hex("Key", gre.key(), 8);
    }
    if (gre.hasSequence()) {
      out.number("Sequence", gre.sequence());
    }
    return gre.headerLength();
  }

  private String greFlags() {
    StringBuilder present = new StringBuilder();
    if (gre.hasChecksum()) {
      present.append(" checksum");
    }
    if (gre.hasKey()) {
      present.append(" key");
    }
    if (gre.hasSequence()) {
      present.append(" sequence");
    }
    return present.isEmpty() ? "no optional fields" : "with" + present;
  }

  int erspan(LayerScope at, Fields out) {
    boolean read =
        isTypeOne(at)
            ? erspan.wrapTypeOne(at.segment(), at.offset(), at.end())
            : erspan.wrap(at.segment(), at.offset(), at.end());
    if (!read) {
      return 0;
    }
    out.number("Type", erspan.type());
    if (erspan.type() == ErspanView.TYPE_I) {
      out.add("Header", "none", "the mirrored frame follows GRE at once");
      return 0;
    }
    out.number("VLAN", erspan.vlan(), "of the mirrored frame")
        .number("Class of service", erspan.classOfService())
        .flag("Truncated", erspan.isTruncated(), "the mirrored frame was cut")
        .number("Session id", erspan.sessionId());
    if (erspan.type() == ErspanView.TYPE_II) {
      out.number("Index", erspan.index());
    } else {
      out.number("Timestamp", erspan.timestamp(), granularity(erspan.granularity()))
          .number("Security group", erspan.securityGroup())
          .add("Direction", erspan.isEgress() ? "egress" : "ingress")
          .add(
              "Frame type",
              Integer.toString(erspan.payloadType()),
              erspan.payloadType() == ErspanView.FRAME_TYPE_IP ? "IP" : "Ethernet")
          .flag("Subheader", erspan.hasSubheader(), "8 bytes of the platform follow");
    }
    return erspan.headerLength();
  }

  /** GRE with protocol 0x88BE and no sequence number carries type I, which has no header. */
  private static boolean isTypeOne(LayerScope at) {
    if (at.previous() != Layer.GRE) {
      return false;
    }
    int flags = Bytes.u16(at.segment(), at.previousOffset());
    int protocol = Bytes.u16(at.segment(), at.previousOffset() + GRE_PROTOCOL);
    return protocol == EtherType.ERSPAN && (flags & GRE_SEQUENCE) == 0;
  }

  private static String granularity(int granularity) {
    return switch (granularity) {
      case 0 -> "in units of 100 µs";
      case 1 -> "in units of 100 ns";
      case 2 -> "as IEEE 1588";
      default -> "unit in the subheader";
    };
  }

  int gtp(LayerScope at, Fields out) {
    if (!gtp.wrap(at.segment(), at.offset(), at.end())) {
      return gtpVersion2(at, out);
    }
    out.number("Version", gtp.version())
        .hex("Flags", gtp.flags(), 2)
        .number("Message type", gtp.messageType(), TunnelNames.gtpMessage(gtp.messageType()))
        .count("Length", gtp.length(), "bytes")
        .hex("Tunnel endpoint id", gtp.teid(), 8);
    if (gtp.hasSequence()) {
      out.number("Sequence", gtp.sequence());
    }
    if (gtp.hasNpduNumber()) {
      out.number("N-PDU number", gtp.npduNumber());
    }
    for (int i = 0; i < gtp.extensionCount(); i++) {
      int type = gtp.extensionType(i);
      out.group("Extension header", Fields.hexText(type, 2), TunnelNames.gtpExtension(type))
          .add(
              "Content",
              WireText.hex(at.segment(), gtp.extensionOffset(i), gtp.extensionLength(i)));
    }
    if (gtp.qosFlowId() >= 0) {
      out.number("QoS flow id", gtp.qosFlowId());
    }
    return gtp.headerLength();
  }

  /** TS 29.274 section 5.1: the tunnel endpoint id is there only with the T flag. */
  private static int gtpVersion2(LayerScope at, Fields out) {
    long o = at.offset();
    if (at.end() - o < GTP_2_LENGTH || Bytes.u8(at.segment(), o) >>> 5 != 2) {
      return 0;
    }
    int flags = Bytes.u8(at.segment(), o);
    int type = Bytes.u8(at.segment(), o + 1);
    boolean hasTeid = (flags & GTP_2_TEID) != 0;
    out.number("Version", 2, "control plane")
        .hex("Flags", flags, 2)
        .number("Message type", type, TunnelNames.gtp2Message(type))
        .count("Length", Bytes.u16(at.segment(), o + 2), "bytes");
    if (!hasTeid) {
      out.number("Sequence", Bytes.u24(at.segment(), o + 4));
      return GTP_2_LENGTH;
    }
    out.hex("Tunnel endpoint id", Bytes.u32(at.segment(), o + 4), 8);
    if (at.end() - o < GTP_2_LENGTH + 4) {
      return GTP_2_LENGTH;
    }
    out.number("Sequence", Bytes.u24(at.segment(), o + 8));
    return GTP_2_LENGTH + 4;
  }

  int teredo(LayerScope at, Fields out) {
    if (!teredo.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.flag("Authentication", teredo.hasAuthentication(), "an authentication indication leads");
    if (teredo.hasOrigin()) {
      out.number("Origin port", teredo.originPort()).ipv4("Origin address", teredo.originAddress());
    } else {
      out.add("Origin indication", "none");
    }
    return teredo.headerLength();
  }
}
