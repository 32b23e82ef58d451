package tapwarden.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.sink.Retention;
import tapwarden.inspect.sink.RetentionOptions;

class HousekeeperTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir Path directory;

  @Test
  void deletesWhatIsTooOldNowAndLaterAndNeverTheLogThatIsWritten() throws IOException {
    RetentionOptions tenDays = new RetentionOptions(Duration.ofDays(10), 1 << 20, 100, 0);
    Retention retention =
        new Retention(
            directory, tenDays, Clock.fixed(NOW, java.time.ZoneOffset.UTC), new CounterBlock());
    Path current = file("eve.json", 30);
    Path young = file("eve-20261115T000000-0002.json", 5);
    Path old = file("eve-20261101T000000-0001.json", 19);
    try (Housekeeper housekeeper = new Housekeeper(retention, Duration.ofMillis(5))) {
      awaitGone(old);
      Path oldLater = file("eve-20261102T000000-0003.json", 18);
      awaitGone(oldLater);
      assertThat(housekeeper).isNotNull();
    }
    assertThat(young).exists();
    assertThat(current).exists();
  }

  private Path file(String name, int daysOld) throws IOException {
    // Made under a name that is not looked at, so that it is never seen young.
    Path made = Files.writeString(directory.resolve("new"), "{}");
    Files.setLastModifiedTime(made, FileTime.from(NOW.minus(Duration.ofDays(daysOld))));
    return Files.move(made, directory.resolve(name));
  }

  private static void awaitGone(Path file) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Files.exists(file) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(file).doesNotExist();
  }
}
