package tapwarden.inspect.equipment;

import java.util.Arrays;

/**
 * Map from hardware address (48 bits) to an int of 0 or more: open addressing with linear probing,
 * at most half full, grown up to a limit; nothing is ever taken out.
 */
final class MacTable {
  static final int ABSENT = -1;
  private static final long EMPTY = -1;
  private static final int LEAST_SLOTS = 16;

  private final HashKey key;
  private final int limit;
  private long[] macs;
  private int[] values;
  private int size;

  MacTable(HashKey key, int limit) {
    this.key = key;
    this.limit = limit;
    macs = emptySlots(LEAST_SLOTS);
    values = new int[LEAST_SLOTS];
  }

  int size() {
    return size;
  }

  int get(long mac) {
    int slot = find(mac);
    return macs[slot] == EMPTY ? ABSENT : values[slot];
  }

  /** Adds or replaces; false if the table is full and the address is new. */
  boolean put(long mac, int value) {
    int slot = find(mac);
    if (macs[slot] == EMPTY) {
      if (size == limit) {
        return false;
      }
      if (2 * (size + 1) > macs.length) {
        grow();
        slot = find(mac);
      }
      macs[slot] = mac;
      size++;
    }
    values[slot] = value;
    return true;
  }

  private int find(long mac) {
    int mask = macs.length - 1;
    int slot = key.mac(mac) & mask;
    while (macs[slot] != EMPTY && macs[slot] != mac) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldMacs = macs;
    int[] oldValues = values;
    macs = emptySlots(oldMacs.length * 2);
    values = new int[macs.length];
    for (int i = 0; i < oldMacs.length; i++) {
      if (oldMacs[i] != EMPTY) {
        int slot = find(oldMacs[i]);
        macs[slot] = oldMacs[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static long[] emptySlots(int count) {
    long[] slots = new long[count];
    Arrays.fill(slots, EMPTY);
    return slots;
  }
}
