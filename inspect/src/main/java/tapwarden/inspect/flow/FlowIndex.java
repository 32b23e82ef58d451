package tapwarden.inspect.flow;

/**
 * From a 32-bit hash to slots: open addressing with linear probing over longs that hold the whole
 * hash and the slot, so that a probe touches a slot only when 32 bits agree. Sized once for half
 * load; nothing is ever rehashed, and removal shifts entries back instead of leaving tombstones.
 */
final class FlowIndex {
  private final long[] entries;
  private final int mask;

  FlowIndex(int capacity) {
    int size = Integer.highestOneBit(Math.max(capacity, 8) * 2 - 1) << 1;
    entries = new long[size];
    mask = size - 1;
  }

  private static long entry(int hash, int slot) {
    return ((long) hash << 32) | (slot + 1);
  }

  private static int hashOf(long entry) {
    return (int) (entry >>> 32);
  }

  /**
   * Reads the first position for {@code hash}; the answer only keeps the read from being left out.
   */
  long touch(int hash) {
    return entries[hash & mask];
  }

  /** The first slot whose hash is {@code hash}, else -1: nearly always the one looked for. */
  int guess(int hash) {
    for (int at = start(hash); !isFree(at); at = next(at)) {
      int slot = slotIf(at, hash);
      if (slot >= 0) {
        return slot;
      }
    }
    return -1;
  }

  /** First position to look at for {@code hash}. */
  int start(int hash) {
    return hash & mask;
  }

  int next(int position) {
    return (position + 1) & mask;
  }

  boolean isFree(int position) {
    return entries[position] == 0;
  }

  /** The slot at {@code position} if its hash agrees, else -1. */
  int slotIf(int position, int hash) {
    long entry = entries[position];
    return hashOf(entry) == hash ? (int) entry - 1 : -1;
  }

  void put(int hash, int slot) {
    int position = start(hash);
    while (entries[position] != 0) {
      position = next(position);
    }
    entries[position] = entry(hash, slot);
  }

  void remove(int hash, int slot) {
    long wanted = entry(hash, slot);
    int hole = start(hash);
    while (entries[hole] != wanted) {
      hole = next(hole);
    }
    int position = hole;
    while (true) {
      position = next(position);
      long entry = entries[position];
      if (entry == 0) {
        break;
      }
      int distanceFromHome = (position - start(hashOf(entry))) & mask;
      if (distanceFromHome >= ((position - hole) & mask)) {
        entries[hole] = entry;
        hole = position;
      }
    }
    entries[hole] = 0;
  }
}
