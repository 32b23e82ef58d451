package tapwarden.appliance.console;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The latest alerts, numbered without a gap, for clients that listen and clients that come back.
 *
 * <p>{@link #publish} may be called from any thread and never waits: a line goes into a queue, and
 * the live port's thread, which owns everything else here, takes it from there. Numbers start at
 * the time of the start in microseconds, so that they go on rising over a restart.
 */
public final class AlertStream {
  /** Most lines that may wait for the live port's thread. */
  static final int MOST_QUEUED = 4096;

  private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicLong missed = new AtomicLong();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Runnable wake;

  private final byte[][] kept;
  private final long mostBytes;
  private long keptBytes;
  private long oldest;
  private long next;

  /**
   * @param firstId number of the first alert
   * @param mostKept most alerts kept
   * @param mostBytes most bytes of them; the latest alert is kept whatever its size
   */
  AlertStream(long firstId, int mostKept, long mostBytes) {
    this.kept = new byte[mostKept][];
    this.mostBytes = mostBytes;
    this.oldest = firstId;
    this.next = firstId;
  }

  /** Offers an alert's JSON line; false if too many wait already, which is counted. */
  public boolean publish(byte[] line) {
    if (queued.incrementAndGet() > MOST_QUEUED) {
      queued.decrementAndGet();
      missed.incrementAndGet();
      return false;
    }
    queue.add(line);
    Runnable action = wake;
    if (action != null && woken.compareAndSet(false, true)) {
      action.run();
    }
    return true;
  }

  /** Alerts that no client could ever get because too many waited. */
  long missed() {
    return missed.get();
  }

  /** Sets what makes the live port's thread call {@link #drain} soon. */
  void onArrival(Runnable action) {
    wake = action;
  }

  /** Takes over what was published. On the live port's thread only, as all below. */
  void drain() {
    woken.set(false);
    for (byte[] line = queue.poll(); line != null; line = queue.poll()) {
      queued.decrementAndGet();
      keep(line);
    }
  }

  /** The number the next alert will have. */
  long next() {
    return next;
  }

  /** The number of the oldest alert still kept; {@link #next()} if there is none. */
  long oldest() {
    return oldest;
  }

  /** The line of a kept alert. */
  byte[] line(long id) {
    return kept[slot(id)];
  }

  private void keep(byte[] line) {
    if (next - oldest == kept.length) {
      forgetOldest();
    }
    kept[slot(next)] = line;
    keptBytes += line.length;
    next++;
    while (keptBytes > mostBytes && next - oldest > 1) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    keptBytes -= kept[slot(oldest)].length;
    kept[slot(oldest)] = new byte[0];
    oldest++;
  }

  private int slot(long id) {
    return (int) (id % kept.length);
  }
}
