package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The real program with its log directory on a disk of one megabyte, in a mount namespace of its
 * own: the disk stops neither the inspection nor the account, and the end says what was lost.
 */
class FullDiskTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Mounts, runs, and copies out what is on the disk, which goes with the namespace. */
  private static final String SCRIPT =
      """
      mount -t tmpfs -o size=1m tmpfs "$1" || exit 77
      log=$1; copy=$2; shift 2
      "$@"
      code=$?
      cp -r "$log/." "$copy"
      exit $code
      """;

  /** The shell passes the signal on, and waits for what the program says at its end. */
  private static final String SIGNAL_SCRIPT =
      """
      mount -t tmpfs -o size=1m tmpfs "$1" || exit 77
      shift
      "$@" &
      trap "kill $!" TERM
      wait $!
      wait $!
      """;

  @TempDir Path work;

  @Test
  @Timeout(180)
  void aRunGoesOnUntilItIsStoppedAndSaysWhatWasLost() throws Exception {
    List<ForgedFrame> frames = LiveTraffic.frames(1_500);
    Path traffic = write(frames);
    Path disk = Files.createDirectory(work.resolve("disk"));
    List<String> command =
        new ArrayList<>(List.of("unshare", "-m", "sh", "-c", SIGNAL_SCRIPT, "sh", disk + ""));
    command.addAll(
        Watcher.program(List.of("run", "-i", MirrorCable.TAP, "-c", yaml() + "", "-l", disk + "")));
    try (MirrorCable cable = MirrorCable.createOrSkip();
        Watcher run = Watcher.start(cable, command, work.resolve("said.txt"))) {
      run.awaitWord("listening on", 60);
      assertThat(cable.send(traffic, 5_000).waitFor(60, TimeUnit.SECONDS)).isTrue();
      run.awaitWord("note: eve.json: write of eve.json failed: No space left", 60);
      assertThat(run.terminate(60)).as(run.said()).isEqualTo(1);
      assertThat(run.said())
          .contains("%,d packets in ".formatted(frames.size()))
          .contains("every frame was inspected")
          .contains("events were lost: write of eve.json failed: No space left");
    }
  }

  @Test
  @Timeout(180)
  void aReplayGoesOnToTheEndAndSaysWhatWasLost() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: mounting needs root");
    List<ForgedFrame> frames = LiveTraffic.frames(1_500);
    Path traffic = write(frames);
    Path disk = Files.createDirectory(work.resolve("disk"));
    Path copy = Files.createDirectory(work.resolve("copy"));
    Path said = work.resolve("said.txt");
    List<String> command =
        new ArrayList<>(List.of("unshare", "-m", "sh", "-c", SCRIPT, "sh", disk + "", copy + ""));
    command.addAll(
        Watcher.program(
            List.of(
                "replay",
                traffic.toString(),
                "-c",
                yaml().toString(),
                "-l",
                disk.toString(),
                "--no-input-hash")));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assumeTrue(process.exitValue() != 77, "SKIPPED: no mount namespaces here");

    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isEqualTo(1);
    assertThat(text).contains("events were lost: write of eve.json failed: No space left");
    assertThat(text).contains("every frame was inspected");

    JsonNode coverage = JSON.readTree(copy.resolve("coverage.json").toFile());
    assertThat(coverage.path("frames").path("inspected").asLong()).isEqualTo(frames.size());
    JsonNode counters = coverage.path("counters");
    long written = wholeLines(copy.resolve("eve.json"));
    assertThat(counters.path("events_written").asLong()).isEqualTo(written);
    // 1,500 look-ups are 3,000 events, as many flows' ends and more: every one is in one counter.
    assertThat(counters.path("events_dropped").asLong()).isGreaterThan(3_000);
    assertThat(written + counters.path("events_dropped").asLong()).isEqualTo(eventsOnALargeDisk());
  }

  /** Writes the capture, and beside it the configuration. */
  private Path write(List<ForgedFrame> frames) throws IOException {
    Files.writeString(work.resolve("watchlist.txt"), LiveTraffic.WATCHLIST);
    Files.writeString(yaml(), LiveTraffic.CONFIGURATION);
    Path traffic = work.resolve("traffic.pcap");
    try (PcapWriter out =
        PcapWriter.create(traffic, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (ForgedFrame frame : frames) {
        out.write(frame.timestampNanos(), frame.bytes());
      }
    }
    return traffic;
  }

  private Path yaml() {
    return work.resolve("tapwarden.yaml");
  }

  private long eventsOnALargeDisk() throws IOException {
    Path log = work.resolve("large");
    int code =
        tapwarden.cases.Commands.run(
            "replay",
            work.resolve("traffic.pcap").toString(),
            "-c",
            yaml().toString(),
            "-l",
            log.toString(),
            "-q");
    assertThat(code).isZero();
    return wholeLines(log.resolve("eve.json"));
  }

  /** Lines of a file of which each is a JSON object. */
  private static long wholeLines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    lines.forEach(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
    return lines.size();
  }
}
