package tapwarden.inspect.names;

import java.util.concurrent.TimeUnit;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Tells look-ups of what is listed from each other, so that each counts once: a query, the same
 * sent again, its answers, and what a mirror shows twice are one look-up. One worker's; not
 * thread-safe.
 *
 * <p>Bounded: of more than it has room for the oldest is forgotten ({@link
 * Counter#LOOKUPS_FORGOTTEN}), and what still comes of it counts as another. Keys are 64-bit
 * fingerprints under a secret.
 */
public final class ListedLookups {
  /** Look-ups that all workers remember together by default. */
  public static final int DEFAULT_CAPACITY = 1 << 14;

  /** Clients ask again within seconds; who asks the same with the same number later asks anew. */
  static final long SAME_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RecentPrints seen;
  private final long secret;
  private final CounterBlock counters;

  /**
   * @param secret key of the hash; nothing observable depends on it
   */
  public ListedLookups(int capacity, long secret, CounterBlock counters) {
    seen = new RecentPrints(capacity);
    this.secret = secret | 1;
    this.counters = counters;
  }

  /**
   * Whether what is found of a look-up is the first of its kind.
   *
   * @param flowId id of the flow that it came in: flows keep to one worker
   * @param query {@link QuerySenders#print} of the query
   * @param name what was asked for
   * @param incident what it is found of
   * @param nanos when, in packet time
   */
  public boolean isNew(long flowId, long query, String name, String incident, long nanos) {
    long print = mix(mix(query ^ flowId * secret, name), incident);
    if (seen.contains(print) && Math.abs(nanos - seen.valueOf(print, nanos)) <= SAME_NANOS) {
      return false;
    }
    if (seen.renew(print, nanos)) {
      counters.increment(Counter.LOOKUPS_FORGOTTEN);
    }
    return true;
  }

  private long mix(long start, String text) {
    long state = (start ^ text.length()) * secret;
    for (int i = 0; i < text.length(); i++) {
      state = (state ^ (state >>> 29) ^ text.charAt(i)) * secret;
      state = (state ^ (state >>> 32)) * 0x9E3779B97F4A7C15L;
    }
    return state;
  }
}
