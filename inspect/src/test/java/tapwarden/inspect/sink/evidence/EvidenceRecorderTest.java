package tapwarden.inspect.sink.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static tapwarden.inspect.sink.evidence.Packets.SECOND;
import static tapwarden.inspect.sink.evidence.Packets.START;
import static tapwarden.inspect.sink.evidence.Packets.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.alert.AlertId;
import tapwarden.inspect.sink.SmallDisk;

class EvidenceRecorderTest {
  private static final String ID = AlertId.of("policy", "enb-1", "203.0.113.9", 6, 443, START);

  @TempDir Path directory;
  private final CounterBlock counters = new CounterBlock();

  private EvidenceRecorder recorder(int after, long maxBytes, int maxOpen) {
    EvidenceOptions options =
        new EvidenceOptions(32, after, maxBytes, EvidenceOptions.Payload.FULL);
    return new EvidenceRecorder(directory, options, maxOpen, counters);
  }

  @Test
  void holdsTheFramesBeforeAndAfterAndIsCompleteAfterTheLast() throws Exception {
    EvidenceRecorder recorder = recorder(2, 1 << 20, 4);
    recorder.begin(ID, "why", List.of(frame(1, 60), frame(2, 61), frame(3, 62)), 0);
    assertThat(recorder.isOpen(ID)).isTrue();
    assertThat(files()).containsExactly(ID + ".pcapng.part");
    assertThat(recorder.add(ID, frame(4, 63))).isTrue();
    assertThat(recorder.add(ID, frame(5, 64))).isFalse();
    assertThat(recorder.add(ID, frame(6, 65))).isFalse();
    assertThat(files()).containsExactly(ID + ".pcapng");
    assertThat(read(ID)).containsExactly("1/60/70", "2/61/71", "3/62/72", "4/63/73", "5/64/74");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(ID))))
        .isEqualTo("rw-r-----");
    assertThat(counters.get(Counter.EVIDENCE_FILES)).isEqualTo(1);
    assertThat(counters.get(Counter.EVIDENCE_FRAMES)).isEqualTo(5);
  }

  @Test
  void whatProvesAnAlertIsInTheFileBeforeAnythingFollows() throws Exception {
    EvidenceRecorder recorder = recorder(64, 1 << 20, 4);
    recorder.begin(ID, "why", List.of(frame(1, 60), frame(2, 61)), 0);
    // As a killed process leaves it: never completed.
    Files.copy(file(ID).resolveSibling(ID + ".pcapng.part"), file(ID));
    assertThat(read(ID)).containsExactly("1/60/70", "2/61/71");
  }

  @Test
  void whatFollowsAnAlertIsInTheFileWhenItIsFlushed() throws Exception {
    EvidenceRecorder recorder = recorder(64, 1 << 20, 4);
    recorder.begin(ID, "why", List.of(frame(1, 60)), 0);
    recorder.add(ID, frame(2, 61));
    recorder.add(ID, frame(3, 62));
    recorder.flush();
    // As a killed process leaves it: never completed.
    Files.copy(file(ID).resolveSibling(ID + ".pcapng.part"), file(ID));
    assertThat(read(ID)).containsExactly("1/60/70", "2/61/71", "3/62/72");
    recorder.add(ID, frame(4, 63));
    recorder.close();
    assertThat(read(ID)).containsExactly("1/60/70", "2/61/71", "3/62/72", "4/63/73");
  }

  @Test
  void takesNoFrameMoreThanAMinuteAfterTheAlert() throws Exception {
    EvidenceRecorder recorder = recorder(64, 1 << 20, 4);
    recorder.advance(START + 100 * SECOND);
    recorder.begin(ID, "why", List.of(frame(1, 60), frame(100, 60)), 0);
    assertThat(recorder.add(ID, frame(159, 60))).isTrue();
    recorder.advance(START + 160 * SECOND);
    assertThat(recorder.isOpen(ID)).isTrue();
    recorder.advance(START + 161 * SECOND);
    assertThat(recorder.add(ID, frame(161, 60))).isFalse();
    assertThat(read(ID)).containsExactly("1/60/70", "100/60/70", "159/60/70");

    recorder.advance(START + 200 * SECOND);
    recorder.begin(ID, "again", List.of(frame(200, 60)), 0);
    recorder.advance(START + 261 * SECOND);
    assertThat(read(ID)).containsExactly("200/60/70");
  }

  @Test
  void alwaysKeepsTheAlertsOwnFrameAndOfTheOthersTheNewestThatFit() throws Exception {
    EvidenceRecorder recorder = recorder(64, 5_000, 4);
    recorder.begin(
        ID, "why", IntStream.rangeClosed(1, 32).mapToObj(i -> frame(i, 1_000)).toList(), 0);
    for (int i = 33; i < 40; i++) {
      recorder.add(ID, frame(i, i == 39 ? 100 : 1_000));
    }
    recorder.close();
    assertThat(Files.size(file(ID))).isLessThanOrEqualTo(5_000);
    assertThat(read(ID))
        .containsExactly(
            "29/1000/1010", "30/1000/1010", "31/1000/1010", "32/1000/1010", "39/100/110");
    assertThat(counters.get(Counter.EVIDENCE_FRAMES_LEFT_OUT)).isEqualTo(28 + 6);

    recorder.begin(ID, "why", List.of(frame(1, 100), frame(2, 9_000)), 0);
    recorder.close();
    assertThat(read(ID)).containsExactly("2/9000/9010");
  }

  @Test
  void alwaysKeepsTheFrameThatOpenedTheContact() throws Exception {
    EvidenceRecorder recorder = recorder(64, 5_000, 4);
    List<EvidenceFrame> before =
        IntStream.rangeClosed(1, 32).mapToObj(i -> frame(i, 1_000)).toList();
    recorder.begin(ID, "why", before, 7);
    recorder.close();
    assertThat(read(ID))
        .containsExactly("7/1000/1010", "30/1000/1010", "31/1000/1010", "32/1000/1010");
    assertThat(counters.get(Counter.EVIDENCE_FRAMES_LEFT_OUT)).isEqualTo(28);
  }

  @Test
  void completesTheOldestEarlyWhenTooManyAreOpen() throws Exception {
    EvidenceRecorder recorder = recorder(64, 1 << 20, 2);
    List<String> ids = IntStream.range(0, 3).mapToObj(EvidenceRecorderTest::id).toList();
    ids.forEach(id -> recorder.begin(id, "why", List.of(frame(1, 60)), 0));
    assertThat(recorder.isOpen(ids.get(0))).isFalse();
    assertThat(recorder.isOpen(ids.get(1))).isTrue();
    assertThat(counters.get(Counter.EVIDENCE_ENDED_EARLY)).isEqualTo(1);
    recorder.close();
    assertThat(files()).hasSize(3).allMatch(name -> name.endsWith(".pcapng"));
  }

  @Test
  void refusesAnIdThatIsNotOneBecauseItBecomesAFileName() {
    assertThatThrownBy(
            () -> recorder(1, 1 << 20, 2).begin("../../../../etc/cron.d/aaaa", "", List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotFollowALinkThatSomebodyPutThere() throws Exception {
    Path precious = Files.writeString(directory.resolve("precious"), "precious");
    Files.createDirectory(directory.resolve("evidence"));
    Files.createSymbolicLink(directory.resolve("evidence/" + ID + ".pcapng.part"), precious);
    EvidenceRecorder recorder = recorder(1, 1 << 20, 2);
    recorder.begin(ID, "why", List.of(frame(1, 60)), 0);
    recorder.close();
    assertThat(precious).hasContent("precious");
    assertThat(counters.get(Counter.EVIDENCE_FAILED)).isEqualTo(1);
  }

  @Test
  void aFullDiskCostsTheEvidenceAndNothingElse() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory)) {
      EvidenceRecorder recorder = recorder(500, 1 << 20, 4);
      recorder.begin(ID, "why", List.of(frame(1, 60)), 0);
      disk.fill();
      boolean wanted = true;
      for (int i = 2; i < 200 && wanted; i++) {
        wanted = recorder.add(ID, frame(i % 50, 1_400));
      }
      recorder.finish(ID);
      assertThat(counters.get(Counter.EVIDENCE_FAILED)).isEqualTo(1);
      assertThat(files()).as("nothing half-written is left").isEmpty();
      disk.free();
      recorder.begin(ID, "why", List.of(frame(1, 60)), 0);
      recorder.close();
      assertThat(read(ID)).containsExactly("1/60/70");
    }
  }

  @Test
  void tsharkReadsTheFramesTimesAndComments() throws Exception {
    EvidenceRecorder recorder = recorder(64, 1 << 20, 4);
    EvidenceFrame whole = frame(1, 60);
    EvidenceFrame cut =
        new EvidenceFrame(
            whole.bytes(), 1_500, START + 123_456_789, LinkType.ETHERNET, "eth2", 7, "cut to 60");
    recorder.begin(ID, "Tapwarden alert " + ID + "\nequipment: enb-1", List.of(whole, cut), 0);
    recorder.close();
    String file = file(ID).toString();
    assertThat(
            tshark(
                "-r",
                file,
                "-T",
                "fields",
                "-E",
                "separator=|",
                "-e",
                "frame.time_epoch",
                "-e",
                "frame.len",
                "-e",
                "frame.cap_len",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.comment"))
        .containsExactly(
            "1767323046.000000001|70|60|eth1|frame 1 of the capture",
            "1767323045.123456789|1500|60|eth2|frame 7 of the capture,cut to 60");
    String section = String.join("\n", run("capinfos", "-k", file));
    assertThat(section).contains("Tapwarden alert " + ID).contains("equipment: enb-1");
  }

  private static List<String> tshark(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private static List<String> run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
      assertThat(process.waitFor()).isZero();
      return lines;
    } catch (IOException e) {
      System.err.println("SKIPPED: " + command[0] + " is not installed");
      return abort(command[0] + " is not installed");
    }
  }

  private static String id(int n) {
    return AlertId.of("policy", "enb-" + n, "203.0.113.9", 6, 443, START);
  }

  private Path file(String id) {
    return directory.resolve("evidence/" + id + ".pcapng");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("evidence"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Each frame as first byte (its number), captured and wire length. */
  private List<String> read(String id) throws Exception {
    List<String> frames = new ArrayList<>();
    Frame view = new Frame();
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    try (SequenceSource source = SequenceSource.open(List.of(file(id).toString()), false)) {
      while (source.read(batch) != PacketSource.END) {
        for (int i = 0; i < batch.size(); i++) {
          batch.frame(i, view);
          int number = view.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, view.offset());
          assertThat(view.timestampNanos())
              .isEqualTo(START + (number & 0xFF) * SECOND + (number & 0xFF));
          frames.add((number & 0xFF) + "/" + view.capturedLength() + "/" + view.wireLength());
        }
        batch.clear();
      }
      assertThat(source.damagedRecords()).isZero();
    }
    return frames;
  }
}
