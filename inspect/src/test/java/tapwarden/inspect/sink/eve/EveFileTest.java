package tapwarden.inspect.sink.eve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Findings;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.SmallDisk;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class EveFileTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final long SECOND = 1_000_000_000L;
  private static final long START = Findings.START; // 2026-01-02T03:04:05Z

  @TempDir Path directory;
  private final CounterBlock counters = new CounterBlock();
  private final JsonWriter json = new JsonWriter();

  @Test
  void writesOneLineAnEventReadableByOwnerAndGroupOnly() throws Exception {
    Path logs = directory.resolve("a/b");
    try (EveFile eve = EveFile.open(EveFileOptions.replay(logs), counters)) {
      eve.event(line(1), START);
      eve.event(line(2), START);
    }
    assertThat(Files.readString(logs.resolve("eve.json"))).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(logs.resolve("eve.json"))))
        .isEqualTo("rw-r-----");
    assertThat(counters.get(Counter.EVENTS_WRITTEN)).isEqualTo(2);
  }

  @Test
  void appendsToAnEarlierLogAndCutsItsUnfinishedLine() throws Exception {
    Files.writeString(directory.resolve("eve.json"), "{\"n\":1}\n{\"n\":2}\n{\"n\":");
    try (EveFile eve = EveFile.open(EveFileOptions.replay(directory), counters)) {
      eve.event(line(3), START);
    }
    assertThat(lines("eve.json")).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
  }

  @Test
  void cutsALogThatIsOneUnfinishedLineLongerThanABlock() throws Exception {
    Files.writeString(directory.resolve("eve.json"), "{\"n\":1}\n" + "x".repeat(200_000));
    EveFile.open(EveFileOptions.replay(directory), counters).close();
    assertThat(lines("eve.json")).containsExactly("{\"n\":1}");
  }

  @Test
  void holdsAnEventNoLongerThanTheFlushInterval() throws Exception {
    EveFileOptions options = options(Long.MAX_VALUE, Duration.ZERO, Duration.ofMillis(200));
    try (EveFile eve = EveFile.open(options, counters)) {
      eve.event(line(1), START);
      eve.tick(5 * SECOND);
      eve.tick(5 * SECOND + 199_000_000);
      assertThat(lines("eve.json")).isEmpty();
      assertThat(eve.state().linesHeld()).isEqualTo(1);
      eve.tick(5 * SECOND + 200_000_000);
      assertThat(lines("eve.json")).hasSize(1);
      assertThat(eve.state()).isEqualTo(new EveFileState(null, 1, 0, 0));
    }
  }

  @Test
  void putsTheLogAsideBeforeItPassesItsSize() throws Exception {
    EveFileOptions options = options(30, Duration.ZERO, Duration.ZERO);
    try (EveFile eve = EveFile.open(options, counters)) {
      for (int i = 0; i < 10; i++) {
        eve.event(line(i), START + i * SECOND); // 8 bytes each: three fit
      }
    }
    assertThat(names())
        .containsExactly(
            "eve-20260102T030407-0001.json",
            "eve-20260102T030410-0002.json",
            "eve-20260102T030413-0003.json",
            "eve.json");
    assertThat(lines("eve-20260102T030407-0001.json"))
        .containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}");
    assertThat(lines("eve.json")).containsExactly("{\"n\":9}");
    assertThat(counters.get(Counter.LOG_ROTATIONS)).isEqualTo(3);
  }

  @Test
  void putsTheLogAsideByPacketTimeAndNumbersOnAfterARestartEvenIfTimeRunsBack() throws Exception {
    EveFileOptions options = options(Long.MAX_VALUE, Duration.ofHours(1), Duration.ZERO);
    try (EveFile eve = EveFile.open(options, counters)) {
      eve.event(line(1), START);
      eve.event(line(2), START + 3_599 * SECOND);
      eve.event(line(3), START + 3_600 * SECOND);
    }
    assertThat(lines("eve-20260102T040404-0001.json")).hasSize(2);
    try (EveFile eve = EveFile.open(options, counters)) {
      eve.event(line(4), 0);
      eve.event(line(5), 3_600 * SECOND);
    }
    assertThat(names())
        .containsExactly(
            "eve-19700101T000000-0002.json", "eve-20260102T040404-0001.json", "eve.json");
    assertThat(lines("eve-19700101T000000-0002.json")).containsExactly("{\"n\":3}", "{\"n\":4}");
  }

  @Test
  void refusesASymbolicLinkAFifoAndADirectory() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), "precious");
    Path log = directory.resolve("eve.json");
    Files.createSymbolicLink(log, target);
    assertThatThrownBy(() -> EveFile.open(EveFileOptions.replay(directory), counters))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic link");
    Files.delete(log);
    Files.createDirectory(log);
    assertThatThrownBy(() -> EveFile.open(EveFileOptions.replay(directory), counters))
        .hasMessageContaining("directory");
    Files.delete(log);
    assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> EveFile.open(EveFileOptions.replay(directory), counters))
        .hasMessageContaining("FIFO");
    assertThat(target).hasContent("precious");
  }

  @Test
  void beginsANewLogWhenItsFileIsTakenAwayAndRefusesALinkInItsPlace() throws Exception {
    EveFileOptions options = options(Long.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    Path log = directory.resolve("eve.json");
    try (EveFile eve = EveFile.open(options, counters)) {
      eve.event(line(1), START);
      eve.tick(10 * SECOND);
      Files.move(log, directory.resolve("moved"));
      eve.tick(20 * SECOND);
      eve.event(line(2), START);
      eve.tick(21 * SECOND);
      assertThat(lines("eve.json")).containsExactly("{\"n\":2}");

      Path target = Files.writeString(directory.resolve("target"), "precious\n");
      Files.delete(log);
      Files.createSymbolicLink(log, target);
      eve.tick(30 * SECOND);
      assertThat(eve.state().problem()).contains("symbolic link");
      eve.event(line(3), START);
      eve.tick(31 * SECOND);
      assertThat(target).hasContent("precious\n");

      Files.delete(log);
      eve.tick(32 * SECOND);
      assertThat(eve.state().isHealthy()).isTrue();
      assertThat(lines("eve.json")).containsExactly("{\"n\":3}");
    }
    assertThat(counters.get(Counter.EVENTS_DROPPED)).isZero();
  }

  @Test
  void survivesAFullDiskLosesOnlyWhatItCountsAndResumesByItself() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    JsonWriter line = new JsonWriter();
    int total = 4_000;
    try (SmallDisk small = SmallDisk.mount(disk)) {
      EveFileOptions options =
          new EveFileOptions(
              disk, Long.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
      try (EveFile eve = EveFile.open(options, counters)) {
        long now = 0;
        for (int i = 0; i < total; i++) {
          line.reset().beginObject().field("n", i).field("pad", "x".repeat(200)).endObject();
          eve.event(line, START + i);
          if (i == 400) {
            small.fill(); // the fault is proven by what fill() asserts
          }
          if (i % 100 == 0) {
            eve.tick(now += SECOND);
            assertWholeLines(disk.resolve("eve.json"));
          }
        }
        assertThat(eve.state().problem()).contains("No space left");
        assertThat(eve.state().linesDropped()).isPositive();
        long droppedSoFar = counters.get(Counter.EVENTS_DROPPED);
        Alert alert = alert();
        line.reset().beginObject().field("alert", 1).endObject();
        eve.alert(alert, line, START);
        assertThat(counters.get(Counter.EVENTS_DROPPED))
            .as("room is kept for alerts")
            .isEqualTo(droppedSoFar);
        small.free();
        eve.tick(now += SECOND);
        assertThat(eve.state().isHealthy()).isTrue();
        line.reset().beginObject().field("n", total).endObject();
        eve.event(line, START);
        eve.tick(now += SECOND);
        eve.tick(now + SECOND);
        assertWholeLines(disk.resolve("eve.json"));
        List<String> lines = Files.readAllLines(disk.resolve("eve.json"));
        assertThat(lines).hasSize((int) (total + 2 - droppedSoFar));
        assertThat(lines.getLast()).isEqualTo("{\"n\":4000}");
        assertThat(lines).contains("{\"alert\":1}").doesNotHaveDuplicates();
        assertThat(counters.get(Counter.EVENTS_WRITTEN)).isEqualTo(lines.size());
      }
    }
  }

  @Test
  void countsWhatIsStillHeldWhenItClosesOnAFullDisk() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (SmallDisk small = SmallDisk.mount(disk)) {
      EveFile eve = EveFile.open(EveFileOptions.replay(disk), counters);
      small.fill();
      for (int i = 0; i < 100; i++) {
        eve.event(line(i), START);
      }
      eve.close();
      assertThat(counters.get(Counter.EVENTS_DROPPED)).isEqualTo(100);
    }
  }

  @Test
  void leavesOutAnEventThatPassedTheLimitAndTakesALineLongerThanItsBuffer() throws Exception {
    try (EveFile eve = EveFile.open(EveFileOptions.replay(directory), counters)) {
      JsonWriter small = new JsonWriter(100);
      small.value("x".repeat(200));
      eve.event(small, START);
      json.reset().value("y".repeat(2 * EveFile.BUFFER_BYTES));
      eve.event(json, START);
      eve.event(line(1), START);
    }
    assertThat(lines("eve.json")).hasSize(2);
    assertThat(lines("eve.json").getFirst()).hasSize(2 * EveFile.BUFFER_BYTES + 2);
    assertThat(counters.get(Counter.EVENTS_OVERSIZED)).isEqualTo(1);
  }

  @Test
  void keepsWritingWhenItsThreadWasInterrupted() throws Exception {
    EveFileOptions options = options(Long.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    try (EveFile eve = EveFile.open(options, counters)) {
      eve.event(line(1), START);
      Thread.currentThread().interrupt();
      eve.tick(SECOND); // an interrupt closes a FileChannel in the middle of the write
      assertThat(Thread.interrupted()).isTrue();
      eve.event(line(2), START);
      eve.tick(3 * SECOND);
    }
    assertThat(lines("eve.json")).containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  private static void assertWholeLines(Path log) throws IOException {
    String content = Files.readString(log);
    assertThat(content.isEmpty() || content.endsWith("\n")).isTrue();
    for (String line : content.lines().toList()) {
      JsonNode node = JACKSON.readTree(line);
      assertThat(node.isObject()).isTrue();
    }
  }

  private EveFileOptions options(long maxBytes, Duration maxAge, Duration flush) {
    return new EveFileOptions(directory, maxBytes, maxAge, flush, Duration.ZERO);
  }

  private JsonWriter line(int n) {
    return json.reset().beginObject().field("n", n).endObject();
  }

  private static Alert alert() {
    return new Alert(
        "a", 1, Findings.at(0), Stage.ATTEMPT, 60, List.of(), 1, START, START, null, List.of());
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
