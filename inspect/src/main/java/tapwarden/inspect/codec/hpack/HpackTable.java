package tapwarden.inspect.codec.hpack;

import java.util.Arrays;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The dynamic table of one direction (RFC 7541 §2.3.2, §4): the fields that were said to be kept,
 * the newest first, as many as its size allows. The bytes of all lie behind each other in one array
 * of at most twice the size, in which they move to the front now and then. Array and entries grow
 * from nothing in memory that is taken from the budget.
 */
final class HpackTable {
  private static final byte[] NOTHING = {};
  private static final int[] NO_ENTRIES = {};

  /** What an entry counts for beyond its bytes (§4.1). */
  private static final int OVERHEAD = 32;

  private static final int LEAST_BYTES = 256;
  private static final int LEAST_ENTRIES = 8;

  /** Of an entry: where it starts, bytes of its name, bytes of its value. */
  private static final int NUMBERS = 3;

  private final StreamMemory memory;
  private int limit;
  private int size;

  private byte[] bytes = NOTHING;
  private int start;
  private int end;

  /** A ring of a power of two entries. */
  private int[] entries = NO_ENTRIES;

  private int oldest;
  private int count;

  HpackTable(StreamMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  int count() {
    return count;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the name of an entry lies; the newest has the number 0. */
  int nameStart(int number) {
    return entries[slot(number)];
  }

  int nameLength(int number) {
    return entries[slot(number) + 1];
  }

  int valueStart(int number) {
    return nameStart(number) + nameLength(number);
  }

  int valueLength(int number) {
    return entries[slot(number) + 2];
  }

  /** A change of size: what does not fit any more goes. */
  void limit(int bytesAllowed) {
    limit = bytesAllowed;
    evict(0);
  }

  /**
   * Adds a field; none of its bytes may lie in this table.
   *
   * @return false if there is no memory for it
   */
  boolean add(
      byte[] name, int nameStart, int nameLength, byte[] value, int valueStart, int valueLength) {
    int length = nameLength + valueLength;
    evict(length + OVERHEAD);
    if (length + OVERHEAD > limit) {
      return true; // §4.4: it empties the table, and is no error.
    }
    if (!makeRoom(length) || !makeEntry()) {
      return false;
    }
    int slot = slotOf(oldest + count++);
    entries[slot] = end;
    entries[slot + 1] = nameLength;
    entries[slot + 2] = valueLength;
    System.arraycopy(name, nameStart, bytes, end, nameLength);
    System.arraycopy(value, valueStart, bytes, end + nameLength, valueLength);
    end += length;
    size += length + OVERHEAD;
    return true;
  }

  /** Forgets all and gives the memory back. */
  void release() {
    memory.give(bytes.length + Integer.BYTES * entries.length);
    bytes = NOTHING;
    entries = NO_ENTRIES;
    start = 0;
    end = 0;
    oldest = 0;
    count = 0;
    size = 0;
  }

  private void evict(int needed) {
    while (count > 0 && size + needed > limit) {
      int slot = slotOf(oldest++);
      int length = entries[slot + 1] + entries[slot + 2];
      start += length;
      size -= length + OVERHEAD;
      count--;
    }
    if (count == 0) {
      start = 0;
      end = 0;
    }
  }

  private boolean makeRoom(int length) {
    if (end + length <= bytes.length) {
      return true;
    }
    int live = end - start;
    // With as much free as is taken, moving costs no more than what came in since.
    int wanted = Math.max(LEAST_BYTES, 2 * (live + length));
    if (wanted > bytes.length) {
      int room = Math.max(wanted, 2 * bytes.length);
      if (!memory.take(room - bytes.length)) {
        return false;
      }
      byte[] larger = new byte[room];
      System.arraycopy(bytes, start, larger, 0, live);
      bytes = larger;
    } else {
      System.arraycopy(bytes, start, bytes, 0, live);
    }
    for (int i = 0; i < count; i++) {
      entries[slotOf(oldest + i)] -= start;
    }
    start = 0;
    end = live;
    return true;
  }

  private boolean makeEntry() {
    int room = entries.length / NUMBERS;
    if (count < room) {
      return true;
    }
    int larger = Math.max(LEAST_ENTRIES, 2 * room);
    if (!memory.take(Integer.BYTES * NUMBERS * (larger - room))) {
      return false;
    }
    int[] moved = new int[NUMBERS * larger];
    for (int i = 0; i < count; i++) {
      int slot = slotOf(oldest + i);
      System.arraycopy(entries, slot, moved, NUMBERS * i, NUMBERS);
    }
    oldest = 0;
    entries = moved;
    return true;
  }

  private int slot(int number) {
    return slotOf(oldest + count - 1 - number);
  }

  private int slotOf(int place) {
    return NUMBERS * (place & (entries.length / NUMBERS - 1));
  }

  @Override
  public String toString() {
    return count + " fields, size " + size + " of " + limit + ", " + Arrays.toString(entries);
  }
}
