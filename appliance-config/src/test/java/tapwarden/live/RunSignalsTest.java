package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;

/** What signals do to the real program while it listens, started as a service starts it. */
class RunSignalsTest {
  @TempDir Path work;

  @Test
  @Timeout(120)
  void aHangUpIsSaidAndSurvivedAndAnInterruptionEndsInOrder() throws Exception {
    Path log = work.resolve("log");
    List<ForgedFrame> frames = LiveTraffic.frames(20);
    Path traffic = work.resolve("traffic.pcap");
    try (PcapWriter out =
        PcapWriter.create(traffic, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (ForgedFrame frame : frames) {
        out.write(frame.timestampNanos(), frame.bytes());
      }
    }
    List<String> words = List.of("run", "-i", MirrorCable.TAP, "-l", log.toString());
    try (MirrorCable cable = MirrorCable.createOrSkip();
        Watcher tapwarden = Watcher.tapwarden(cable, work.resolve("said.txt"), words)) {
      tapwarden.awaitWord("listening on", 60);
      cable.awaitReady(200);
      tapwarden.signal("HUP");
      tapwarden.awaitWord("note: SIGHUP: the run goes on unchanged", 20);
      assertThat(cable.send(traffic, 5_000).waitFor(60, TimeUnit.SECONDS)).isTrue();
      tapwarden.signal("INT");
      assertThat(tapwarden.awaitEnd(60)).as(tapwarden.said()).isZero();
      // What the kernel held when the signal came is inspected, too.
      assertThat(tapwarden.said())
          .contains("stopping: what is under way is written; a second signal ends at once")
          .contains("%,d packets in ".formatted(frames.size()));
    }
    assertThat(log.resolve("coverage.json")).exists();
    assertThat(log.resolve("eve.json")).exists();
  }
}
