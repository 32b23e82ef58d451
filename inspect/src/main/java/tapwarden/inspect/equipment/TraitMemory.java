package tapwarden.inspect.equipment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * What a worker has told the inventory already, so that it need not repeat itself: fingerprints of
 * 128 bits under a secret key, of a trait, a device, a text and the hour of packet time. It only
 * ever keeps back an exact repeat within the hour, and the inventory makes nothing of one, so that
 * what comes out does not depend on what any worker remembers. In a full table the new takes the
 * place of an older one, of which a repeat is then told again (counted). Allocates nothing.
 *
 * <p>Hours are numbered in the order in which packet time, by the clock that all workers share,
 * enters them; so the number never falls, whatever stamps packets bear.
 */
public final class TraitMemory {
  /** Fingerprints that a worker remembers; 16 bytes each. */
  public static final int DEFAULT_CAPACITY = 1 << 13;

  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Places that a fingerprint may take, side by side. */
  private static final int WAYS = 4;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long key1;
  private final long key2;
  private final CounterBlock counters;

  /** Two longs a place; both 0 if it is free. */
  private final long[] prints;

  private final int setMask;
  private int next;
  private long hour = Long.MIN_VALUE;
  private int period;

  /**
   * @param capacity a power of two, at least 4
   */
  public TraitMemory(int capacity, HashKey key, CounterBlock counters) {
    if (capacity < WAYS || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    key1 = key.first() | 1;
    key2 = key.second() | 1;
    this.counters = counters;
    prints = new long[2 * capacity];
    setMask = capacity / WAYS - 1;
  }

  /** The clock has ticked: packet time, the same at the same place of the stream for all. */
  public void tick(long nanos) {
    long now = Math.floorDiv(nanos, HOUR_NANOS);
    if (now != hour) {
      hour = now;
      period++;
    }
  }

  /** The number of the hour. */
  public int period() {
    return period;
  }

  /**
   * Whether this was told before in this hour; remembers it if not.
   *
   * @param kind tells what the next two are: an IP version, or another number for other things
   */
  public boolean isRepeat(
      String trait, int kind, long high, long low, byte[] text, int start, int length) {
    int used = Math.min(length, TraitText.MOST_RAW_BYTES);
    long a = mix(key2, (long) kind << 32 | used, key1);
    long b = mix(key1, (long) period << 32 | Integer.toUnsignedLong(trait.hashCode()), key2);
    a = mix(a, high, key1);
    b = mix(b, high, key2);
    a = mix(a, low, key1);
    b = mix(b, low, key2);
    int at = start;
    for (int end = start + used; at < end; at += Long.BYTES) {
      long word = end - at >= Long.BYTES ? (long) LONGS.get(text, at) : tail(text, at, end);
      a = mix(a, word, key1);
      b = mix(b, word, key2);
    }
    // What went into only one of the two goes into the other.
    return isRepeat(mix(a, b, key1), mix(b, a, key2) | 1);
  }

  private boolean isRepeat(long a, long b) {
    int set = ((int) (a >>> 32) & setMask) * WAYS * 2;
    int free = -1;
    for (int way = 0; way < 2 * WAYS; way += 2) {
      if (prints[set + way] == a && prints[set + way + 1] == b) {
        return true;
      }
      if (free < 0 && prints[set + way + 1] == 0) {
        free = set + way;
      }
    }
    if (free < 0) {
      counters.increment(Counter.TRAIT_REPEATS_FORGOTTEN);
      free = set + 2 * (next++ & (WAYS - 1));
    }
    prints[free] = a;
    prints[free + 1] = b;
    return false;
  }

  private static long tail(byte[] text, int from, int end) {
    long word = 0;
    for (int i = from; i < end; i++) {
      word = (word << 8) | (text[i] & 0xFF);
    }
    return word;
  }

  private static long mix(long state, long word, long key) {
    long product = Math.multiplyHigh(state ^ word, key) ^ ((state ^ word) * key);
    return Long.rotateLeft(product, 29) * 0x9E3779B97F4A7C15L + key;
  }
}
