package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;

/** The real program, killed while it records evidence, and started again. */
class KilledRunTest {
  private static final String PART = ".pcapng.part";

  @TempDir Path work;

  @Test
  @Timeout(120)
  void theNextRunRecoversTheEvidenceThatWasLeftUnfinished() throws Exception {
    Path log = work.resolve("log");
    Path traffic = work.resolve("traffic.pcap");
    try (PcapWriter out =
        PcapWriter.create(traffic, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (ForgedFrame frame : LiveTraffic.frames(40)) {
        out.write(frame.timestampNanos(), frame.bytes());
      }
    }
    Files.writeString(work.resolve("watchlist.txt"), LiveTraffic.WATCHLIST);
    Path yaml = Files.writeString(work.resolve("tapwarden.yaml"), LiveTraffic.CONFIGURATION);
    List<String> words =
        List.of("run", "-i", MirrorCable.TAP, "-c", yaml.toString(), "-l", log.toString());
    try (MirrorCable cable = MirrorCable.createOrSkip()) {
      List<String> left;
      try (Watcher first = Watcher.tapwarden(cable, work.resolve("first.txt"), words)) {
        first.awaitWord("listening on", 60);
        assertThat(cable.send(traffic, 5_000).waitFor()).isZero();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        // An alert is written when its evidence is: until then the file may be there, but empty.
        while (!isAlertWritten(log) && System.nanoTime() < deadline) {
          Thread.sleep(50);
        }
        first.signal("KILL");
        first.awaitEnd(30);
        left = evidence(log, PART);
        assertThat(left).isNotEmpty();
      }
      try (Watcher second = Watcher.tapwarden(cable, work.resolve("second.txt"), words)) {
        second.awaitWord("listening on", 60);
        second.awaitWord(" was recovered: an earlier process left it unfinished", 20);
      }
      assertThat(evidence(log, PART)).isEmpty();
      assertThat(evidence(log, ".pcapng"))
          .containsAll(left.stream().map(name -> name.replace(PART, ".pcapng")).toList());
    }
  }

  private static boolean isAlertWritten(Path log) throws IOException {
    Path eve = log.resolve("eve.json");
    return Files.exists(eve) && Files.readString(eve).contains("\"event_type\":\"alert\"");
  }

  private static List<String> evidence(Path log, String suffix) throws IOException {
    Path folder = log.resolve("evidence");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .toList();
    }
  }
}
