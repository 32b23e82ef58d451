package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import java.util.StringJoiner;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.TcpView;

/** Explains TCP with its flags and options. */
final class TcpExplainer {
  private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
  private static final int HANDSHAKE =
      TcpView.SYN | TcpView.ACK | TcpView.RST | TcpView.FIN | TcpView.URG;

  private final TcpView tcp = new TcpView();

  int tcp(LayerScope at, Fields out) {
    if (!tcp.wrap(at.segment(), at.offset(), at.end())) {
      return TransportExplainer.portsOnly(at, out);
    }
    int flags = tcp.flags();
    TransportExplainer.ports(out, tcp.sourcePort(), tcp.destinationPort());
    out.number("Sequence", tcp.sequence(), "as on the wire")
        .number(
            "Acknowledgment",
            tcp.acknowledgment(),
            (flags & TcpView.ACK) != 0 ? "next byte expected" : "unused, ACK is not set")
        .count("Header length", tcp.headerLength(), "bytes")
        .add("Flags", flagNames(flags) + " (" + Fields.hexText(flags, 2) + ")", meaning(at, flags))
        .number(
            "Window", tcp.window(), (flags & TcpView.SYN) != 0 ? "not scaled" : "before scaling")
        .hex("Checksum", tcp.checksum(), 4, ChecksumWords.ofTransport(at))
        .number(
            "Urgent pointer",
            tcp.urgentPointer(),
            (flags & TcpView.URG) != 0 ? "" : "unused, URG is not set");
    options(at, out);
    return tcp.headerLength();
  }

  private static String flagNames(int flags) {
    StringJoiner names = new StringJoiner(" ");
    for (int bit = 0; bit < FLAGS.length; bit++) {
      if ((flags >>> bit & 1) != 0) {
        names.add(FLAGS[bit]);
      }
    }
    return flags == 0 ? "none" : names.toString();
  }

  private static String meaning(LayerScope at, int flags) {
    int core = flags & HANDSHAKE;
    if (core == 0) {
      return flags == 0
          ? "a probe, no real connection sends this"
          : "without ACK: not a valid segment";
    }
    if (core == TcpView.SYN) {
      return "the client opens a connection";
    }
    if (core == (TcpView.SYN | TcpView.ACK)) {
      return "the server answers the handshake";
    }
    if ((core & TcpView.SYN) != 0) {
      return "a combination that no real connection has";
    }
    if ((core & TcpView.RST) != 0) {
      return (core & TcpView.ACK) != 0
          ? "the connection is refused or broken off"
          : "the connection is broken off";
    }
    if ((core & TcpView.FIN) != 0) {
      return "the sender has nothing more to send";
    }
    boolean innermost = at.packet().transportOffset() == at.offset();
    if (innermost && at.packet().wirePayloadLength() == 0) {
      return "acknowledges";
    }
    return (flags & TcpView.PSH) != 0 ? "data, to be handed over at once" : "data";
  }

  private void options(LayerScope at, Fields out) {
    MemorySegment segment = at.segment();
    long end = at.offset() + tcp.headerLength();
    long option = tcp.optionsOffset();
    while (option < end) {
      int kind = Bytes.u8(segment, option);
      if (kind == TcpView.END_OF_OPTIONS) {
        out.add("Option", "end of options");
        return;
      }
      if (kind == TcpView.NO_OPERATION) {
        out.add("Option", "no operation", "padding");
        option++;
        continue;
      }
      int length = end - option < 2 ? 0 : Bytes.u8(segment, option + 1);
      if (length < 2 || length > end - option) {
        out.add("Option", IpNames.tcpOption(kind), "its length is wrong");
        return;
      }
      out.add("Option", IpNames.tcpOption(kind), optionValue(segment, option, kind, length));
      option += length;
    }
  }

  private static String optionValue(MemorySegment segment, long option, int kind, int length) {
    long value = option + 2;
    if (kind == TcpView.MAXIMUM_SEGMENT_SIZE && length == 4) {
      return Bytes.u16(segment, value) + " bytes";
    }
    if (kind == TcpView.WINDOW_SCALE && length == 3) {
      int shift = Bytes.u8(segment, value);
      return shift <= 14 ? "windows count " + (1 << shift) + " bytes" : shift + ", above 14";
    }
    if (kind == TcpView.TIMESTAMPS && length == 10) {
      return Bytes.u32(segment, value) + ", echoes " + Bytes.u32(segment, value + 4);
    }
    if (kind == TcpView.SACK && length % 8 == 2) {
      StringJoiner blocks = new StringJoiner(", ");
      for (long block = value; block < option + length; block += 8) {
        blocks.add(Bytes.u32(segment, block) + " to " + Bytes.u32(segment, block + 4));
      }
      return blocks.toString();
    }
    return WireText.hex(segment, value, length - 2);
  }
}
