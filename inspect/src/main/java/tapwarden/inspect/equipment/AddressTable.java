package tapwarden.inspect.equipment;

/**
 * Map from IP address (or masked network address) to an int of 0 or more: open addressing with
 * linear probing, at most a quarter full, grown up to a limit. One thread writes; look-ups allocate
 * nothing.
 *
 * <p>One byte a slot holds 7 bits of the hash, so that looking for an address that is not there,
 * which is what most look-ups do, rarely touches more than that byte; and the table is so empty
 * that it mostly ends there, as the processor foresees.
 */
final class AddressTable {
  static final int ABSENT = -1;
  private static final int LEAST_SLOTS = 16;
  private static final byte FREE = 0;

  /** Slots for each entry, at least. */
  private static final int SPARSITY = 4;

  /** Longs of an entry: high and low half of the address, then version and value. */
  private static final int ENTRY = 3;

  private final HashKey key;
  private final int limit;
  private byte[] tags;
  private long[] entries;
  private int size;

  /** A table of at most {@code limit} entries. */
  AddressTable(HashKey key, int limit) {
    this.key = key;
    this.limit = limit;
    tags = new byte[LEAST_SLOTS];
    entries = new long[ENTRY * LEAST_SLOTS];
  }

  int size() {
    return size;
  }

  int get(int version, long high, long low) {
    int slot = find(key.address(version, high, low), version, high, low);
    return tags[slot] == FREE ? ABSENT : (int) entries[ENTRY * slot + 2];
  }

  /** Adds or replaces; false if the table is full and the address is new. */
  boolean put(int version, long high, long low, int value) {
    int hash = key.address(version, high, low);
    int slot = find(hash, version, high, low);
    if (tags[slot] == FREE) {
      if (size == limit) {
        return false;
      }
      if (SPARSITY * (size + 1) > tags.length) {
        grow();
        slot = find(hash, version, high, low);
      }
      size++;
    }
    tags[slot] = tag(hash);
    entries[ENTRY * slot] = high;
    entries[ENTRY * slot + 1] = low;
    entries[ENTRY * slot + 2] = third(version, value);
    return true;
  }

  /** Takes the address out; entries behind it move up so that no tombstone is left. */
  void remove(int version, long high, long low) {
    int hole = find(key.address(version, high, low), version, high, low);
    if (tags[hole] == FREE) {
      return;
    }
    int mask = tags.length - 1;
    int next = (hole + 1) & mask;
    while (tags[next] != FREE) {
      int home = hashOf(next) & mask;
      // The entry may fill the hole unless its home lies between the hole and itself.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        tags[hole] = tags[next];
        System.arraycopy(entries, ENTRY * next, entries, ENTRY * hole, ENTRY);
        hole = next;
      }
      next = (next + 1) & mask;
    }
    tags[hole] = FREE;
    size--;
  }

  private int find(int hash, int version, long high, long low) {
    int mask = tags.length - 1;
    int slot = hash & mask;
    byte tag = tag(hash);
    while (tags[slot] != FREE && (tags[slot] != tag || !holds(slot, version, high, low))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean holds(int slot, int version, long high, long low) {
    int at = ENTRY * slot;
    return entries[at + 1] == low
        && entries[at] == high
        && (int) (entries[at + 2] >>> 32) == version;
  }

  /** The hash's highest bits: the lowest choose the slot. */
  private static byte tag(int hash) {
    return (byte) (hash >>> 25 | 0x80);
  }

  private static long third(int version, int value) {
    return (long) version << 32 | value;
  }

  private int hashOf(int slot) {
    int at = ENTRY * slot;
    return key.address((int) (entries[at + 2] >>> 32), entries[at], entries[at + 1]);
  }

  private void grow() {
    byte[] oldTags = tags;
    long[] oldEntries = entries;
    int slots = oldTags.length * 2;
    tags = new byte[slots];
    entries = new long[ENTRY * slots];
    for (int i = 0; i < oldTags.length; i++) {
      if (oldTags[i] != FREE) {
        int at = ENTRY * i;
        long third = oldEntries[at + 2];
        int hash = key.address((int) (third >>> 32), oldEntries[at], oldEntries[at + 1]);
        int slot = find(hash, (int) (third >>> 32), oldEntries[at], oldEntries[at + 1]);
        tags[slot] = oldTags[i];
        System.arraycopy(oldEntries, at, entries, ENTRY * slot, ENTRY);
      }
    }
  }
}
