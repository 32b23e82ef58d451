package tapwarden.capture.ring;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counters;
import tapwarden.capture.packet.FrameBatch;

/**
 * The ring between one capture thread and its workers: every worker sees every batch and inspects
 * the frames of it that are assigned to it, so a block of a file reaches all workers without a
 * copy.
 *
 * <p>The producer never blocks in the ring: {@link #tryClaim()} answers null when every batch is in
 * use, and the caller decides whether that means waiting (a file) or losing frames (a wire). The
 * Disruptor's own defaults would kill a worker at its first exception and then block the producer
 * for ever; here no exception reaches it.
 */
public final class FrameRing implements AutoCloseable {
  /** Longest latency that is told apart, in nanoseconds: one minute. */
  static final long LATENCY_MAX_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  static final System.Logger LOG = System.getLogger(FrameRing.class.getName());

  private final Disruptor<FrameBatch> disruptor;
  private final RingBuffer<FrameBatch> ring;
  private final List<SingleWriterRecorder> latencies;
  private final int workers;
  private final CountDownLatch started;
  private final CountDownLatch ended;
  private long claimed = -1;

  /**
   * @param handlers one a worker, as many as {@link RingOptions#workers()}
   */
  public FrameRing(
      RingOptions options,
      List<? extends FrameHandler> handlers,
      Counters counters,
      PoisonListener poison) {
    workers = options.workers();
    if (handlers.size() != workers) {
      throw new IllegalArgumentException(handlers.size() + " handlers for " + workers);
    }
    disruptor =
        new Disruptor<>(
            () -> new FrameBatch(options.batchFrames(), options.batchBytes()),
            options.batches(),
            threads(),
            ProducerType.SINGLE,
            waitStrategy(options.waiting()));
    disruptor.setDefaultExceptionHandler(new LogOnly());
    SingleWriterRecorder[] recorders = new SingleWriterRecorder[workers];
    started = new CountDownLatch(workers);
    ended = new CountDownLatch(workers);
    RingWorker[] consumers = new RingWorker[workers];
    for (int i = 0; i < workers; i++) {
      recorders[i] = new SingleWriterRecorder(LATENCY_MAX_NANOS, 2);
      consumers[i] =
          new RingWorker(
              i, handlers.get(i), counters.newBlock(), poison, recorders[i], started, ended);
    }
    latencies = List.of(recorders);
    disruptor.handleEventsWith(consumers);
    ring = disruptor.getRingBuffer();
    disruptor.start();
    awaitStart();
  }

  /** A Disruptor that is shut down before a worker's thread runs skips that worker's backlog. */
  private void awaitStart() {
    try {
      started.await();
    } catch (InterruptedException stop) {
      disruptor.halt();
      Thread.currentThread().interrupt();
    }
  }

  public int workers() {
    return workers;
  }

  /** An empty batch to fill, or null when every batch is in use. The same one until published. */
  public @Nullable FrameBatch tryClaim() {
    if (claimed < 0) {
      try {
        claimed = ring.tryNext();
      } catch (InsufficientCapacityException full) {
        return null;
      }
      ring.get(claimed).clear();
    }
    return ring.get(claimed);
  }

  /** Hands the claimed batch to the workers. */
  public void publish() {
    long sequence = claimed;
    claimed = -1;
    ring.publish(sequence);
  }

  /** Batches that are claimed or not yet inspected by all workers. */
  int inUse() {
    return (int) (ring.getBufferSize() - ring.remainingCapacity());
  }

  /** Share of the ring that is in use, 0 to 1; any thread may ask. */
  public double fill() {
    return 1.0 - (double) ring.remainingCapacity() / ring.getBufferSize();
  }

  /**
   * Adds the hand-over-to-inspected latencies in nanoseconds since the last call to {@code sum}.
   */
  public synchronized void drainLatencies(Histogram sum) {
    for (SingleWriterRecorder recorder : latencies) {
      sum.add(recorder.getIntervalHistogram());
    }
  }

  /**
   * Waits until the workers have seen everything that was published, then ends them.
   *
   * @return false if they did not finish in time and were halted
   */
  public boolean drain(long timeout, TimeUnit unit) {
    if (claimed >= 0) {
      ring.get(claimed).clear();
      publish();
    }
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    // The Disruptor's own shutdown would spin for as long as the workers are busy.
    while (ring.getMinimumGatingSequence() < ring.getCursor() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
    disruptor.halt();
    try {
      return ring.getMinimumGatingSequence() >= ring.getCursor()
          && ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    disruptor.halt();
  }

  private static ThreadFactory threads() {
    return Thread.ofPlatform().name("inspect-", 0).daemon(true).factory();
  }

  private static WaitStrategy waitStrategy(RingOptions.Wait wait) {
    return switch (wait) {
      case BLOCKING -> new BlockingWaitStrategy();
      case SLEEPING -> new SleepingWaitStrategy();
      case YIELDING -> new YieldingWaitStrategy();
      case BUSY_SPIN -> new BusySpinWaitStrategy();
    };
  }

  /** Never reached in the normal course: the workers catch everything themselves. */
  private static final class LogOnly implements ExceptionHandler<FrameBatch> {
    @Override
    public void handleEventException(Throwable problem, long sequence, FrameBatch batch) {
      LOG.log(System.Logger.Level.ERROR, "batch " + sequence + " failed", problem);
    }

    @Override
    public void handleOnStartException(Throwable problem) {
      LOG.log(System.Logger.Level.ERROR, "worker failed to start", problem);
    }

    @Override
    public void handleOnShutdownException(Throwable problem) {
      LOG.log(System.Logger.Level.ERROR, "worker failed to end", problem);
    }
  }
}
