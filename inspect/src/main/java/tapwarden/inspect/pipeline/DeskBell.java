package tapwarden.inspect.pipeline;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How workers wake the alert desk, which sleeps while there is nothing to pass on: an alert is
 * there at once, and a quiet network costs no processor time. Each side first says what it did and
 * then looks at the other, with a fence between, so that no ring is missed.
 */
final class DeskBell {
  private volatile @Nullable Thread sleeper;
  private volatile boolean holding;

  /**
   * The desk says that it is about to sleep, and must look once more before it does.
   *
   * @param holdsOutputs whether it has outputs that wait for other workers' progress
   */
  void aboutToSleep(boolean holdsOutputs) {
    holding = holdsOutputs;
    sleeper = Thread.currentThread();
    VarHandle.fullFence();
  }

  /** Sleeps until somebody rings, at most {@code nanos}. */
  void sleep(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }

  void awake() {
    sleeper = null;
    holding = false;
  }

  /** A worker has something for the desk. */
  void ring() {
    VarHandle.fullFence();
    wake();
  }

  /** A worker got on without anything for the desk, which others' outputs may have waited for. */
  void progressed() {
    VarHandle.fullFence();
    if (holding) {
      wake();
    }
  }

  private void wake() {
    Thread asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }
}
