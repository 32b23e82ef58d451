package tapwarden.inspect.flow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The memory of the flow table: slots of 192 bytes off-heap in chunks that are allocated when the
 * first flow needs them, so that a small capture costs little and start-up nothing. A slot is split
 * in two: 128 bytes that most packets touch (key and counts, one pair of cache lines) and 64 that
 * only beginnings, ends and changes of state touch. Freed slots are reused last in, first out.
 */
final class FlowSlots {
  // All fields are aligned; a layout that does not ask for it spares each access a check.
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  /**
   * From a field of A to that of B: bytes between {@code _A} and {@code _B} (the next sequence
   * numbers and holes apart), and bits between the TCP flags of {@link #SCOPE}.
   */
  static final int SIDE = 8;

  // Hot part, offsets in bytes.
  static final int A_HIGH = 0;
  static final int A_LOW = 8;
  static final int B_HIGH = 16;
  static final int B_LOW = 24;
  static final int TUPLE = 32;

  /**
   * {@link FlowKey#scope} in the low 45 bits; the table's generation in the next three; TCP flags
   * seen from A and B in the top bytes.
   */
  static final int SCOPE = 40;

  static final int TUNNEL_ID = 48;
  static final int FLAGS = 52;
  static final int NEXT_SEQUENCE_A = 56;
  static final int NEXT_SEQUENCE_B = 60;
  static final int PACKETS_A = 64;
  static final int PACKETS_B = 72;
  static final int BYTES_A = 80;
  static final int BYTES_B = 88;
  static final int LAST_NANOS = 96;
  static final int LAST_NUMBER = 104;

  /** Last frame of each direction: signature in the high 32 bits, microseconds in the low ones. */
  static final int SIGNATURE_A = 112;

  static final int SIGNATURE_B = 120;

  // Cold part.
  static final int START_NANOS = 0;

  /** The lower bits; from {@link #PLACE_SHIFT} on the place of {@link Flow#startOrder}. */
  static final int START_NUMBER = 8;

  static final int ACTIVE_NANOS = 16;
  static final int WHEEL_PREVIOUS = 24;
  static final int WHEEL_NEXT = 28;
  static final int AGE_PREVIOUS = 32;
  static final int AGE_NEXT = 36;
  static final int OWNER_INDEX = 40;
  static final int ATTACHMENT = 44;
  static final int STREAM = 48;

  /** Number of the protocol that is spoken in the low seven bits; the highest: nobody reads on. */
  static final int PROTOCOL = 52;

  static final int USER_FLAGS = 53;

  /** 16 bits. */
  static final int INTERFACE = 54;

  static final int HOLE_A = 56;
  static final int HOLE_B = 60;

  /** Of flows that are not TCP, which have no holes. */
  static final int LATE_TRIES = HOLE_A;

  static final int GENERATION_SHIFT = 45;
  static final long GENERATION_MASK = 7L << GENERATION_SHIFT;
  static final int TCP_FLAGS_A_SHIFT = 48;
  static final int TCP_FLAGS_B_SHIFT = 56;

  /** The words of protocols by number; none has number 0. */
  List<String> protocolWords = List.of();

  static final int PLACE_SHIFT = 56;

  private static final int HOT_BYTES = 128;
  private static final int COLD_BYTES = 64;
  private static final int CHUNK_BITS = 15;
  private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK_SLOTS - 1;

  /**
   * Size of a huge page: a chunk that begins elsewhere would lie in small ones for the most part.
   */
  private static final int CHUNK_ALIGNMENT = 2 << 20;

  private static final long COLD_BASE = (long) CHUNK_SLOTS * HOT_BYTES;

  private final int capacity;
  private final MemorySegment[] chunks;
  private int[] free = new int[64];
  private int freeCount;
  private int used;

  FlowSlots(int capacity) {
    this.capacity = capacity;
    chunks = new MemorySegment[(capacity + CHUNK_SLOTS - 1) >>> CHUNK_BITS];
  }

  MemorySegment segment(int slot) {
    return chunks[slot >>> CHUNK_BITS];
  }

  static long hot(int slot) {
    return (long) (slot & CHUNK_MASK) * HOT_BYTES;
  }

  static long cold(int slot) {
    return COLD_BASE + (long) (slot & CHUNK_MASK) * COLD_BYTES;
  }

  /**
   * Reads both cache lines of the hot part; the answer only keeps the reads from being left out.
   */
  long touchHot(int slot) {
    MemorySegment segment = segment(slot);
    long hot = hot(slot);
    return segment.get(LONG, hot + TUPLE) + segment.get(LONG, hot + LAST_NANOS);
  }

  /** The same for the cold part. */
  long touchCold(int slot) {
    return segment(slot).get(LONG, cold(slot));
  }

  int coldInt(int slot, int field) {
    return segment(slot).get(INT, cold(slot) + field);
  }

  void coldInt(int slot, int field, int value) {
    segment(slot).set(INT, cold(slot) + field, value);
  }

  boolean isFull() {
    return freeCount == 0 && used == capacity;
  }

  int size() {
    return used - freeCount;
  }

  /** A slot whose content is undefined; the table made room before if it was full. */
  int allocate() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    int slot = used++;
    if ((slot & CHUNK_MASK) == 0 && chunks[slot >>> CHUNK_BITS] == null) {
      int slots = Math.min(CHUNK_SLOTS, capacity - slot);
      long bytes = COLD_BASE + (long) slots * COLD_BYTES;
      chunks[slot >>> CHUNK_BITS] = Arena.ofAuto().allocate(bytes, CHUNK_ALIGNMENT);
    }
    return slot;
  }

  void free(int slot) {
    if (freeCount == free.length) {
      free = java.util.Arrays.copyOf(free, Math.min(capacity, 2 * free.length));
    }
    free[freeCount++] = slot;
  }
}
