package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.L2tpView;
import tapwarden.inspect.wire.TlvCursor;

/** Explains L2TP: version 2 with its attributes, version 3 as far as no session must be known. */
final class L2tpExplainer {
  private static final int SESSION_LENGTH = 4;
  private static final int VERSION_3_LENGTH = 8;
  private static final int CONTROL_FLAG = 0x8000;

  private final L2tpView l2tp = new L2tpView();

  int l2tp(LayerScope at, Fields out) {
    if (at.previous() != Layer.UDP) {
      return version3OverIp(at, out);
    }
    if (!l2tp.wrap(at.segment(), at.offset(), at.end())) {
      return version3OverUdp(at, out);
    }
    out.hex(
            "Flags and version",
            l2tp.flags(),
            4,
            l2tp.isControl() ? "control" : "data, PPP follows")
        .flag("Priority", l2tp.isPriority(), "to be handled first");
    if (l2tp.hasLength()) {
      out.count("Length", l2tp.length(), "bytes");
    }
    out.number("Tunnel id", l2tp.tunnelId()).number("Session id", l2tp.sessionId());
    if (l2tp.hasSequence()) {
      out.number("Sequence sent", l2tp.sent()).number("Sequence expected", l2tp.expected());
    }
    if (!l2tp.isControl()) {
      return l2tp.headerLength();
    }
    if (l2tp.messageType() >= 0) {
      out.number("Message type", l2tp.messageType(), TunnelNames.l2tpMessage(l2tp.messageType()));
    }
    TlvCursor attributes = l2tp.attributes();
    while (attributes.next()) {
      out.add(
          TunnelNames.l2tpAttribute(attributes.type()),
          TunnelNames.isL2tpText(attributes.type())
              ? WireText.quoted(at.segment(), attributes.valueOffset(), attributes.valueLength())
              : WireText.hex(at.segment(), attributes.valueOffset(), attributes.valueLength()));
    }
    return (int) (attributes.position() - at.offset());
  }

  /** RFC 3931 section 4.1.2.1: flags and version, then a session id or a control connection id. */
  private static int version3OverUdp(LayerScope at, Fields out) {
    long o = at.offset();
    if (at.end() - o < VERSION_3_LENGTH || L2tpView.version(at.segment(), o, at.end()) != 3) {
      return 0;
    }
    int flags = Bytes.u16(at.segment(), o);
    boolean control = (flags & CONTROL_FLAG) != 0;
    out.number("Version", 3)
        .hex("Flags and version", flags, 4, control ? "control" : "data")
        .hex(control ? "Control connection id" : "Session id", Bytes.u32(at.segment(), o + 4), 8);
    return VERSION_3_LENGTH;
  }

  /** RFC 3931 section 4.1.1: a session id; 0 is a control message. */
  private static int version3OverIp(LayerScope at, Fields out) {
    if (at.end() - at.offset() < SESSION_LENGTH) {
      return 0;
    }
    long session = Bytes.u32(at.segment(), at.offset());
    out.number("Version", 3).hex("Session id", session, 8, session == 0 ? "control" : "data");
    return SESSION_LENGTH;
  }
}
