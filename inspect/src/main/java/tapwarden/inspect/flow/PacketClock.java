package tapwarden.inspect.flow;

/**
 * Packet time that does not jump when single stamps are wrong. One clock sees the stamp of every
 * frame in order and says when a tick is due: at most one a second of packet time, at the same
 * frame whatever becomes of the frames later, so that all flow tables end flows at the same place.
 *
 * <p>Answers to strange stamps:
 *
 * <ul>
 *   <li>forward, up to {@link #MAX_FORWARD_NANOS}: believed at once (silence, or the next file);
 *   <li>backward, up to {@link #MAX_REORDER_NANOS}: several interfaces or queues; the clock stands;
 *   <li>anything else (zero stamps, 1970, 2106, an older file): the clock stands until {@link
 *       #CONFIRMATIONS} stamps in a row agree with each other, then it steps to them.
 * </ul>
 */
public final class PacketClock {
  /** Longest jump forward that is believed at once: 366 days. */
  public static final long MAX_FORWARD_NANOS = 366L * 86_400 * 1_000_000_000L;

  /** Longest jump backward that is taken for reordering: 10 seconds. */
  public static final long MAX_REORDER_NANOS = 10_000_000_000L;

  /** How many strange stamps in a row must agree before the clock steps. */
  public static final int CONFIRMATIONS = 16;

  private static final long TICK_NANOS = 1_000_000_000L;

  private boolean started;
  private long now;
  private long lastTick;
  private long suspect;
  private int suspects;
  private long steps;

  /**
   * Takes the stamp of the next frame, in nanoseconds since 1970.
   *
   * @return whether every flow table must be given {@code advance(nanos())} before this frame; true
   *     for the first frame
   */
  public boolean observe(long timestampNanos) {
    if (!started) {
      started = true;
      return step(timestampNanos);
    }
    if (isPlausible(timestampNanos, now)) {
      suspects = 0;
      if (timestampNanos > now) {
        now = timestampNanos;
      }
      if (now - lastTick < TICK_NANOS) {
        return false;
      }
      lastTick = now;
      return true;
    }
    suspects = suspects > 0 && isPlausible(timestampNanos, suspect) ? suspects + 1 : 1;
    suspect = timestampNanos;
    if (suspects < CONFIRMATIONS) {
      return false;
    }
    steps++;
    return step(timestampNanos);
  }

  private boolean step(long nanos) {
    now = nanos;
    lastTick = nanos;
    suspects = 0;
    return true;
  }

  /** The present, in nanoseconds of packet time. */
  public long nanos() {
    return now;
  }

  /** How often the clock stepped because a run of strange stamps was confirmed. */
  public long steps() {
    return steps;
  }

  /** {@code stamp} if it can be true while the clock says {@code now}, else {@code now}. */
  public static long believable(long stamp, long now) {
    return isPlausible(stamp, now) ? stamp : now;
  }

  /** Whether {@code stamp} can follow {@code now} without a step. */
  static boolean isPlausible(long stamp, long now) {
    long delta = stamp - now;
    // Stamps are file input: a difference that overflows is far outside anyway.
    boolean overflow = ((stamp ^ now) & (stamp ^ delta)) < 0;
    return !overflow && delta >= -MAX_REORDER_NANOS && delta <= MAX_FORWARD_NANOS;
  }
}
