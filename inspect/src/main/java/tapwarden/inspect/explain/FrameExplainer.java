package tapwarden.inspect.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Malformation;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;

/**
 * Says in words what a frame consists of: each layer that the decoder finds with every field, what
 * the protocol above it says in this one packet, what is malformed, and the rest as hexadecimal. It
 * explains what the decoder saw, so what it prints is what is inspected. No frame makes it throw,
 * and the text is bounded and harmless to a terminal. One explainer serves one thread.
 */
public final class FrameExplainer {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final LayerExplainers explainers = new LayerExplainers();
  private final DnsExplainer dns = new DnsExplainer();
  private final PayloadExplainer payload = new PayloadExplainer();
  private final MacVendor vendors;

  /**
   * @param vendors names the organisations behind hardware addresses
   */
  public FrameExplainer(MacVendor vendors) {
    this.vendors = vendors;
  }

  public FrameExplanation explain(Frame frame) {
    decoder.decode(frame, packet);
    List<ExplainedLayer> layers = new ArrayList<>();
    long explained = packet.frameOffset();
    for (int i = 0; i < packet.layerCount(); i++) {
      ExplainedLayer layer = layer(new LayerScope(packet, i, dataEnd(packet.layerOffset(i))));
      layers.add(layer);
      explained = Math.max(explained, packet.frameOffset() + layer.offset() + layer.length());
    }
    if (explained == packet.payloadOffset() && DnsExplainer.applies(packet)) {
      explained = addDns(layers, explained);
    }
    if (explained == packet.payloadOffset()) {
      addPayload(layers);
    }
    return new FrameExplanation(
        frame.number(),
        timestamp(frame.timestampNanos()),
        frame.wireLength(),
        frame.capturedLength(),
        LinkNames.linkType(frame.linkType()),
        layers,
        faults(),
        remains(explained));
  }

  private ExplainedLayer layer(LayerScope at) {
    Fields fields = new Fields(vendors);
    long next = at.isLast() ? packet.frameEnd() : packet.layerOffset(at.index() + 1);
    int room = (int) Math.max(0, next - at.offset());
    int length = Math.min(room, explainers.explain(at, fields));
    if (fields.isEmpty()) {
      fields.add("Header", "not readable", "it is cut or contradicts itself");
    }
    Layer layer = at.layer();
    return new ExplainedLayer(
        layer.id(),
        LayerExplainers.title(layer),
        (int) (at.offset() - packet.frameOffset()),
        length,
        fields.build());
  }

  /** A message at the beginning of the payload; the decoder stops at the transport. */
  private long addDns(List<ExplainedLayer> layers, long explained) {
    Fields fields = new Fields(vendors);
    int length = dns.explain(packet, fields);
    if (length == 0) {
      return explained;
    }
    layers.add(
        new ExplainedLayer(
            DnsExplainer.ID,
            DnsExplainer.title(packet),
            (int) (packet.payloadOffset() - packet.frameOffset()),
            length,
            fields.build()));
    return packet.payloadOffset() + length;
  }

  /** The bytes are shown all the same: a reader tells what matters, not each of them. */
  private void addPayload(List<ExplainedLayer> layers) {
    ExplainedLayer layer = payload.explain(packet, vendors);
    if (layer != null) {
      layers.add(layer);
    }
  }

  private List<ExplainedFault> faults() {
    List<ExplainedFault> faults = new ArrayList<>();
    for (long set = packet.malformations(); set != 0; set &= set - 1) {
      Malformation malformation = Malformation.at(Long.numberOfTrailingZeros(set));
      faults.add(new ExplainedFault(malformation.id(), malformation.sentence()));
    }
    return faults;
  }

  /** Data up to where the headers say that it ends, and what the frame has behind it. */
  private List<ExplainedBytes> remains(long explained) {
    long dataEnd = Math.min(Math.max(explained, dataEnd(explained)), packet.frameEnd());
    List<ExplainedBytes> remains = new ArrayList<>();
    addBytes(remains, packet.isFragment() ? "Data of a fragment" : "Data", explained, dataEnd);
    addBytes(remains, "Padding or trailer", dataEnd, packet.frameEnd());
    return remains;
  }

  /** Where the headers say that the data ends, so that padding is not taken for it. */
  private long dataEnd(long from) {
    long end = packet.payloadOffset() + packet.payloadLength();
    return end < from ? packet.frameEnd() : end;
  }

  private void addBytes(List<ExplainedBytes> remains, String title, long from, long to) {
    if (to > from) {
      int length = (int) (to - from);
      remains.add(
          new ExplainedBytes(
              title,
              (int) (from - packet.frameOffset()),
              length,
              HexDump.lines(packet.segment(), from, length)));
    }
  }

  private static String timestamp(long nanos) {
    return UTC.format(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
  }
}
