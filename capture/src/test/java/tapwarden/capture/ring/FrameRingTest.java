package tapwarden.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

class FrameRingTest {
  private final Counters counters = new Counters();

  @ParameterizedTest
  @CsvSource({"1,1,2", "1,256,4", "2,1,2", "3,7,8", "4,64,16"})
  void everyFrameReachesExactlyItsWorkerInOrder(int workers, int batchFrames, int batches)
      throws Exception {
    int total = 5_000;
    RingOptions options = options(workers, batches, batchFrames, RingOptions.Wait.BLOCKING);
    List<Recorder> recorders = recorders(workers);
    try (FrameRing ring = new FrameRing(options, recorders, counters, (w, f, t) -> {})) {
      new CaptureLoop(
              new CountingSource(total, false),
              ring,
              options,
              new Modulo(workers),
              counters.newBlock(),
              1)
          .run();
      assertThat(ring.drain(10, TimeUnit.SECONDS)).isTrue();
    }
    BitSet seen = new BitSet();
    for (int w = 0; w < workers; w++) {
      List<Long> numbers = recorders.get(w).numbers;
      assertThat(numbers).isSorted().allMatch(belongsTo(w, workers));
      numbers.forEach(n -> seen.set(n.intValue()));
      assertThat(recorders.get(w).ended).isTrue();
    }
    assertThat(seen.cardinality()).isEqualTo(total);
    assertThat(counters.sum(Counter.FRAMES_DELIVERED)).isEqualTo(total);
    assertThat(counters.sum(Counter.FRAMES_INSPECTED)).isEqualTo(total);
  }

  @ParameterizedTest
  @EnumSource(RingOptions.Wait.class)
  void everyWaitStrategyDelivers(RingOptions.Wait wait) throws Exception {
    RingOptions options = options(1, 4, 16, wait);
    List<Recorder> recorders = recorders(1);
    try (FrameRing ring = new FrameRing(options, recorders, counters, (w, f, t) -> {})) {
      new CaptureLoop(
              new CountingSource(100, false), ring, options, new Modulo(1), counters.newBlock(), 1)
          .run();
      assertThat(ring.drain(10, TimeUnit.SECONDS)).isTrue();
      Histogram latency = new Histogram(FrameRing.LATENCY_MAX_NANOS, 2);
      ring.drainLatencies(latency);
      assertThat(latency.getTotalCount()).isEqualTo(100);
    }
    assertThat(recorders.getFirst().numbers).hasSize(100);
  }

  @Test
  void aFrameThatCannotBeInspectedIsQuarantinedAndTheNextOnesAreNot() throws Exception {
    RingOptions options = options(2, 4, 8, RingOptions.Wait.BLOCKING);
    List<Recorder> recorders = recorders(2);
    recorders.forEach(r -> r.poison = Long.valueOf(13));
    List<String> saved = new ArrayList<>();
    PoisonListener listener =
        (worker, frame, problem) -> {
          synchronized (saved) {
            saved.add(worker + ":" + frame.number() + ":" + problem.getClass().getSimpleName());
          }
        };
    try (FrameRing ring = new FrameRing(options, recorders, counters, listener)) {
      new CaptureLoop(
              new CountingSource(40, false), ring, options, new Modulo(2), counters.newBlock(), 1)
          .run();
      assertThat(ring.drain(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(saved).containsExactly("1:13:StackOverflowError");
    assertThat(recorders.get(0).numbers.size() + recorders.get(1).numbers.size()).isEqualTo(39);
    assertThat(counters.sum(Counter.FRAMES_QUARANTINED)).isEqualTo(1);
    assertThat(counters.sum(Counter.FRAMES_INSPECTED)).isEqualTo(39);
    assertThat(counters.sum(Counter.FRAMES_DELIVERED)).isEqualTo(40);
  }

  @Test
  void noticesReachEveryWorkerAtTheirPlaceInTheStream() throws Exception {
    RingOptions options = options(2, 4, 10, RingOptions.Wait.BLOCKING);
    List<Recorder> recorders = recorders(2);
    BatchPlanner planner =
        batch -> {
          new Modulo(2).plan(batch);
          batch.addNotice(4, "before-" + (batch.firstNumber() + 4));
          batch.addNotice(batch.size(), "after-" + (batch.firstNumber() + batch.size() - 1));
        };
    try (FrameRing ring = new FrameRing(options, recorders, counters, (w, f, t) -> {})) {
      new CaptureLoop(new CountingSource(10, false), ring, options, planner, counters.newBlock(), 1)
          .run();
      ring.drain(10, TimeUnit.SECONDS);
    }
    // Frames 1..10; number n goes to worker n mod 2; the first notice stands before number 5.
    assertThat(recorders.get(0).log)
        .containsExactly("2", "4", "before-5", "6", "8", "10", "after-10");
    assertThat(recorders.get(1).log)
        .containsExactly("1", "3", "before-5", "5", "7", "9", "after-10");
  }

  @Test
  void aWireLosesCountedFramesInsteadOfBlockingWhenAWorkerStalls() throws Exception {
    int total = 1_000;
    RingOptions options = options(1, 2, 10, RingOptions.Wait.BLOCKING);
    List<Recorder> recorders = recorders(1);
    CountDownLatch release = new CountDownLatch(1);
    recorders.getFirst().gate = release;
    CountingSource wire = new CountingSource(total, true);
    try (FrameRing ring = new FrameRing(options, recorders, counters, (w, f, t) -> {})) {
      long patienceNanos = TimeUnit.MILLISECONDS.toNanos(50);
      new CaptureLoop(wire, ring, options, new Modulo(1), counters.newBlock(), 1, patienceNanos)
          .run();
      release.countDown();
      assertThat(ring.drain(10, TimeUnit.SECONDS)).isTrue();
    }
    long shed = counters.sum(Counter.FRAMES_SHED_RING);
    // Two batches of ten fit the ring; a third may follow when the worker has taken the first.
    assertThat(shed).isBetween((long) total - 30, (long) total - 20);
    assertThat(counters.sum(Counter.FRAMES_DELIVERED)).isEqualTo(total - shed);
    assertThat(recorders.getFirst().numbers).hasSize((int) (total - shed));
  }

  @Test
  void leavesFramesToTheKernelWhileAWorkerPauses() throws Exception {
    int total = 1_000;
    RingOptions options = options(1, 2, 10, RingOptions.Wait.BLOCKING);
    List<Recorder> recorders = recorders(1);
    CountDownLatch release = new CountDownLatch(1);
    recorders.getFirst().gate = release;
    CountingSource wire = new CountingSource(total, true);
    Thread pause =
        Thread.ofPlatform()
            .start(() -> {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
              release.countDown();
            });
    try (FrameRing ring = new FrameRing(options, recorders, counters, (w, f, t) -> {})) {
      new CaptureLoop(wire, ring, options, new Modulo(1), counters.newBlock(), 1).run();
      assertThat(ring.drain(10, TimeUnit.SECONDS)).isTrue();
    }
    pause.join();
    assertThat(counters.sum(Counter.FRAMES_SHED_RING)).isZero();
    assertThat(recorders.getFirst().numbers).hasSize(total);
  }

  private static java.util.function.Predicate<Long> belongsTo(int worker, int workers) {
    return n -> n % workers == worker;
  }

  private static RingOptions options(int workers, int batches, int frames, RingOptions.Wait wait) {
    return new RingOptions(workers, batches, frames, FrameBatch.MAX_FRAME_BYTES, wait);
  }

  private static List<Recorder> recorders(int workers) {
    List<Recorder> list = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      list.add(new Recorder());
    }
    return list;
  }

  private record Modulo(int workers) implements BatchPlanner {
    @Override
    public void plan(FrameBatch batch) {
      batch.beginAssignment(workers);
      for (int i = 0; i < batch.size(); i++) {
        batch.assign(i, (int) ((batch.firstNumber() + i) % workers));
      }
    }
  }

  /** Frames of eight bytes that hold their own number. */
  private static final class CountingSource implements PacketSource {
    private final MemorySegment bytes = MemorySegment.ofArray(new byte[8]);
    private final int total;
    private final boolean live;
    private int next = 1;

    CountingSource(int total, boolean live) {
      this.total = total;
      this.live = live;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public boolean isLive() {
      return live;
    }

    @Override
    public List<CaptureInterface> interfaces() {
      return List.of(new CaptureInterface("counting", 1, 0, ""));
    }

    @Override
    public int read(FrameBatch batch) {
      if (next > total) {
        return END;
      }
      int before = batch.size();
      while (next <= total) {
        bytes.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, next);
        if (!batch.append(bytes, 0, 8, 8, next * 1_000L, 1, 0)) {
          break;
        }
        next++;
      }
      return batch.size() - before;
    }

    @Override
    public SourceStatistics statistics() {
      return SourceStatistics.NONE;
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }

  private static final class Recorder implements FrameHandler {
    final List<Long> numbers = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    volatile boolean ended;
    long poison = -1;
    CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void onFrame(int place, Frame frame) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (frame.number() == poison) {
        throw new StackOverflowError();
      }
      long inside = frame.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, frame.offset());
      assertThat(inside).isEqualTo(frame.number());
      numbers.add(frame.number());
      log.add(Long.toString(frame.number()));
    }

    @Override
    public void onNotice(Object message) {
      log.add(message.toString());
    }

    @Override
    public void onEnd() {
      ended = true;
    }
  }
}
