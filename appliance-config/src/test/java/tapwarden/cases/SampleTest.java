package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.appliance.ops.SampleSite;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;

/** The sample of the README, and the promise that its output depends on nothing but its packets. */
class SampleTest {
  private static final Path SAMPLE = Path.of("src/main/conf/sample");

  @TempDir Path work;

  @Test
  void theSampleIsWhatTheForgeMakes() throws IOException {
    Path made = work.resolve("made.pcap");
    try (PcapWriter writer =
        new PcapWriter(
            FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            LinkType.ETHERNET)) {
      for (ForgedFrame frame : SampleSite.frames()) {
        writer.write(frame.timestampNanos(), frame.bytes());
      }
    }
    assertThat(SAMPLE.resolve("site.pcap")).hasSameBinaryContentAs(made);
  }

  @Test
  void theFirstCommandOfTheReadmeTellsTheStory() {
    Commands.Result result = replay("1", "4096", work.resolve("story"));
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("enb-tokyo-17", "203.0.113.9:443/tcp", "not in policy ran")
        .contains("cam-gate-3", "p2p.cctv-cloud.example", "watchlist.txt line 3")
        .contains("edge-rtr-1", "198.51.100.23:8443/tcp", "CRITICAL")
        .contains("322 packets", "seen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "4"})
  void tenRunsGiveTheSameBytesForAnyNumberOfWorkersAndAnyBatchSize(String workers)
      throws IOException {
    Path expected = work.resolve("expected");
    Commands.Result first = replay("1", "4096", expected);
    Map<String, String> files = content(expected);
    assertThat(files).containsKeys("eve.json", "coverage.json").hasSizeGreaterThan(6);
    assertThat(files.get("coverage.json")).contains("\"frames_inspected\":322");
    String[] batches = {"1", "7", "64", "4096"};
    for (int run = 0; run < 10; run++) {
      Path out = work.resolve("run" + run);
      Commands.Result again = replay(workers, batches[run % batches.length], out);
      assertThat(again.code()).isZero();
      assertThat(again.out()).isEqualTo(first.out());
      assertThat(content(out)).as("run " + run).isEqualTo(files);
    }
  }

  private static Commands.Result replay(String workers, String frames, Path out) {
    return Commands.result(
        "replay",
        SAMPLE.resolve("site.pcap").toString(),
        "-c",
        SAMPLE.resolve("tapwarden.yaml").toString(),
        "-l",
        out.toString(),
        "--workers",
        workers,
        "--set",
        "ring.batch-frames=" + frames);
  }

  /**
   * Every file as text or hexadecimal; eve.json without its stats, whose numbers are those of the
   * moment, and coverage.json without the one counter that tells of waiting and not of packets.
   */
  private static Map<String, String> content(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(path).toString();
        files.put(
            name,
            switch (name) {
              case "eve.json" ->
                  Files.readAllLines(path).stream()
                      .filter(line -> !line.contains("\"event_type\":\"stats\""))
                      .collect(Collectors.joining("\n"));
              case "coverage.json" ->
                  Files.readString(path).replaceFirst("\"output_ring_full\":\\d+,", "");
              default -> HexFormat.of().formatHex(Files.readAllBytes(path));
            });
      }
    }
    return files;
  }
}
