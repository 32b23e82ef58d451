package tapwarden.capture.ring;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/**
 * The capture thread's duty: read, number, plan, hand over. It waits for a free batch: a file can
 * wait, and the frames of a wire wait in the kernel's buffer, which costs the workers nothing. If
 * none comes free for {@link #PATIENCE_NANOS} a worker stands still; then it reads on from a wire
 * into a spare batch and counts what it had to give up.
 */
public final class CaptureLoop {
  private static final long WIRE_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /** Less than the batches ahead take to inspect; each wait costs as much as dozens of frames. */
  private static final long FILE_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /**
   * Batches of a file that wait for the workers: enough to keep them busy, and few enough to be in
   * the processor's caches still when they are inspected.
   */
  private static final int FILE_BATCHES_AHEAD = 4;

  private static final long STATISTICS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * How long all workers may stand still before frames of a wire are read to be given up. Until
   * then the kernel keeps them, and counts those that its buffer has no room for.
   */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final PacketSource source;
  private final FrameRing ring;
  private final BatchPlanner planner;
  private final CounterBlock counters;
  private final FrameBatch spare;
  private final long patienceNanos;
  private final long firstNumber;
  private long nextNumber;
  private volatile boolean stopped;
  private volatile long framesRead;

  /**
   * @param firstNumber number of the first frame; 1 unless frames were read before
   */
  public CaptureLoop(
      PacketSource source,
      FrameRing ring,
      RingOptions options,
      BatchPlanner planner,
      CounterBlock counters,
      long firstNumber) {
    this(source, ring, options, planner, counters, firstNumber, PATIENCE_NANOS);
  }

  CaptureLoop(
      PacketSource source,
      FrameRing ring,
      RingOptions options,
      BatchPlanner planner,
      CounterBlock counters,
      long firstNumber,
      long patienceNanos) {
    this.source = source;
    this.patienceNanos = patienceNanos;
    this.ring = ring;
    this.planner = planner;
    this.counters = counters;
    this.firstNumber = firstNumber;
    nextNumber = firstNumber;
    spare = new FrameBatch(options.batchFrames(), options.batchBytes());
  }

  /** Number that the next frame will get. */
  public long nextNumber() {
    return nextNumber;
  }

  /** Frames read so far; any thread may ask. */
  public long framesRead() {
    return framesRead;
  }

  /**
   * Makes {@link #run} return soon, from a wire when what the kernel held has been read; any thread
   * may call it.
   */
  public void stop() {
    stopped = true;
    source.interrupt();
  }

  /**
   * Reads the source to its end, or until {@link #stop()}.
   *
   * @throws IOException when the source failed for good; all frames before were handed over
   */
  public void run() throws IOException {
    long statisticsDue = System.nanoTime() + STATISTICS_EVERY_NANOS;
    long claimedNanos = System.nanoTime();
    try {
      while (!stopped || source.isLive()) {
        boolean far = !source.isLive() && ring.inUse() >= FILE_BATCHES_AHEAD;
        FrameBatch batch = far ? null : ring.tryClaim();
        boolean shed = batch == null;
        if (batch != null) {
          claimedNanos = System.nanoTime();
        } else {
          if (!source.isLive() || System.nanoTime() - claimedNanos < patienceNanos) {
            LockSupport.parkNanos(source.isLive() ? WIRE_WAIT_NANOS : FILE_WAIT_NANOS);
            continue;
          }
          batch = spare;
          batch.clear();
        }
        int added = source.read(batch);
        if (added == PacketSource.END) {
          return;
        }
        if (added > 0) {
          take(batch, added, shed);
        } else if (!shed && source.isLive()) {
          idle(batch);
        }
        if (source.isLive() && System.nanoTime() - statisticsDue >= 0) {
          statisticsDue += STATISTICS_EVERY_NANOS;
          account();
        }
      }
    } finally {
      account();
    }
  }

  private void take(FrameBatch batch, int added, boolean shed) {
    batch.firstNumber(nextNumber);
    nextNumber += added + batch.rejected();
    framesRead = nextNumber - firstNumber;
    if (shed) {
      counters.add(Counter.FRAMES_SHED_RING, added);
      return;
    }
    long bytes = 0;
    int truncated = 0;
    for (int i = 0; i < added; i++) {
      bytes += batch.capturedLength(i);
      if (batch.capturedLength(i) < batch.wireLength(i)) {
        truncated++;
      }
    }
    counters.add(Counter.FRAMES_DELIVERED, added);
    counters.add(Counter.BYTES_DELIVERED, bytes);
    counters.add(Counter.FRAMES_TRUNCATED, truncated);
    batch.handedOverNanos(System.nanoTime());
    planner.plan(batch);
    ring.publish();
  }

  private void idle(FrameBatch batch) {
    long now = System.nanoTime();
    batch.firstNumber(nextNumber);
    if (planner.planIdle(batch, now)) {
      batch.handedOverNanos(now);
      ring.publish();
    }
  }

  private void account() {
    SourceStatistics statistics = source.statistics();
    counters.set(Counter.FRAMES_KERNEL_DROPPED, statistics.kernelDropped());
    counters.set(Counter.FRAMES_INTERFACE_DROPPED, statistics.interfaceDropped());
    counters.set(Counter.FRAMES_DAMAGED, statistics.damaged());
  }
}
