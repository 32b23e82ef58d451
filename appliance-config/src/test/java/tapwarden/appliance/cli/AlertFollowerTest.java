package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AlertFollowerTest {
  private final List<String> ids = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  private static String line(String id) {
    return "{\"event_type\":\"alert\",\"tapwarden\":{\"id\":\"" + id + "\"}}\n";
  }

  private void append(String text) throws IOException {
    Files.writeString(
        directory.resolve("eve.json"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void await(String... expected) throws InterruptedException {
    for (int i = 0; i < 1_000 && !ids.equals(List.of(expected)); i++) {
      Thread.sleep(10);
    }
    assertThat(ids).containsExactly(expected);
  }

  @Test
  void followsNewLinesOverRotationAndTruncation() throws Exception {
    append(line("old"));
    AlertFollower follower = new AlertFollower(directory);
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                follower.follow(logged -> ids.add(logged.alert().id()));
              } catch (IOException e) {
                ids.add(e.toString());
              }
            });
    Thread.sleep(500); // what is there at the start is not new
    append(line("one").substring(0, 20));
    append(line("one").substring(20));
    await("one");
    append(line("two"));
    Files.move(directory.resolve("eve.json"), directory.resolve("eve-20261101T000000-0001.json"));
    append(line("three"));
    await("one", "two", "three");
    Files.writeString(directory.resolve("eve.json"), "");
    Thread.sleep(500);
    append(line("four"));
    await("one", "two", "three", "four");
    follower.stop();
    thread.join(5_000);
    assertThat(thread.isAlive()).isFalse();
  }
}
