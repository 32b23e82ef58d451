package tapwarden.capture.ring;

import com.lmax.disruptor.EventHandler;
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
  private final Frame view = new Frame();

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
  }

  @Override
  public void onEvent(FrameBatch batch, long sequence, boolean endOfBatch) {
    int count = batch.assignedCount(index);
    int failed = 0;
    int next = 0;
    FrameBatch.@Nullable Notice notice = batch.notice(0);
    startBatch(batch);
    for (int nth = 0; nth < count; nth++) {
      int at = batch.assignedIndex(index, nth);
      while (notice != null && notice.beforeFrame() <= at) {
        deliver(notice);
        notice = batch.notice(++next);
      }
      batch.frame(at, view);
      try {
        handler.onFrame(view);
      } catch (Throwable problem) {
        failed++;
        quarantine(problem);
      }
    }
    while (notice != null) {
      deliver(notice);
      notice = batch.notice(++next);
    }
    counters.add(Counter.FRAMES_INSPECTED, count - failed);
    endBatch(batch);
    if (count > 0) {
      long nanos = System.nanoTime() - batch.handedOverNanos();
      latency.recordValueWithCount(Math.clamp(nanos, 1, FrameRing.LATENCY_MAX_NANOS), count);
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

  private void quarantine(Throwable problem) {
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
