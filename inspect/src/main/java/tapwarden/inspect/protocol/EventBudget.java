package tapwarden.inspect.protocol;

/**
 * How many events one flow may write in a minute of packet time. What comes beyond is not written,
 * and told once a minute as the oddity {@code event_limit}; names and traits are not held back.
 */
public final class EventBudget {
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final int mostInWindow;
  private long windowStartNanos;
  private int taken;

  /**
   * @param mostInWindow most events a minute, at least 1
   */
  public EventBudget(int mostInWindow) {
    this.mostInWindow = mostInWindow;
  }

  /** Whether one more may be written now. */
  public boolean take(Report report) {
    long now = report.nanos();
    // Either way: a clock that is set back must not close the window for as long.
    if (taken == 0 || Math.abs(now - windowStartNanos) >= WINDOW_NANOS) {
      windowStartNanos = now;
      taken = 0;
    }
    if (taken < mostInWindow) {
      taken++;
      return true;
    }
    if (taken == mostInWindow) {
      taken++;
      report.oddity("event_limit");
    }
    return false;
  }
}
