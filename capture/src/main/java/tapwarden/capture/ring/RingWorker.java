package tapwarden.capture.ring;

import com.lmax.disruptor.EventHandler;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;

/** One consumer of the ring: walks its share of each batch and survives any frame in it. */
final class RingWorker implements EventHandler<FrameBatch> {
  private final int index;
  private final FrameHandler handler;
  private final CounterBlock counters;
  private final PoisonListener poison;
  private final SingleWriterRecorder latency;
  private final CountDownLatch started;
  private final CountDownLatch ended;
  private final Frame[] views = new Frame[FrameHandler.LOOK_AHEAD];
  private final @Nullable Throwable[] problems = new @Nullable Throwable[FrameHandler.LOOK_AHEAD];
  private int failed;
  private int nextNotice;

  /** What was read ahead; kept so that the compiler does not leave the reads out. */
  long touched;

  RingWorker(
      int index,
      FrameHandler handler,
      CounterBlock counters,
      PoisonListener poison,
      SingleWriterRecorder latency,
      CountDownLatch started,
      CountDownLatch ended) {
    this.started = started;
    this.ended = ended;
    this.index = index;
    this.handler = handler;
    this.counters = counters;
    this.poison = poison;
    this.latency = latency;
    Arrays.setAll(views, place -> new Frame());
  }

  @Override
  public void onEvent(FrameBatch batch, long sequence, boolean endOfBatch) {
    int count = batch.assignedCount(index);
    failed = 0;
    nextNotice = 0;
    startBatch(batch);
    for (int from = 0; from < count; from += FrameHandler.LOOK_AHEAD) {
      int size = Math.min(FrameHandler.LOOK_AHEAD, count - from);
      announce(batch, from, size);
      inspect(batch, from, size);
    }
    deliverBefore(batch, Integer.MAX_VALUE);
    counters.add(Counter.FRAMES_INSPECTED, count - failed);
    endBatch(batch);
    if (count > 0) {
      long nanos = System.nanoTime() - batch.handedOverNanos();
      latency.recordValueWithCount(Math.clamp(nanos, 1, FrameRing.LATENCY_MAX_NANOS), count);
    }
  }

  private void announce(FrameBatch batch, int from, int size) {
    long sum = 0;
    for (int place = 0; place < size; place++) {
      sum += batch.touch(batch.assignedIndex(index, from + place));
    }
    touched = sum;
    for (int place = 0; place < size; place++) {
      Frame view = batch.frame(batch.assignedIndex(index, from + place), views[place]);
      try {
        handler.expect(place, view);
      } catch (Throwable problem) {
        problems[place] = problem;
      }
    }
    try {
      handler.fetch(size);
    } catch (Throwable problem) {
      counters.increment(Counter.NOTICES_FAILED);
      FrameRing.LOG.log(System.Logger.Level.ERROR, "worker " + index + " failed a fetch", problem);
    }
  }

  private void inspect(FrameBatch batch, int from, int size) {
    for (int place = 0; place < size; place++) {
      if (nextNotice < batch.noticeCount()) {
        deliverBefore(batch, batch.assignedIndex(index, from + place));
      }
      Throwable known = problems[place];
      if (known != null) {
        problems[place] = null;
        quarantine(views[place], known);
        continue;
      }
      try {
        handler.onFrame(place, views[place]);
      } catch (Throwable problem) {
        quarantine(views[place], problem);
      }
    }
  }

  /** Delivers the notices that stand before the frame at {@code at} of the batch. */
  private void deliverBefore(FrameBatch batch, int at) {
    FrameBatch.@Nullable Notice notice = batch.notice(nextNotice);
    while (notice != null && notice.beforeFrame() <= at) {
      deliver(notice);
      notice = batch.notice(++nextNotice);
    }
  }

  private void deliver(FrameBatch.Notice notice) {
    try {
      handler.onNotice(notice.message());
    } catch (Throwable problem) {
      counters.increment(Counter.NOTICES_FAILED);
      FrameRing.LOG.log(System.Logger.Level.ERROR, "worker " + index + " failed a notice", problem);
    }
  }

  private void startBatch(FrameBatch batch) {
    try {
      handler.onBatchStart(batch);
    } catch (Throwable problem) {
      counters.increment(Counter.NOTICES_FAILED);
      FrameRing.LOG.log(System.Logger.Level.ERROR, "worker " + index + " failed a batch", problem);
    }
  }

  private void endBatch(FrameBatch batch) {
    try {
      handler.onBatchEnd(batch, batch.lastNumber());
    } catch (Throwable problem) {
      counters.increment(Counter.NOTICES_FAILED);
      FrameRing.LOG.log(System.Logger.Level.ERROR, "worker " + index + " failed a batch", problem);
    }
  }

  private void quarantine(Frame view, Throwable problem) {
    failed++;
    counters.increment(Counter.FRAMES_QUARANTINED);
    try {
      poison.onPoison(index, view, problem);
    } catch (Throwable second) {
      FrameRing.LOG.log(
          System.Logger.Level.ERROR, "frame " + view.number() + " could not be saved", second);
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onShutdown() {
    try {
      handler.onEnd();
    } catch (Throwable problem) {
      FrameRing.LOG.log(System.Logger.Level.ERROR, "worker " + index + " failed its end", problem);
    } finally {
      ended.countDown();
    }
  }
}
