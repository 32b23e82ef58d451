package tapwarden.appliance.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainOnExitTest {
  @Test
  void stopsTheSessionAndEndsWithTheCodeThatItWorkedOut() throws InterruptedException {
    DrainOnExit drain = new DrainOnExit(Duration.ofSeconds(20));
    CountDownLatch stopped = new CountDownLatch(1);
    drain.onStop(stopped::countDown);
    Thread session =
        Thread.ofPlatform()
            .start(() -> {
              try {
                stopped.await();
                drain.finish(10);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(drain.drain()).isEqualTo(10);
    assertThat(drain.isDraining()).isTrue();
    session.join();
  }

  @Test
  void losesPatienceWithASessionThatDoesNotEnd() {
    DrainOnExit drain = new DrainOnExit(Duration.ofMillis(50));
    drain.onStop(() -> {});
    assertThat(drain.drain()).isEqualTo(DrainOnExit.OUT_OF_PATIENCE);
  }

  @Test
  void stopsASessionThatStartsAfterTheSignal() {
    DrainOnExit drain = new DrainOnExit(Duration.ofMillis(1));
    assertThat(drain.drain()).isEqualTo(DrainOnExit.OUT_OF_PATIENCE);
    int[] stops = {0};
    drain.onStop(() -> stops[0]++);
    assertThat(stops[0]).isEqualTo(1);
  }
}
