package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ring that is missed shows as a sleep of an hour, which the time limits turn into a failure. */
final class DeskBellTest {
  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  private final DeskBell bell = new DeskBell();

  @Test
  @Timeout(20)
  void aRingBetweenTheLastLookAndTheSleepEndsTheSleep() {
    bell.aboutToSleep(false);
    bell.ring();
    bell.sleep(HOUR_NANOS);
    bell.awake();
  }

  @Test
  @Timeout(20)
  void progressWakesWhoeverHoldsOutputs() {
    bell.aboutToSleep(true);
    bell.progressed();
    bell.sleep(HOUR_NANOS);
    bell.awake();
  }

  @Test
  @Timeout(60)
  void noMessageOfManyIsLeftLyingWhileTheDeskSleeps() throws InterruptedException {
    int messages = 200_000;
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Thread desk =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (taken.get() < messages) {
                bell.aboutToSleep(false);
                if (sent.get() == taken.get()) {
                  bell.sleep(HOUR_NANOS);
                }
                bell.awake();
                taken.set(sent.get());
              }
            });
    // One at a time, so that the desk goes to sleep before each: a missed ring stops everything.
    for (int i = 0; i < messages; i++) {
      sent.set(i + 1);
      bell.ring();
      while (taken.get() <= i) {
        Thread.onSpinWait();
      }
    }
    desk.join();
    assertThat(taken).hasValue(messages);
  }
}
