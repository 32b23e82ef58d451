package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;
import tapwarden.inspect.protocol.CaptureEvents;
import tools.jackson.databind.JsonNode;

/** A DNS answer in fragments is told once, whether or not all of it comes. */
class FirstFragmentsTest {
  private static final int IN_FIRST = 96;

  @TempDir Path directory;

  private static List<byte[]> fragments(int id) {
    DnsMessage answer = DnsMessage.response(id, "a.example", DnsMessage.A);
    for (int i = 1; i < 20; i++) {
      answer.a("a.example", 60, "203.0.113." + i);
    }
    return Forge.ipv4Fragments(
        IN_FIRST,
        Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
        Forge.ipv4("10.0.0.53", "10.80.2.17").identification(id).flagsAndOffset(0),
        Forge.udp(53, 30_053),
        Forge.payload(answer.toBytes()));
  }

  private List<JsonNode> told(List<byte[]> frames) throws IOException {
    Path capture = directory.resolve("x.pcap");
    try (PcapWriter writer =
        PcapWriter.create(capture, LinkType.ETHERNET, PcapWriter.Precision.NANOS)) {
      long nanos = OneWorker.START;
      for (byte[] frame : frames) {
        writer.write(nanos++, frame);
      }
    }
    return CaptureEvents.of(capture, directory, "dns");
  }

  @Test
  void theWholeIsToldAndNotTheBeginning() throws IOException {
    List<JsonNode> events = told(fragments(7));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().at("/dns/answers")).hasSize(19);
  }

  @Test
  void theBeginningIsToldWhereTheRestDoesNotCome() throws IOException {
    List<byte[]> lost = fragments(7);
    List<JsonNode> events = told(List.of(lost.getFirst(), lost.getLast()));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().at("/dns/queries/0/rrname").asString("")).isEqualTo("a.example");
    // The header of UDP and of DNS and the question are 39 bytes, each answer 16 if compressed.
    assertThat(events.getFirst().at("/dns/answers")).isNotEmpty().hasSizeLessThan(19);
  }

  @Test
  void eachBeginningOfAFlowIsToldOnce() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    frames.add(fragments(7).getFirst());
    frames.add(fragments(7).getFirst());
    frames.add(fragments(9).getFirst());
    frames.addAll(fragments(8));
    List<JsonNode> events = told(frames);
    assertThat(events)
        .extracting(event -> event.at("/dns/id").asInt())
        .containsExactlyInAnyOrder(7, 8, 9);
  }
}
