package tapwarden.inspect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:15:00Z");
  private static final RetentionOptions UNLIMITED =
      new RetentionOptions(Duration.ZERO, Long.MAX_VALUE, Integer.MAX_VALUE, 0);
  private static final String A = "a".repeat(26);
  private static final String B = "b".repeat(26);

  @TempDir Path directory;
  private final CounterBlock counters = new CounterBlock();
  private double freePercent = 50;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectory(directory.resolve("evidence"));
    file("eve.json", 1_000, 400);
    file("eve-20261101T000000-0001.json", 100, 22);
    file("eve-20261110T000000-0002.json.gz", 100, 13);
    file("evidence/" + A + ".pcapng", 100, 20);
    file("evidence/" + B + ".pcapng", 100, 1);
  }

  @Test
  void deletesWhatIsOlderThanItsAgeAndNeverTheLogInUse() throws IOException {
    int deleted =
        enforce(new RetentionOptions(Duration.ofDays(15), Long.MAX_VALUE, Integer.MAX_VALUE, 0));
    assertThat(deleted).isEqualTo(2);
    assertThat(names())
        .containsExactly(
            "eve-20261110T000000-0002.json.gz", "eve.json", "evidence/" + B + ".pcapng");
    assertThat(counters.get(Counter.RETENTION_DELETED)).isEqualTo(2);
  }

  @Test
  void deletesTheOldestUntilTheTotalFits() throws IOException {
    enforce(new RetentionOptions(Duration.ZERO, 250, Integer.MAX_VALUE, 0));
    assertThat(names())
        .containsExactly(
            "eve-20261110T000000-0002.json.gz", "eve.json", "evidence/" + B + ".pcapng");
  }

  @Test
  void deletesTheOldestUntilTheNumberFits() throws IOException {
    enforce(new RetentionOptions(Duration.ZERO, Long.MAX_VALUE, 1, 0));
    assertThat(names()).containsExactly("eve.json", "evidence/" + B + ".pcapng");
  }

  @Test
  void deletesTheOldestUntilEnoughOfTheDiskIsFree() throws IOException {
    freePercent = 4;
    Retention.Space disk = folder -> freePercent + 1.0 * counters.get(Counter.RETENTION_DELETED);
    new Retention(
            directory,
            new RetentionOptions(Duration.ZERO, Long.MAX_VALUE, Integer.MAX_VALUE, 5),
            Clock.fixed(NOW, ZoneOffset.UTC),
            disk,
            counters)
        .enforce();
    assertThat(names())
        .hasSize(4)
        .doesNotContain("eve-20261101T000000-0001.json")
        .contains("eve.json");
  }

  @Test
  void leavesEverythingThatTheSinksDidNotName() throws IOException {
    file("notes.txt", 10, 999);
    file("eve-old.json", 10, 999);
    file("evidence/report.pcapng", 10, 999);
    Path outside = Files.writeString(directory.resolve("precious"), "precious");
    Files.createSymbolicLink(directory.resolve("eve-20260101T000000-0009.json"), outside);
    enforce(new RetentionOptions(Duration.ofDays(1), 0, 0, 100));
    assertThat(names())
        .containsExactly(
            "eve-20260101T000000-0009.json",
            "eve-old.json",
            "eve.json",
            "evidence/report.pcapng",
            "notes.txt",
            "precious");
  }

  @Test
  void takesUnfinishedEvidenceForAbandonedAfterADay() throws IOException {
    file("evidence/" + A + ".pcapng.part", 10, 2);
    file("evidence/" + B + ".pcapng.part", 10, 0);
    enforce(new RetentionOptions(Duration.ZERO, 0, Integer.MAX_VALUE, 0));
    assertThat(names()).containsExactly("eve.json", "evidence/" + B + ".pcapng.part");
  }

  @Test
  void deletesNothingWithinItsLimitsOrWithoutADirectory() throws IOException {
    assertThat(enforce(UNLIMITED)).isZero();
    assertThat(enforce(RetentionOptions.DEFAULT)).isZero();
    assertThat(names()).hasSize(5);
    Path none = directory.resolve("none");
    assertThat(new Retention(none, UNLIMITED, Clock.fixed(NOW, ZoneOffset.UTC), counters).enforce())
        .isZero();
  }

  private int enforce(RetentionOptions options) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Retention(directory, options, clock, folder -> freePercent, counters).enforce();
  }

  private void file(String name, int bytes, int ageDays) throws IOException {
    Path file = Files.write(directory.resolve(name), new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(ageDays))));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
