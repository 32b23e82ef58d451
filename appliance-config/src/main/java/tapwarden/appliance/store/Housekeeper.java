package tapwarden.appliance.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tapwarden.inspect.sink.Retention;

/** Keeps a log directory within its bounds while the service runs: on a thread of its own. */
public final class Housekeeper implements AutoCloseable {
  /** How often an appliance looks: a disk does not fill up faster than alerts are reviewed. */
  public static final Duration EVERY = Duration.ofMinutes(1);

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** Looks at once, and then each time that {@code every} has passed. */
  public Housekeeper(Retention retention, Duration every) {
    thread =
        Thread.ofPlatform()
            .name("housekeeper")
            .daemon(true)
            .start(() -> keep(retention, every.toNanos()));
  }

  private void keep(Retention retention, long everyNanos) {
    try {
      do {
        retention.enforce();
      } while (!closed.await(everyNanos, TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends after the look that is under way. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(EVERY.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
