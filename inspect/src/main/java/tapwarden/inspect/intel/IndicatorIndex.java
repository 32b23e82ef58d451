package tapwarden.inspect.intel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * From a 64-bit hash to entry ids: open addressing with linear probing, at most two thirds full,
 * behind a filter that answers nearly all misses with one memory access. Off the heap; written
 * once, then only read.
 *
 * <p>A slot is a long: the hash's upper half and the entry's id plus one; 0 is empty. The filter
 * has a 64-bit word for each four entries or more, and each hash sets four bits of one word.
 */
final class IndicatorIndex {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final long UPPER = 0xFFFF_FFFF_0000_0000L;
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
  private static final int LEAST_BITS = 4;

  private final MemorySegment slots;
  private final MemorySegment filter;
  private final long slotMask;
  private final int filterShift;

  IndicatorIndex(MemorySegment slots, MemorySegment filter) {
    this.slots = slots;
    this.filter = filter;
    slotMask = slots.byteSize() / Long.BYTES - 1;
    filterShift = 64 - Long.numberOfTrailingZeros(filter.byteSize() / Long.BYTES);
  }

  /** An empty index with room for so many entries. */
  static IndicatorIndex allocate(int entries, Arena arena) {
    int slotBits = Math.max(LEAST_BITS, 64 - Long.numberOfLeadingZeros(entries + entries / 2L));
    int filterBits = Math.max(LEAST_BITS, slotBits - 3);
    return new IndicatorIndex(
        arena.allocate((1L << slotBits) * Long.BYTES, Long.BYTES),
        arena.allocate((1L << filterBits) * Long.BYTES, Long.BYTES));
  }

  MemorySegment slots() {
    return slots;
  }

  MemorySegment filter() {
    return filter;
  }

  long bytes() {
    return slots.byteSize() + filter.byteSize();
  }

  /** False means that nothing was {@link #admit}ted with this hash. */
  boolean mayHave(long hash) {
    long spread = hash * SPREAD;
    long bits = bitsOf(spread);
    return (filter.get(LONG, (spread >>> filterShift) << 3) & bits) == bits;
  }

  /** Reads what {@link #mayHave} would read. */
  long touch(long hash) {
    return filter.get(LONG, ((hash * SPREAD) >>> filterShift) << 3);
  }

  void admit(long hash) {
    long spread = hash * SPREAD;
    long at = (spread >>> filterShift) << 3;
    filter.set(LONG, at, filter.get(LONG, at) | bitsOf(spread));
  }

  private static long bitsOf(long spread) {
    return (1L << spread)
        | (1L << (spread >>> 6))
        | (1L << (spread >>> 12))
        | (1L << (spread >>> 18));
  }

  /** Position of the first slot to look at. */
  long firstSlot(long hash) {
    return hash & slotMask;
  }

  long nextSlot(long slot) {
    return (slot + 1) & slotMask;
  }

  /** What lies in the slot: 0 if it is empty. */
  long content(long slot) {
    return slots.get(LONG, slot << 3);
  }

  /** Whether a slot's content may be the hash's: then {@link #id} is to be compared in full. */
  static boolean isCandidate(long content, long hash) {
    return ((content ^ hash) & UPPER) == 0;
  }

  static int id(long content) {
    return (int) content - 1;
  }

  void put(long slot, long hash, int id) {
    slots.set(LONG, slot << 3, (hash & UPPER) | (id + 1L));
  }
}
