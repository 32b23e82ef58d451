package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AlertFollowerTest {
  private final List<String> ids = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;

  /** What happens to the log between two looks of the follower. */
  private interface Event {
    void happen() throws IOException;
  }

  private static String line(String id) {
    return "{\"event_type\":\"alert\",\"tapwarden\":{\"id\":\"" + id + "\"}}\n";
  }

  private void append(String text) throws IOException {
    Files.writeString(
        directory.resolve("eve.json"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void expect(String... expected) {
    assertThat(ids).containsExactly(expected);
  }

  /** Each event happens when the follower has read all that was there; the last ends it. */
  private void follow(Event... events) throws IOException {
    Iterator<Event> next = List.of(events).iterator();
    AlertFollower.Pause pause =
        () -> {
          next.next().happen();
          return !next.hasNext();
        };
    new AlertFollower(directory, pause).follow(logged -> ids.add(logged.alert().id()));
    assertThat(next.hasNext()).isFalse();
  }

  @Test
  void followsNewLinesOverRotationAndTruncation() throws Exception {
    append(line("old")); // what is there at the start is not new
    follow(
        () -> append(line("one").substring(0, 20)),
        () -> {
          expect();
          append(line("one").substring(20));
        },
        () -> {
          expect("one");
          append(line("two"));
          Files.move(
              directory.resolve("eve.json"), directory.resolve("eve-20261101T000000-0001.json"));
          append(line("three"));
        },
        () -> expect("one", "two"), // the old file first; the new one at the next look
        () -> {
          expect("one", "two", "three");
          Files.writeString(directory.resolve("eve.json"), "");
        },
        () -> append(line("four")),
        () -> expect("one", "two", "three", "four"));
  }

  @Test
  void waitsForALogThatIsNotThereYet() throws Exception {
    follow(() -> {}, () -> append(line("one")), () -> {}, () -> expect("one"));
  }

  @Test
  void isStoppedFromAnotherThread() throws Exception {
    AlertFollower follower = new AlertFollower(directory);
    List<Exception> thrown = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                follower.follow(logged -> ids.add(logged.alert().id()));
              } catch (IOException e) {
                thrown.add(e);
              }
            });
    follower.stop();
    thread.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(thread.isAlive()).isFalse();
    assertThat(thrown).isEmpty();
  }
}
