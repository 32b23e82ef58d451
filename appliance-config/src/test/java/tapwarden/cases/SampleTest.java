package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void theOutputIsTheSameForAnyNumberOfWorkersAndAnyBatchSize() throws IOException {
    Map<String, String> first = null;
    for (String workers : List.of("1", "2", "4")) {
      for (String frames : List.of("1", "7", "4096")) {
        for (int run = 0; run < 2; run++) {
          Path out = work.resolve("w" + workers + "-" + frames + "-" + run);
          assertThat(replay(workers, frames, out).code()).isZero();
          Map<String, String> files = content(out);
          assertThat(files).hasSizeGreaterThan(5);
          if (first == null) {
            first = files;
          }
          assertThat(files).as(out.getFileName().toString()).isEqualTo(first);
        }
      }
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

  /** Every file but coverage.json, whose counters tell of waits; eve.json without its stats. */
  private static Map<String, String> content(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(out)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(path).toString();
        if (name.equals("eve.json")) {
          List<String> lines = Files.readAllLines(path);
          lines.removeIf(line -> line.contains("\"event_type\":\"stats\""));
          files.put(name, String.join("\n", lines));
        } else if (!name.equals("coverage.json")) {
          files.put(name, java.util.HexFormat.of().formatHex(Files.readAllBytes(path)));
        }
      }
    }
    return files;
  }
}
