package tapwarden.inspect.pipeline;

import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Which local address has met which remote one: a set of 64-bit fingerprints under a secret key.
 * When it is full, nothing is "first" any more (counted): a claim that cannot be proven is not
 * made.
 */
final class ContactMemory {
  /** Most pairs remembered by one worker; 16 bytes each. */
  static final int CAPACITY = 1 << 20;

  private final long key1;
  private final long key2;
  private final CounterBlock counters;
  private long[] slots = new long[1024];
  private int size;

  ContactMemory(long key1, long key2, CounterBlock counters) {
    this.key1 = key1 | 1;
    this.key2 = key2;
    this.counters = counters;
  }

  /** Remembers the pair; true if it was not known before. */
  boolean isFirst(int version, long localHigh, long localLow, long remoteHigh, long remoteLow) {
    long print = mix(mix(mix(mix(key2 ^ version, localHigh), localLow), remoteHigh), remoteLow);
    print = print == 0 ? 1 : print;
    int at = find(print);
    if (slots[at] == print) {
      return false;
    }
    if (size >= CAPACITY) {
      counters.increment(Counter.CONTACT_MEMORY_FULL);
      return false;
    }
    slots[at] = print;
    if (++size > slots.length / 2) {
      grow();
    }
    return true;
  }

  private int find(long print) {
    int mask = slots.length - 1;
    int at = (int) print & mask;
    while (slots[at] != 0 && slots[at] != print) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long print : old) {
      if (print != 0) {
        slots[find(print)] = print;
      }
    }
  }

  private long mix(long state, long word) {
    long product = Math.multiplyHigh(state ^ word, key1) ^ ((state ^ word) * key1);
    return Long.rotateLeft(product, 29) * 0x9E3779B97F4A7C15L + key2;
  }
}
