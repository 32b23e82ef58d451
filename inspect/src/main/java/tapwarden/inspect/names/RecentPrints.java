package tapwarden.inspect.names;

/**
 * The latest fingerprints that were noted, each with the number that it was first noted with.
 * Bounded: of more than {@link #capacity} the one that was noted first is forgotten. One worker's;
 * not thread-safe, allocates nothing.
 */
final class RecentPrints {
  private final long[] prints;
  private final long[] values;

  /** Open addressing: entry number + 1, or 0; at most half full. */
  private final int[] index;

  private int oldest;
  private int size;

  RecentPrints(int capacity) {
    prints = new long[capacity];
    values = new long[capacity];
    index = new int[Integer.highestOneBit(capacity) << 2];
  }

  int capacity() {
    return prints.length;
  }

  boolean isFull() {
    return size == prints.length;
  }

  /**
   * Notes a fingerprint; one that is known already keeps its number.
   *
   * @return whether another was forgotten for it
   */
  boolean note(long print, long value) {
    if (find(print) >= 0) {
      return false;
    }
    boolean full = isFull();
    int entry;
    if (full) {
      entry = oldest;
      oldest = oldest + 1 == prints.length ? 0 : oldest + 1;
      remove(entry);
    } else {
      entry = size++;
    }
    prints[entry] = print;
    values[entry] = value;
    put(print, entry);
    return full;
  }

  /**
   * Notes a fingerprint with the number, known or not.
   *
   * @return whether another was forgotten for it
   */
  boolean renew(long print, long value) {
    int entry = find(print);
    if (entry < 0) {
      return note(print, value);
    }
    values[entry] = value;
    return false;
  }

  boolean contains(long print) {
    return find(print) >= 0;
  }

  /** The number noted with the fingerprint, or else what is given. */
  long valueOf(long print, long otherwise) {
    int entry = find(print);
    return entry < 0 ? otherwise : values[entry];
  }

  private int home(long print) {
    return (int) (print >>> 7) & index.length - 1;
  }

  private int next(int at) {
    return at + 1 & index.length - 1;
  }

  private int find(long print) {
    for (int at = home(print); index[at] != 0; at = next(at)) {
      int entry = index[at] - 1;
      if (prints[entry] == print) {
        return entry;
      }
    }
    return -1;
  }

  private void put(long print, int entry) {
    int at = home(print);
    while (index[at] != 0) {
      at = next(at);
    }
    index[at] = entry + 1;
  }

  /** Deletion by shifting back, so that no tombstones gather. */
  private void remove(int entry) {
    int hole = home(prints[entry]);
    while (index[hole] != entry + 1) {
      hole = next(hole);
    }
    index[hole] = 0;
    for (int at = next(hole); index[at] != 0; at = next(at)) {
      int mask = index.length - 1;
      int home = home(prints[index[at] - 1]);
      if ((at - home & mask) >= (at - hole & mask)) {
        index[hole] = index[at];
        index[at] = 0;
        hole = at;
      }
    }
  }
}
