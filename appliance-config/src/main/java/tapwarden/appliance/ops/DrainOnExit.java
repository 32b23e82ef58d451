package tapwarden.appliance.ops;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns SIGTERM, SIGINT and SIGHUP into an orderly end: whatever runs is asked to stop, what is
 * under way is written, and the process ends with the exit code that its main thread worked out,
 * not with the signal's. When draining takes longer than the patience, the process ends all the
 * same; a second signal ends it at once. A service that has no terminal to lose can take SIGHUP for
 * something else ({@link #onHangUp}).
 */
public final class DrainOnExit {
  /** Exit code when draining took too long. */
  public static final int OUT_OF_PATIENCE = 1;

  private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> hangUp = new AtomicReference<>();
  private final AtomicInteger exitCode = new AtomicInteger();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicInteger signals = new AtomicInteger();
  private final Duration patience;
  private volatile boolean draining;

  public DrainOnExit(Duration patience) {
    this.patience = patience;
  }

  /**
   * From here on a signal drains. To be called once, early in {@code main}.
   *
   * @param say gets what a person should know about it
   */
  public void install(Consumer<String> say) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("drain").unstarted(this::hook));
    Signals.listen(List.of("INT", "TERM"), () -> signal(say));
    Signals.listen(List.of("HUP"), () -> hangUp(say));
  }

  private void hangUp(Consumer<String> say) {
    Runnable instead = hangUp.get();
    if (instead == null) {
      signal(say);
    } else {
      instead.run();
    }
  }

  /** What SIGHUP does instead of ending the process; null for nothing. */
  public void onHangUp(@Nullable Runnable action) {
    hangUp.set(action);
  }

  private void signal(Consumer<String> say) {
    if (signals.incrementAndGet() > 1) {
      say.accept("a second signal: ended at once, what was under way is not written");
      Runtime.getRuntime().halt(OUT_OF_PATIENCE);
    }
    if (stop.get() != null && finished.getCount() > 0) {
      say.accept("stopping: what is under way is written; a second signal ends at once");
    }
    // Returns never, and the next signal has a thread of its own.
    Runtime.getRuntime().exit(finished.getCount() > 0 ? OUT_OF_PATIENCE : exitCode.get());
  }

  /** What to call when a signal comes; called at once if one came already. Null for nothing. */
  public void onStop(@Nullable Runnable action) {
    stop.set(action);
    if (draining && action != null) {
      action.run();
    }
  }

  /** Whether a signal has come. */
  public boolean isDraining() {
    return draining;
  }

  /** The main thread is done: ends the process with this code. Does not return. */
  public void exit(int code) {
    finish(code);
    Runtime.getRuntime().exit(code);
  }

  void finish(int code) {
    exitCode.set(code);
    finished.countDown();
  }

  private void hook() {
    if (finished.getCount() > 0) {
      Runtime.getRuntime().halt(drain());
    }
  }

  /** Stops and waits; the exit code. */
  int drain() {
    draining = true;
    Runnable action = stop.get();
    if (action != null) {
      action.run();
    } else if (finished.getCount() > 0) {
      return OUT_OF_PATIENCE;
    }
    try {
      if (finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return exitCode.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return OUT_OF_PATIENCE;
  }
}
