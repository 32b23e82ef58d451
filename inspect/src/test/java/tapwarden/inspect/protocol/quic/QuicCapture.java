package tapwarden.inspect.protocol.quic;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.IpProtocol;

/**
 * What QUIC says of a capture: each datagram of UDP is shown until one is recognised, and the
 * flow's reader hears the rest. The client is who sent first.
 */
final class QuicCapture {
  /** One flow of UDP. */
  static final class Flow {
    final String name;
    final RecordingReport report = new RecordingReport(IpProtocol.UDP, 50_000, 443);
    @Nullable DatagramReader reader;
    Recognition recognition = Recognition.NO;
    boolean over;

    Flow(String name) {
      this.name = name;
    }
  }

  final List<Flow> flows = new ArrayList<>();

  private final Map<String, Flow> byClient = new LinkedHashMap<>();
  private final StreamMemory memory = new StreamMemory(1 << 24);
  private final QuicProtocol protocol =
      new QuicProtocol(new ProtocolContext(memory, new CounterBlock()));
  private final Opening opening = new Opening();

  static QuicCapture of(Path capture) throws IOException {
    QuicCapture all = new QuicCapture();
    try (SequenceSource source = SequenceSource.open(List.of(capture.toString()), false)) {
      all.read(source);
    } catch (CaptureFormatException refused) {
      // No capture to this reader: there is nothing in it, so that the comparison tells.
    }
    for (Flow flow : all.flows) {
      if (flow.reader != null) {
        flow.reader.close(flow.report);
      }
    }
    if (all.memory.usedBytes() != 0) {
      throw new AssertionError("memory kept: " + all.memory.usedBytes());
    }
    return all;
  }

  private void read(PacketSource source) throws IOException {
    FrameBatch batch = new FrameBatch(1_024, 1 << 20);
    PacketDecoder decoder = new PacketDecoder();
    Frame frame = new Frame();
    Packet packet = new Packet();
    int read = 0;
    while (read != PacketSource.END) {
      batch.clear();
      read = source.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        decoder.decode(batch.frame(i, frame), packet);
        if (packet.hasPorts() && packet.protocol() == IpProtocol.UDP) {
          take(packet);
        }
      }
    }
  }

  private void take(Packet packet) {
    String source = end(packet.sourceHigh(), packet.sourceLow(), packet.sourcePort());
    String destination =
        end(packet.destinationHigh(), packet.destinationLow(), packet.destinationPort());
    Flow flow = byClient.get(destination + " " + source);
    boolean toServer = flow == null;
    if (flow == null) {
      flow = byClient.get(source + " " + destination);
    }
    if (flow == null) {
      flow = new Flow(source + " " + destination);
      byClient.put(flow.name, flow);
      flows.add(flow);
    }
    give(flow, toServer, packet);
  }

  private void give(Flow flow, boolean toServer, Packet packet) {
    MemorySegment segment = packet.segment();
    long offset = packet.payloadOffset();
    int length = packet.payloadLength();
    if (flow.reader == null && length > 0) {
      opening.flow(false, packet.sourcePort(), packet.destinationPort());
      flow.recognition = protocol.recognise(opening.bytes(toServer, segment, offset, length));
      if (flow.recognition != Recognition.NO) {
        flow.reader = protocol.newDatagrams(null);
      }
    }
    if (flow.reader != null && !flow.over) {
      flow.over = !flow.reader.datagram(flow.report, toServer, segment, offset, length);
    }
  }

  private static String end(long high, long low, int port) {
    return Long.toHexString(high) + ":" + Long.toHexString(low) + "." + port;
  }
}
