package tapwarden.capture.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters of one thread: only that thread adds, any thread may read. No two threads share a
 * cache line because each block is an array of its own with a line of padding at both ends.
 */
public final class CounterBlock {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PADDING = 8;
  private static final int COUNT = Counter.values().length;

  private final long[] values = new long[COUNT + 2 * PADDING];

  /** Adds 1; called by the owning thread only. */
  public void increment(Counter counter) {
    add(counter, 1);
  }

  /** Adds {@code amount}; called by the owning thread only. */
  public void add(Counter counter, long amount) {
    int i = PADDING + counter.ordinal();
    LONGS.setOpaque(values, i, values[i] + amount);
  }

  /** Sets a gauge-like value (a number that another party counts, such as kernel drops). */
  public void set(Counter counter, long value) {
    LONGS.setOpaque(values, PADDING + counter.ordinal(), value);
  }

  /** The value as last written by the owner; any thread may ask. */
  public long get(Counter counter) {
    return (long) LONGS.getOpaque(values, PADDING + counter.ordinal());
  }
}
