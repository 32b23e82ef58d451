package tapwarden.inspect.equipment;

/**
 * Map from IP address (or masked network address) to an int of 0 or more: open addressing with
 * linear probing, at most half full, grown up to a limit. One thread writes; look-ups allocate
 * nothing.
 */
final class AddressTable {
  static final int ABSENT = -1;
  private static final int LEAST_SLOTS = 16;

  private final HashKey key;
  private final int limit;
  private long[] highs;
  private long[] lows;
  private byte[] versions;
  private int[] values;
  private int size;

  /** A table of at most {@code limit} entries. */
  AddressTable(HashKey key, int limit) {
    this.key = key;
    this.limit = limit;
    highs = new long[LEAST_SLOTS];
    lows = new long[LEAST_SLOTS];
    versions = new byte[LEAST_SLOTS];
    values = new int[LEAST_SLOTS];
  }

  int size() {
    return size;
  }

  int get(int version, long high, long low) {
    int slot = find(version, high, low);
    return versions[slot] == 0 ? ABSENT : values[slot];
  }

  /** Adds or replaces; false if the table is full and the address is new. */
  boolean put(int version, long high, long low, int value) {
    int slot = find(version, high, low);
    if (versions[slot] == 0) {
      if (size == limit) {
        return false;
      }
      if (2 * (size + 1) > versions.length) {
        grow();
        slot = find(version, high, low);
      }
      versions[slot] = (byte) version;
      highs[slot] = high;
      lows[slot] = low;
      size++;
    }
    values[slot] = value;
    return true;
  }

  /** Takes the address out; entries behind it move up so that no tombstone is left. */
  void remove(int version, long high, long low) {
    int hole = find(version, high, low);
    if (versions[hole] == 0) {
      return;
    }
    int mask = versions.length - 1;
    int next = (hole + 1) & mask;
    while (versions[next] != 0) {
      int home = key.address(versions[next], highs[next], lows[next]) & mask;
      // The entry may fill the hole unless its home lies between the hole and itself.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        versions[hole] = versions[next];
        highs[hole] = highs[next];
        lows[hole] = lows[next];
        values[hole] = values[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    versions[hole] = 0;
    size--;
  }

  private int find(int version, long high, long low) {
    int mask = versions.length - 1;
    int slot = key.address(version, high, low) & mask;
    while (versions[slot] != 0
        && (lows[slot] != low || highs[slot] != high || versions[slot] != version)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHighs = highs;
    long[] oldLows = lows;
    byte[] oldVersions = versions;
    int[] oldValues = values;
    int slots = oldVersions.length * 2;
    highs = new long[slots];
    lows = new long[slots];
    versions = new byte[slots];
    values = new int[slots];
    for (int i = 0; i < oldVersions.length; i++) {
      if (oldVersions[i] != 0) {
        int slot = find(oldVersions[i], oldHighs[i], oldLows[i]);
        versions[slot] = oldVersions[i];
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
        values[slot] = oldValues[i];
      }
    }
  }
}
