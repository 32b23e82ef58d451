package tapwarden.inspect.fragment;

/**
 * The memory of a table of fragments: arrays of powers of two, taken and given back, counted
 * together with what else its owner takes. Given back they wait for the next who needs that size,
 * and still count: what was never needed is never allocated.
 */
final class Buffers {
  private static final int LEAST_BITS = 7;
  private static final int MOST_BITS = 16;

  private static final byte[] NONE = {};

  private final long limitBytes;
  private final byte[][][] idle = new byte[MOST_BITS - LEAST_BITS + 1][8][];
  private final int[] idleCount = new int[idle.length];
  private long usedBytes;
  private long idleBytes;

  Buffers(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  static byte[] none() {
    return NONE;
  }

  /** In use and waiting. */
  long heldBytes() {
    return usedBytes + idleBytes;
  }

  /** Size of the array that holds so much. */
  static int sizeFor(int bytes) {
    return Math.max(1 << LEAST_BITS, Integer.highestOneBit(bytes - 1) << 1);
  }

  /** Whether {@code bytes} more fit, at the cost of what waits. */
  boolean hasRoom(long bytes) {
    return usedBytes + bytes <= limitBytes;
  }

  /** Counts memory that is not taken from here. */
  void count(long bytes) {
    usedBytes += bytes;
    trim();
  }

  /** An array of at least that size, with any contents; only if {@link #hasRoom} for it. */
  byte[] take(int bytes) {
    int size = sizeFor(bytes);
    int kind = Integer.numberOfTrailingZeros(size) - LEAST_BITS;
    usedBytes += size;
    if (idleCount[kind] > 0) {
      idleBytes -= size;
      int last = --idleCount[kind];
      byte[] taken = idle[kind][last];
      idle[kind][last] = NONE;
      return taken;
    }
    trim();
    return new byte[size];
  }

  void give(byte[] array) {
    if (array.length == 0) {
      return;
    }
    int kind = Integer.numberOfTrailingZeros(array.length) - LEAST_BITS;
    usedBytes -= array.length;
    if (idleCount[kind] == idle[kind].length) {
      byte[][] grown = new byte[2 * idle[kind].length][];
      System.arraycopy(idle[kind], 0, grown, 0, idleCount[kind]);
      idle[kind] = grown;
    }
    idle[kind][idleCount[kind]++] = array;
    idleBytes += array.length;
  }

  /** Lets go of arrays that wait, the largest first, until everything is within the limit. */
  private void trim() {
    for (int kind = idle.length - 1; kind >= 0 && heldBytes() > limitBytes; kind--) {
      while (idleCount[kind] > 0 && heldBytes() > limitBytes) {
        int last = --idleCount[kind];
        idleBytes -= idle[kind][last].length;
        idle[kind][last] = NONE;
      }
    }
  }
}
