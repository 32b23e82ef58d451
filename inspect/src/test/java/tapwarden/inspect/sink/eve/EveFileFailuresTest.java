package tapwarden.inspect.sink.eve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.FailingChannel;
import tapwarden.inspect.sink.LogDirectory;

/** The event log on a disk that fails in writing and in syncing. */
class EveFileFailuresTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_793_577_600L * SECOND;

  @TempDir Path directory;
  private final CounterBlock counters = new CounterBlock();
  private final FailingChannel.Disk disk = new FailingChannel.Disk();

  private EveFile open() throws IOException {
    EveFileOptions options =
        new EveFileOptions(
            directory, Long.MAX_VALUE, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    return EveFile.open(
        options, counters, path -> new FailingChannel(LogDirectory.openOrCreate(path), disk));
  }

  @Test
  void linesThatNoSyncConfirmedAreWrittenAgainToANewFile() throws Exception {
    try (EveFile eve = open()) {
      write(eve, 1, 2, 3);
      eve.tick(1 * SECOND);
      eve.tick(2 * SECOND);
      assertThat(disk.syncs).isPositive();
      write(eve, 4, 5);
      eve.flush();
      disk.syncFails = true;
      eve.tick(4 * SECOND);
      disk.syncFails = false;
      write(eve, 6);
      eve.tick(6 * SECOND);
      eve.tick(8 * SECOND);
    }
    assertThat(numbers("eve.json")).containsExactly(4, 5, 6);
    List<String> aside = putAside();
    assertThat(aside).hasSize(1);
    assertThat(numbers(aside.getFirst())).containsExactly(1, 2, 3, 4, 5);
    assertThat(counters.get(Counter.LOG_ERRORS)).isEqualTo(1);
    assertThat(counters.get(Counter.EVENTS_WRITTEN)).isEqualTo(6);
    assertThat(counters.get(Counter.EVENTS_DROPPED)).isZero();
  }

  @Test
  void aDiskThatNeverSyncsStopsNobodyAndLosesNothingThatItTook() throws Exception {
    disk.syncFails = true;
    try (EveFile eve = open()) {
      for (int i = 0; i < 5; i++) {
        write(eve, i);
        eve.tick((2L * i + 1) * SECOND);
        eve.tick((2L * i + 2) * SECOND);
      }
    }
    List<Integer> seen = new ArrayList<>(numbers("eve.json"));
    for (String name : putAside()) {
      seen.addAll(numbers(name));
    }
    assertThat(seen).contains(0, 1, 2, 3, 4);
    assertThat(counters.get(Counter.LOG_ERRORS)).isPositive();
    assertThat(counters.get(Counter.EVENTS_DROPPED)).isZero();
  }

  @Test
  void aLineThatWasWrittenInPartIsWrittenOnceAndWhole() throws Exception {
    try (EveFile eve = open()) {
      write(eve, 1);
      eve.flush();
      // {"n":2} and a line end are eight bytes: the second of the two lines breaks off.
      disk.writableBytes = 11;
      write(eve, 2, 3);
      eve.flush();
      assertThat(eve.state().problem()).contains("write").contains("Input/output error");
      assertThat(numbers("eve.json")).containsExactly(1, 2);
      write(eve, 4);
      disk.writableBytes = Long.MAX_VALUE;
      eve.tick(10 * SECOND);
      assertThat(eve.state().isHealthy()).isTrue();
      assertThat(numbers("eve.json")).containsExactly(1, 2, 3, 4);
    }
    assertThat(counters.get(Counter.EVENTS_WRITTEN)).isEqualTo(4);
    assertThat(counters.get(Counter.EVENTS_DROPPED)).isZero();
  }

  @Test
  void whatIsHeldWhenItClosesIsCountedAsLostOnce() throws Exception {
    EveFile eve = open();
    disk.writableBytes = 0;
    write(eve, 1, 2, 3);
    eve.close();
    eve.close();
    assertThat(counters.get(Counter.EVENTS_DROPPED)).isEqualTo(3);
    assertThat(eve.state().problem()).contains("Input/output error");
  }

  private static void write(EveFile eve, int... numbers) {
    JsonWriter line = new JsonWriter();
    IntStream.of(numbers)
        .forEach(n -> eve.event(line.reset().beginObject().field("n", n).endObject(), START + n));
  }

  private List<Integer> numbers(String name) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(name))) {
      return lines.map(line -> Integer.valueOf(line.replaceAll("\\D", ""))).toList();
    }
  }

  private List<String> putAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("eve-"))
          .sorted()
          .toList();
    }
  }
}
