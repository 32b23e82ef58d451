package tapwarden.inspect.sink.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.sink.evidence.Packets.START;
import static tapwarden.inspect.sink.evidence.Packets.frame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.alert.AlertId;

class EvidenceRecoveryTest {
  private static final String ID = AlertId.of("policy", "enb-1", "203.0.113.9", 6, 443, START);
  private static final EvidenceOptions OPTIONS =
      new EvidenceOptions(32, 64, 1 << 20, EvidenceOptions.Payload.FULL);

  @TempDir Path directory;
  private Path unfinished;
  private Path complete;

  /** What a process writes and leaves when it is killed, of three frames. */
  private byte[] left;

  @BeforeEach
  void leave() throws Exception {
    unfinished = directory.resolve("evidence/" + ID + ".pcapng.part");
    complete = directory.resolve("evidence/" + ID + ".pcapng");
    try (EvidenceRecorder recorder =
        new EvidenceRecorder(directory, OPTIONS, 4, new CounterBlock())) {
      recorder.begin(ID, "why", List.of(frame(1, 60), frame(2, 61), frame(3, 62)), 0);
      left = Files.readAllBytes(unfinished);
    }
    Files.delete(complete);
  }

  @Test
  void aWholeFileGetsItsName() throws Exception {
    Files.write(unfinished, left);
    assertThat(EvidenceRecovery.recover(directory))
        .containsExactly(
            complete + " was recovered: an earlier process left it unfinished, with 3 frames");
    assertThat(files()).containsExactly(ID + ".pcapng");
    assertThat(Files.readAllBytes(complete)).isEqualTo(left);
  }

  @Test
  void aFileThatEndsWithinABlockIsCutAfterTheLastWholeOne() throws Exception {
    Files.write(unfinished, Arrays.copyOf(left, left.length - 5));
    // The third block: 32 bytes, a frame of 62 padded to 64, its comment of 24 characters with 4
    // bytes before it, and the end of the options; 5 bytes of that are lost.
    assertThat("frame 3 of the capture").hasSize(22);
    int lastBlock = 32 + 64 + 4 + 24 + 4;
    assertThat(EvidenceRecovery.recover(directory))
        .singleElement()
        .asString()
        .endsWith("with 2 frames; its last " + (lastBlock - 5) + " bytes were no whole block");
    assertThat(Files.readAllBytes(complete))
        .isEqualTo(Arrays.copyOf(left, left.length - lastBlock));
    assertThat(lengths(complete)).containsExactly(60, 61);
    assertThat(EvidenceRecovery.recover(directory)).isEmpty();
  }

  @Test
  void everyCutGivesAFileThatReadsWithoutDamageOrNone() throws Exception {
    for (int length = 0; length < left.length; length++) {
      Files.write(unfinished, Arrays.copyOf(left, length));
      assertThat(EvidenceRecovery.recover(directory)).hasSize(1);
      if (Files.exists(complete)) {
        assertThat(lengths(complete)).isIn(List.of(60), List.of(60, 61));
        Files.delete(complete);
      }
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void bytesThatTheDiskNeverGotEndIt() throws Exception {
    byte[] zeros = left.clone();
    Arrays.fill(zeros, left.length - 40, left.length, (byte) 0);
    Files.write(unfinished, zeros);
    EvidenceRecovery.recover(directory);
    assertThat(lengths(complete)).containsExactly(60, 61);
  }

  @Test
  void completeEvidenceOfTheSameAlertIsNotReplaced() throws Exception {
    Files.write(complete, left);
    Files.write(unfinished, Arrays.copyOf(left, left.length - 5));
    assertThat(EvidenceRecovery.recover(directory)).singleElement().asString().contains("removed");
    assertThat(Files.readAllBytes(complete)).isEqualTo(left);
    assertThat(files()).containsExactly(ID + ".pcapng");
  }

  @Test
  void whatIsStillWrittenAndWhatIsNotOursIsLeftAlone() throws Exception {
    try (EvidenceRecorder recorder =
        new EvidenceRecorder(directory, OPTIONS, 4, new CounterBlock())) {
      recorder.begin(ID, "why", List.of(frame(1, 60)), 0);
      assertThat(EvidenceRecovery.recover(directory))
          .containsExactly(unfinished + " is being written by another process and was left alone");
      assertThat(unfinished).exists();
    }
    Files.delete(complete);
    Path precious = Files.write(directory.resolve("precious"), left);
    Files.createSymbolicLink(unfinished, precious);
    Files.write(directory.resolve("evidence/mine.pcapng.part"), left);
    assertThat(EvidenceRecovery.recover(directory)).isEmpty();
    assertThat(Files.isSymbolicLink(unfinished)).isTrue();
    assertThat(EvidenceRecovery.recover(directory.resolve("nowhere"))).isEmpty();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("evidence"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Captured lengths of a file that must have no damage. */
  private static List<Integer> lengths(Path file) throws IOException {
    List<Integer> lengths = new ArrayList<>();
    FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);
    try (SequenceSource source = SequenceSource.open(List.of(file.toString()), false)) {
      while (source.read(batch) != PacketSource.END) {
        for (int i = 0; i < batch.size(); i++) {
          lengths.add(batch.capturedLength(i));
        }
        batch.clear();
      }
      assertThat(source.reports().getFirst().damage()).isEmpty();
    }
    return lengths;
  }
}
