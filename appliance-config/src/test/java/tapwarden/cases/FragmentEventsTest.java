package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.PcapWriter;
import tapwarden.capture.source.file.SequenceSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What events and evidence say of datagrams that came in fragments. */
class FragmentEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CONFIGURATION =
      """
      config-version: 1
      equipment:
        - { id: enb-1, match: { ip: 10.40.17.2 }, vendor: Huawei, role: base-station }
      indicators:
        - { file: list.txt, format: plain }
      """;

  private static final List<String> HOSTS =
      List.of(
          "host dns 00:1b:17:00:10:01 10.0.0.53 ttl 62",
          "host enb 00:25:9e:4b:17:02 10.40.17.2",
          "host pc 3c:52:82:5a:00:17 10.80.2.17");

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void aDatagramInFragmentsIsReadOnceAndItsFragmentsAreCounted(String workers) throws IOException {
    List<JsonNode> events = run(workers, "cut 16 backward query enb dns a.example");
    List<JsonNode> dns = of(events, "dns");
    assertThat(dns).hasSize(1);
    assertThat(dns.getFirst().path("dns").toString()).contains("a.example");
    // 8 of UDP, 12 of DNS, 11 of the name, 4: 35 bytes are three fragments, the first comes last.
    assertThat(dns.getFirst().path("pcap_cnt").asInt()).isEqualTo(3);
    List<JsonNode> flows = of(events, "flow");
    assertThat(flows).hasSize(2);
    assertThat(flows.stream().mapToInt(f -> f.path("flow").path("pkts_toserver").asInt()))
        .containsExactlyInAnyOrder(1, 2);
    assertThat(of(events, "anomaly")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void contradictionsAreTheirSendersDoing(String workers) throws IOException {
    List<JsonNode> events =
        run(
            workers,
            "pieces enb dns 7 fine.example good.example 16 0 1 1! 1 2",
            "pieces pc dns 7 fine.example good.example 16 0 1! 1 2");
    List<JsonNode> anomalies = of(events, "anomaly");
    assertThat(anomalies).hasSize(2);
    JsonNode first = anomalies.getFirst();
    assertThat(first.path("anomaly").path("type").asString()).isEqualTo("decode");
    assertThat(first.path("anomaly").path("event").asString()).isEqualTo("ipv4.frag_overlap");
    assertThat(first.path("src_ip").asString()).isEqualTo("10.40.17.2");
    assertThat(first.path("pcap_cnt").asInt()).isEqualTo(3);
    assertThat(first.path("tapwarden").path("equipment").path("id").asString()).isEqualTo("enb-1");
    assertThat(anomalies.getLast().path("tapwarden").path("equipment").path("id").isMissingNode())
        .isTrue();
    // One reading each is told; which one is for the receiver's policy to say: Linux, the later.
    assertThat(of(events, "dns")).hasSize(2);
    assertThat(of(events, "dns").toString()).contains("fine.example").doesNotContain("good");
  }

  @Test
  void onlyWhatWasOnTheWireProvesAnything() throws IOException {
    run("1", "cut 16 backward query enb dns evil.example");
    List<byte[]> sent = frames(work.resolve("input.pcap"));
    List<Path> evidence;
    try (Stream<Path> files = Files.walk(work)) {
      evidence = files.filter(file -> file.toString().endsWith(".pcapng")).toList();
    }
    assertThat(evidence).hasSize(1);
    List<byte[]> proof = frames(evidence.getFirst());
    assertThat(proof).isNotEmpty();
    assertThat(proof)
        .allMatch(frame -> sent.stream().anyMatch(other -> Arrays.equals(frame, other)));
    assertThat(proof.getLast()).isEqualTo(sent.getLast());
  }

  private List<JsonNode> run(String workers, String... steps) throws IOException {
    Files.writeString(work.resolve("tapwarden.yaml"), CONFIGURATION);
    Files.writeString(work.resolve("list.txt"), "evil.example\n");
    Path input = work.resolve("input.pcap");
    List<String> lines = new ArrayList<>(HOSTS);
    lines.addAll(List.of(steps));
    try (PcapWriter writer =
        new PcapWriter(
            FileChannel.open(input, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            LinkType.ETHERNET)) {
      for (ForgedFrame frame : ForgeScript.frames(lines)) {
        writer.write(frame.timestampNanos(), frame.bytes());
      }
    }
    Path out = Files.createTempDirectory(work, "out");
    int code =
        Commands.run(
            "replay",
            input.toString(),
            "-c",
            work.resolve("tapwarden.yaml").toString(),
            "-l",
            out.toString(),
            "--workers",
            workers,
            "-q");
    assertThat(code).isZero();
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("eve.json"))) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private static List<JsonNode> of(List<JsonNode> events, String type) {
    return events.stream().filter(e -> e.path("event_type").asString().equals(type)).toList();
  }

  private static List<byte[]> frames(Path file) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    Frame view = new Frame();
    try (SequenceSource source = SequenceSource.open(List.of(file.toString()), false)) {
      while (source.read(batch) != PacketSource.END) {
        for (int i = 0; i < batch.size(); i++) {
          batch.frame(i, view);
          frames.add(
              view.segment()
                  .asSlice(view.offset(), view.capturedLength())
                  .toArray(ValueLayout.JAVA_BYTE));
        }
        batch.clear();
      }
    }
    return frames;
  }
}
