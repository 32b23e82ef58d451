package tapwarden.inspect.pipeline;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.json.JsonWriter;

/**
 * The ring from one worker to the alert desk. The worker writes, the desk reads; a full ring makes
 * the worker wait (counted), because an alert is never given up for room.
 *
 * <p>{@link #progress} says up to which place of the stream everything is out: the desk may then go
 * on with other workers' outputs up to there.
 */
final class WorkerOutput {
  /** Few enough for the lines in them to stay in the processor's caches. */
  static final int SLOTS = 512;

  private static final long WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final RingBuffer<OutEvent> ring =
      RingBuffer.createSingleProducer(OutEvent::new, SLOTS, new YieldingWaitStrategy());
  private final Sequence consumed = new Sequence(-1);
  private final CounterBlock counters;
  private final DeskBell bell;
  private volatile long progress;
  private long claimed;
  private boolean untold;
  private long tickNanos;

  WorkerOutput(CounterBlock counters, DeskBell bell) {
    this.counters = counters;
    this.bell = bell;
    ring.addGatingSequences(consumed);
  }

  // ---- the worker's side

  /** The clock has ticked: what is sent from now on was sent at that packet time. */
  void tick(long nanos) {
    tickNanos = nanos;
  }

  /** An empty line to write one JSON object into; {@link #endLine} sends it. */
  JsonWriter beginLine(long place, long order) {
    return claim(place, order).line().reset();
  }

  void endLine() {
    ring.publish(claimed);
    untold = true;
  }

  /** Sends a message that is no line, such as a finding, of which the desk is to know at once. */
  void send(long place, long order, Object message) {
    claim(place, order).message = message;
    ring.publish(claimed);
    bell.ring();
  }

  /** Sends a message that nobody waits for: the desk hears of it with what comes next. */
  void sendUnhurried(long place, long order, Object message) {
    claim(place, order).message = message;
    ring.publish(claimed);
    untold = true;
  }

  /** Everything up to {@code place} of the stream has been sent. */
  void progress(long place) {
    progress = place;
    if (untold || place == Long.MAX_VALUE) {
      untold = false;
      bell.ring();
    } else {
      bell.progressed();
    }
  }

  private OutEvent claim(long place, long order) {
    boolean waited = false;
    while (true) {
      try {
        claimed = ring.tryNext();
        break;
      } catch (InsufficientCapacityException full) {
        if (!waited) {
          waited = true;
          counters.increment(Counter.OUTPUT_RING_FULL);
          bell.ring();
        }
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
    OutEvent event = ring.get(claimed);
    event.place = place;
    event.order = order;
    event.tickNanos = tickNanos;
    return event;
  }

  // ---- the desk's side

  /** The oldest output that was not taken yet, or null. */
  @Nullable OutEvent peek() {
    long next = consumed.get() + 1;
    return next <= ring.getCursor() ? ring.get(next) : null;
  }

  /** Gives the slot of the peeked output back. */
  void taken() {
    long next = consumed.get() + 1;
    ring.get(next).release();
    consumed.set(next);
  }

  /** Read before {@link #peek()}: an output found missing after that is newer than this. */
  long progress() {
    return progress;
  }
}
