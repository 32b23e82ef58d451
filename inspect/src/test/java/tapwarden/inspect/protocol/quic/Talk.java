package tapwarden.inspect.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.IpProtocol;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One flow that is read, and what is said of it. */
final class Talk {
  final StreamMemory memory;
  final RecordingReport report = new RecordingReport(IpProtocol.UDP, 49_152, 443);
  private final QuicProtocol protocol;
  private final DatagramReader reader;

  Talk() {
    this(1 << 20);
  }

  Talk(int memoryBytes) {
    memory = new StreamMemory(memoryBytes);
    protocol = new QuicProtocol(new ProtocolContext(memory, new CounterBlock()));
    reader = protocol.newDatagrams(null);
  }

  Recognition recognise(boolean toServer, byte[] datagram) {
    Opening opening = new Opening().flow(false, 49_152, 443);
    return protocol.recognise(
        opening.bytes(toServer, MemorySegment.ofArray(datagram), 0, datagram.length));
  }

  /** Whether more is wanted. */
  boolean client(byte[] datagram) {
    return say(true, datagram);
  }

  boolean server(byte[] datagram) {
    return say(false, datagram);
  }

  boolean say(boolean toServer, byte[] datagram) {
    // Read from the middle of a segment of exactly this size, so that no read beyond goes unseen.
    byte[] shifted = new byte[datagram.length + 3];
    System.arraycopy(datagram, 0, shifted, 3, datagram.length);
    return reader.datagram(report, toServer, MemorySegment.ofArray(shifted), 3, datagram.length);
  }

  void close() {
    reader.close(report);
    assertThat(memory.usedBytes()).as("memory given back").isZero();
  }

  List<JsonNode> events() {
    return report.events.stream().map(event -> JsonMapper.shared().readTree(event)).toList();
  }
}
