package tapwarden.inspect.explain;

import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.SctpView;
import tapwarden.inspect.wire.UdpView;

/** Explains UDP, UDP-Lite, and SCTP with its chunks. */
final class TransportExplainer {
  private static final int PORTS_LENGTH = 4;

  private final UdpView udp = new UdpView();
  private final SctpView sctp = new SctpView();

  static void ports(Fields out, int source, int destination) {
    out.number("Source port", source, PortNames.of(source))
        .number("Destination port", destination, PortNames.of(destination));
  }

  /** For a header of which no more than its ports was captured. */
  static int portsOnly(LayerScope at, Fields out) {
    if (at.end() - at.offset() < PORTS_LENGTH) {
      return 0;
    }
    ports(out, Bytes.u16(at.segment(), at.offset()), Bytes.u16(at.segment(), at.offset() + 2));
    return PORTS_LENGTH;
  }

  int udp(LayerScope at, Fields out) {
    if (!udp.wrap(at.segment(), at.offset(), at.end())) {
      return portsOnly(at, out);
    }
    ports(out, udp.sourcePort(), udp.destinationPort());
    out.count("Length", udp.length(), "bytes")
        .hex("Checksum", udp.checksum(), 4, ChecksumWords.ofTransport(at));
    return UdpView.LENGTH;
  }

  int udpLite(LayerScope at, Fields out) {
    if (!udp.wrap(at.segment(), at.offset(), at.end())) {
      return portsOnly(at, out);
    }
    ports(out, udp.sourcePort(), udp.destinationPort());
    out.number("Checksum coverage", udp.length(), udp.length() == 0 ? "the whole packet" : "bytes")
        .hex("Checksum", udp.checksum(), 4);
    return UdpView.LENGTH;
  }

  int sctp(LayerScope at, Fields out) {
    if (!sctp.wrap(at.segment(), at.offset(), at.end())) {
      return portsOnly(at, out);
    }
    ports(out, sctp.sourcePort(), sctp.destinationPort());
    out.hex("Verification tag", sctp.verificationTag(), 8).hex("Checksum", sctp.checksum(), 8);
    int explained = SctpView.LENGTH;
    for (int chunk = 0; chunk < Fields.MAX_FIELDS && sctp.nextChunk(); chunk++) {
      chunk(at, out);
      explained = (int) (sctp.chunkOffset() + sctp.chunkLength() - at.offset());
    }
    return explained;
  }

  private void chunk(LayerScope at, Fields out) {
    int type = sctp.chunkType();
    Fields parts = out.group("Chunk", Integer.toString(type), IpNames.sctpChunk(type));
    parts.hex("Flags", sctp.chunkFlags(), 2).count("Length", sctp.chunkLength(), "bytes");
    long value = sctp.chunkOffset() + SctpView.CHUNK_HEADER_LENGTH;
    int length = sctp.chunkLength() - SctpView.CHUNK_HEADER_LENGTH;
    if (sctp.isData()) {
      parts
          .number("Transmission sequence", sctp.dataSequence())
          .number("Stream", sctp.dataStream())
          .number("Payload protocol", sctp.dataProtocol(), IpNames.sctpPayload(sctp.dataProtocol()))
          .add("Data", WireText.hex(at.segment(), sctp.dataOffset(), sctp.dataLength()));
    } else if (length > 0) {
      parts.add("Value", WireText.hex(at.segment(), value, length));
    }
  }
}
