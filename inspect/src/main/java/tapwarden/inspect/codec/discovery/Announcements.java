package tapwarden.inspect.codec.discovery;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import tapwarden.inspect.wire.Bytes;

/**
 * What each sender announced last, so that an announcement that is repeated twice a minute is told
 * once: senders by hardware address, content by a hash. A sender that was not heard for an hour is
 * forgotten.
 *
 * <p>Of senders at most {@link #MOST_SENDERS} are known at a time, and of one at most {@link
 * #MOST_CHANGES} changes an hour are told. The list is searched from its start: announcements are
 * rare, and what a flood of them costs has a bound that no choice of addresses can raise.
 */
public final class Announcements {
  /** What to do with an announcement. */
  public enum Answer {
    /** It is new. */
    TELL,
    /** It was told. */
    KNOWN,
    /** The sender changes too often. */
    MORE_CHANGES,
    /** There are too many senders. */
    MORE_SENDERS
  }

  public static final int MOST_SENDERS = 1_024;
  public static final int MOST_CHANGES = 16;

  private static final long WINDOW_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private final long[] senders = new long[MOST_SENDERS];
  private final long[] contents = new long[MOST_SENDERS];
  private final long[] heardNanos = new long[MOST_SENDERS];
  private final long[] windowNanos = new long[MOST_SENDERS];
  private final byte[] changes = new byte[MOST_SENDERS];
  private int count;

  /**
   * An announcement.
   *
   * @param sender hardware address of 48 bits
   * @param content hash of what it says
   * @param nanos packet time
   */
  public Answer heard(long sender, long content, long nanos) {
    int stale = -1;
    for (int i = 0; i < count; i++) {
      boolean isStale = nanos - heardNanos[i] > WINDOW_NANOS;
      if (senders[i] == sender && !isStale) {
        return again(i, content, nanos);
      }
      stale = isStale ? i : stale;
    }
    if (stale < 0 && count == MOST_SENDERS) {
      return Answer.MORE_SENDERS;
    }
    int i = stale >= 0 ? stale : count++;
    senders[i] = sender;
    contents[i] = content;
    heardNanos[i] = nanos;
    windowNanos[i] = nanos;
    changes[i] = 1;
    return Answer.TELL;
  }

  private Answer again(int i, long content, long nanos) {
    heardNanos[i] = nanos;
    if (contents[i] == content) {
      return Answer.KNOWN;
    }
    if (nanos - windowNanos[i] > WINDOW_NANOS) {
      windowNanos[i] = nanos;
      changes[i] = 0;
    }
    contents[i] = content;
    if (changes[i] == MOST_CHANGES) {
      return Answer.MORE_CHANGES;
    }
    changes[i]++;
    return Answer.TELL;
  }

  /** Further bytes of what is hashed. */
  public static long hash(long hash, MemorySegment segment, long offset, int length) {
    long all = hash;
    for (long at = offset; at < offset + length; at++) {
      all = hash(all, Bytes.u8(segment, at));
    }
    return all;
  }

  /** Another byte of what is hashed, which begins with any number. */
  public static long hash(long hash, int value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    return mixed ^ mixed >>> 29;
  }
}
