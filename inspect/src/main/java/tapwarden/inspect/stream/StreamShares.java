package tapwarden.inspect.stream;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Divides a worker's {@link StreamMemory} among what streams keep, so that no flood of one kind
 * starves the others or the connections that come after it.
 *
 * <ul>
 *   <li>Segments that wait get what there is; whoever waits for longest gives way: its segments are
 *       forgotten, as if the mirror had lost them. Readers may drive them down to half of the
 *       memory, no further.
 *   <li>The last bytes of directions get half of the memory; the direction that has had some for
 *       longest gives them up for good.
 *   <li>Second readings get an eighth; further ones are refused.
 * </ul>
 */
final class StreamShares implements StreamMemory.Reclaimer {
  private final StreamMemory memory;
  private final CounterBlock counters;
  private final HalfList waiting = new HalfList();
  private final HalfList remembering = new HalfList();
  private long heldBytes;
  private long recentBytes;
  private long readingBytes;
  private boolean forWaiting;

  /** The direction that is being worked on: it does not give way to itself. */
  private @Nullable StreamHalf atHand;

  StreamShares(StreamMemory memory, CounterBlock counters) {
    this.memory = memory;
    this.counters = counters;
    memory.reclaimFrom(this);
  }

  void enter(StreamHalf half) {
    atHand = half;
  }

  void leave() {
    atHand = null;
  }

  @Override
  public boolean reclaim() {
    StreamHalf oldest = waiting.oldest(atHand);
    if (oldest == null || (!forWaiting && heldBytes <= memory.limitBytes() / 2)) {
      return false;
    }
    counters.increment(Counter.STREAM_HELD_EVICTED);
    forget(oldest);
    return true;
  }

  /** For segments that wait. */
  boolean takeHeld(int bytes) {
    forWaiting = true;
    boolean taken = memory.take(bytes);
    forWaiting = false;
    heldBytes += taken ? bytes : 0;
    return taken;
  }

  void giveHeld(int bytes) {
    heldBytes -= bytes;
    memory.give(bytes);
  }

  /** Says that something of a direction waits, or that nothing does any more. */
  void settle(StreamHalf half) {
    if (half.held.isEmpty()) {
      waiting.remove(half.waiting);
    } else {
      waiting.add(half.waiting);
    }
  }

  /** What waits of a direction is forgotten. */
  void forget(StreamHalf half) {
    giveHeld(half.held.capacity());
    half.held.clear();
    waiting.remove(half.waiting);
  }

  /** For the last bytes of a direction. */
  boolean takeRecent(StreamHalf half, int bytes) {
    while (recentBytes + bytes > memory.limitBytes() / 2) {
      StreamHalf oldest = remembering.oldest(half);
      if (oldest == null) {
        return false;
      }
      counters.increment(Counter.STREAM_RECENT_EVICTED);
      giveRecent(oldest);
      oldest.forgetRecent();
    }
    if (!memory.take(bytes)) {
      return false;
    }
    recentBytes += bytes;
    remembering.add(half.remembering);
    return true;
  }

  void giveRecent(StreamHalf half) {
    int bytes = half.recentBytes();
    recentBytes -= bytes;
    memory.give(bytes);
    remembering.remove(half.remembering);
  }

  /** For second readings. */
  boolean takeReading(int bytes) {
    if (readingBytes + bytes > memory.limitBytes() / 8 || !memory.take(bytes)) {
      counters.increment(Counter.STREAM_READINGS_REFUSED);
      return false;
    }
    readingBytes += bytes;
    return true;
  }

  void giveReading(int bytes) {
    readingBytes -= bytes;
    memory.give(bytes);
  }
}
