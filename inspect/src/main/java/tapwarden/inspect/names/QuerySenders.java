package tapwarden.inspect.names;

import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Which hardware address sent a DNS query: the first that was seen to, since a query that is routed
 * past the mirror twice comes from the client before it comes from the router. Whoever sends the
 * answer too has made it up. And which clients were seen to ask at all: what answers none of their
 * queries is made up as well, while a client that is never seen to ask may be one whose queries the
 * mirror does not show. One worker's; not thread-safe, allocates nothing.
 *
 * <p>Bounded: of more than {@link #capacity} queries the oldest is forgotten ({@link
 * Counter#NAMES_QUERIES_FORGOTTEN}); an answer to it is then like one that nobody asked for. As
 * many clients are told apart. When there are more ({@link Counter#NAMES_CLIENTS_FULL}), every
 * client is taken for one whose queries are visible: nobody becomes invisible by filling the table,
 * and a mirror that shows answers only does not fill it. Keys are 64-bit fingerprints under a
 * secret.
 */
public final class QuerySenders {
  /** Queries that all workers remember together by default: many seconds of a busy network. */
  public static final int DEFAULT_CAPACITY = 1 << 16;

  /** Nobody was seen to ask that, or a sender without a hardware address. */
  public static final long UNKNOWN = -1;

  private final long secret;
  private final RecentPrints queries;
  private final RecentPrints clients;
  private final CounterBlock counters;
  private boolean clientsFull;

  /**
   * @param capacity most queries, and most clients
   * @param secret key of the hash; nothing observable depends on it
   */
  public QuerySenders(int capacity, long secret, CounterBlock counters) {
    this.secret = secret | 1;
    this.counters = counters;
    queries = new RecentPrints(capacity);
    clients = new RecentPrints(capacity);
  }

  public int capacity() {
    return queries.capacity();
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
    if (queries.note(print, mac)) {
      counters.increment(Counter.NAMES_QUERIES_FORGOTTEN);
    }
  }

  /** Whether the query was seen and is not forgotten. */
  public boolean wasAsked(long print) {
    return queries.contains(print);
  }

  /** Who sent the query, or {@link #UNKNOWN}. */
  public long senderOf(long print) {
    return queries.valueOf(print, UNKNOWN);
  }

  /** The client's queries are visible: one was seen. */
  public void asks(int version, long high, long low) {
    long print = client(version, high, low);
    if (clients.contains(print)) {
      return;
    }
    if (clients.isFull()) {
      clientsFull = true;
      counters.increment(Counter.NAMES_CLIENTS_FULL);
    } else {
      clients.note(print, 0);
    }
  }

  /** Whether the client was seen to ask anything, anybody; or may have been. */
  public boolean mayBeSeenToAsk(int version, long high, long low) {
    return clientsFull || clients.contains(client(version, high, low));
  }

  private long client(int version, long high, long low) {
    return mix(mix(secret, high, version), low, 11);
  }

  private static long mix(long state, long word, long salt) {
    long x = (state ^ word) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    x ^= Math.multiplyHigh(x, state | 1);
    return Long.rotateLeft(x, 31) * 0xBF58476D1CE4E5B9L;
  }
}
