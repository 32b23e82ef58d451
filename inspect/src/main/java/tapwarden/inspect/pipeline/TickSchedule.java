package tapwarden.inspect.pipeline;

import java.util.function.LongConsumer;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.inspect.flow.PacketClock;

/**
 * When packet time ticks: at the packets that {@link PacketClock} chooses, and between two of them
 * that are further apart at fixed distances from the first: each second for a minute, then at
 * doubled distances, 80 ticks at most.
 *
 * <p>The places depend on stamps alone, so that a replay ticks where the live run did. On a silent
 * wire the ticks between come when they are due, as soon as no packet can come that belongs before
 * them: {@link #LATENESS_NANOS} after their time by the clock of this machine, counted from the
 * last packet. A verdict that waits is then given in silence, and a replay, which sees the next
 * packet only, gives it at the same tick. Should the clock that stamps packets be set back by more
 * than that in a silence, ticks come early once, and nothing else is wrong. Used by one thread.
 */
final class TickSchedule {
  /** How late after its stamp a frame may come out of the kernel's buffer. */
  static final long LATENESS_NANOS = 2_000_000_000L;

  /** Ticks a second apart, then ticks at doubled distances: the last is after 728 days. */
  static final int SECONDS = 60;

  static final int MOST = 80;

  private static final long SECOND = 1_000_000_000L;

  private final PacketClock clock;
  private final LongConsumer listener;
  private boolean started;
  private long baseNanos;

  /** Ticks since {@link #baseNanos}, which was a packet's. */
  private int ticks;

  private long lastStampNanos;
  private long lastReadNanos;

  TickSchedule(PacketClock clock) {
    this(clock, nanos -> {});
  }

  /**
   * @param listener hears the packet time of each tick when it is added
   */
  TickSchedule(PacketClock clock, LongConsumer listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** A frame of a batch: adds the ticks that stand before it. */
  void frame(FrameBatch batch, int index) {
    if (clock.observe(batch.timestampNanos(index))) {
      long number = batch.number(index);
      if (started) {
        between(batch, index, number, clock.nanos());
      }
      add(batch, index, new Tick(clock.nanos(), number, ticks));
      started = true;
      baseNanos = clock.nanos();
      ticks = 0;
    }
  }

  /** All frames of a batch were seen. */
  void batch(FrameBatch batch) {
    int size = batch.size();
    if (size > 0) {
      lastStampNanos = batch.timestampNanos(size - 1);
      lastReadNanos = batch.handedOverNanos();
    }
  }

  /**
   * The wire is silent: adds the ticks that are due to an empty batch.
   *
   * @param monotonicNanos the present, on the scale of {@link FrameBatch#handedOverNanos()}
   * @return whether there are any
   */
  boolean silence(FrameBatch empty, long monotonicNanos) {
    if (!started) {
      return false;
    }
    // A stamp that the clock does not believe moves nothing; an older one makes this later.
    long stamp = Math.min(lastStampNanos, clock.nanos());
    long certain = stamp + (monotonicNanos - lastReadNanos) - LATENESS_NANOS;
    int before = ticks;
    between(empty, 0, empty.firstNumber(), certain);
    return ticks > before;
  }

  /** Adds the ticks before {@code endNanos}. */
  private void between(FrameBatch batch, int index, long number, long endNanos) {
    while (ticks < MOST && endNanos - baseNanos > distanceNanos(ticks)) {
      add(batch, index, new Tick(baseNanos + distanceNanos(ticks), number, ticks));
      ticks++;
    }
  }

  private void add(FrameBatch batch, int index, Tick tick) {
    batch.addNotice(index, tick);
    listener.accept(tick.nanos());
  }

  /** Distance of a tick from the packet's tick before; the first has index 0. */
  static long distanceNanos(int index) {
    return index < SECONDS ? (index + 1) * SECOND : (SECONDS * SECOND) << (index - SECONDS + 1);
  }
}
