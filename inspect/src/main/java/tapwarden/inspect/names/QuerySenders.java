package tapwarden.inspect.names;

/**
 * Which hardware address sent a DNS query: the first that was seen to, since a query that is routed
 * past the mirror twice comes from the client before it comes from the router. Whoever sends the
 * answer too has made it up. One worker's; not thread-safe, allocates nothing.
 *
 * <p>Bounded: of more than {@link #capacity} queries the oldest are forgotten, and their answers
 * are judged like those whose query was never seen. Keys are 64-bit fingerprints under a secret.
 */
public final class QuerySenders {
  /** Queries that all workers remember together by default: many seconds of a busy network. */
  public static final int DEFAULT_CAPACITY = 1 << 15;

  /** Nobody was seen to ask that, or a sender without a hardware address. */
  public static final long UNKNOWN = -1;

  private final long secret;
  private final long[] prints;
  private final long[] macs;

  /** Open addressing: entry number + 1, or 0; at most half full. */
  private final int[] index;

  private int oldest;
  private int size;

  /**
   * @param capacity most queries
   * @param secret key of the hash; nothing observable depends on it
   */
  public QuerySenders(int capacity, long secret) {
    this.secret = secret | 1;
    prints = new long[capacity];
    macs = new long[capacity];
    index = new int[Integer.highestOneBit(capacity) << 2];
  }

  public int capacity() {
    return prints.length;
  }

  /** The query's fingerprint; an answer has that of its query. */
  public long print(
      int version,
      long clientHigh,
      long clientLow,
      int clientPort,
      long serverHigh,
      long serverLow,
      int id) {
    long state = mix(secret, clientHigh, version);
    state = mix(state, clientLow, clientPort);
    state = mix(state, serverHigh, id);
    return mix(state, serverLow, 7);
  }

  /**
   * A query was seen; one that is known already keeps its first sender.
   *
   * @param mac the sender's, or {@link #UNKNOWN}
   */
  public void asked(long print, long mac) {
    if (mac == UNKNOWN || find(print) >= 0) {
      return;
    }
    int entry;
    if (size == prints.length) {
      entry = oldest;
      oldest = oldest + 1 == prints.length ? 0 : oldest + 1;
      remove(entry);
    } else {
      entry = size++;
    }
    prints[entry] = print;
    macs[entry] = mac;
    put(print, entry);
  }

  /** Who sent the query, or {@link #UNKNOWN}. */
  public long senderOf(long print) {
    int entry = find(print);
    return entry < 0 ? UNKNOWN : macs[entry];
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

  private static long mix(long state, long word, long salt) {
    long x = (state ^ word) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    x ^= Math.multiplyHigh(x, state | 1);
    return Long.rotateLeft(x, 31) * 0xBF58476D1CE4E5B9L;
  }
}
