package tapwarden.inspect.equipment;

/**
 * The senders that were looked at lately and of which nothing more can be learnt from a packet like
 * the last: as long as the epoch is the same, their frames are only counted. A direct-mapped cache
 * of {@value #SLOTS} places in one array; what falls out is looked at again.
 *
 * <p>What was found out is a verdict: the device's index, the index of the declared equipment, each
 * {@value #NOBODY} if there is none, and whether the frames are in transit.
 */
final class SenderCache {
  /** No device, or no declared equipment. */
  static final int NOBODY = -1;

  private static final int SLOTS = 1 << 12;

  /**
   * Longs of a place: hardware address, address (2), tag and epoch, verdict; then room to align.
   */
  private static final int ENTRY = 8;

  private static final int INDEX_BITS = 31;
  private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

  /** No hardware address, nor the sign that there is none. */
  private static final long EMPTY = -2;

  private final HashKey key;
  private final long[] entries = new long[SLOTS * ENTRY];

  /** What {@link #fetch} read, so that the reads are not left out. */
  long fetched;

  SenderCache(HashKey key) {
    this.key = key;
    for (int at = 0; at < entries.length; at += ENTRY) {
      entries[at] = EMPTY;
    }
  }

  /** The place where a sender is kept, if it is. */
  int place(long mac, int version, long high, long low, int tag) {
    return (key.address(version, high ^ mac, low ^ tag) & (SLOTS - 1)) * ENTRY;
  }

  /** Brings the first {@code count} of the places into the processor's caches. */
  void fetch(int[] places, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += entries[places[i]];
    }
    fetched = sum;
  }

  boolean holds(int place, long mac, long high, long low, int tag, int epoch) {
    return entries[place + 2] == low
        && entries[place] == mac
        && entries[place + 1] == high
        && entries[place + 3] == tagAndEpoch(tag, epoch);
  }

  void put(int place, long mac, long high, long low, int tag, int epoch, long verdict) {
    entries[place] = mac;
    entries[place + 1] = high;
    entries[place + 2] = low;
    entries[place + 3] = tagAndEpoch(tag, epoch);
    entries[place + 4] = verdict;
  }

  long verdict(int place) {
    return entries[place + 4];
  }

  private static long tagAndEpoch(int tag, int epoch) {
    return (long) tag << 32 | Integer.toUnsignedLong(epoch);
  }

  static long verdict(int device, int declared, boolean transit) {
    return (transit ? Long.MIN_VALUE : 0)
        | (device + 1 & INDEX_MASK) << INDEX_BITS
        | (declared + 1 & INDEX_MASK);
  }

  static boolean isTransit(long verdict) {
    return verdict < 0;
  }

  static int device(long verdict) {
    return (int) (verdict >>> INDEX_BITS & INDEX_MASK) - 1;
  }

  static int declared(long verdict) {
    return (int) (verdict & INDEX_MASK) - 1;
  }
}
