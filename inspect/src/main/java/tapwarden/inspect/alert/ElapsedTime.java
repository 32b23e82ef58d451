package tapwarden.inspect.alert;

/**
 * How far a clock of packet time has gone forward in all. The clock may step back (an older file, a
 * clock that was set): time then goes on from what it was, so that what waits for so much of it
 * neither ends at once nor waits for ever. Used by one thread.
 */
public final class ElapsedTime {
  private final long longestStepNanos;
  private boolean started;
  private long tickNanos;
  private long elapsedNanos;

  /**
   * @param longestWaitNanos what time is wanted for; a step forward beyond it counts for one
   *     nanosecond more than it
   */
  public ElapsedTime(long longestWaitNanos) {
    longestStepNanos = longestWaitNanos == Long.MAX_VALUE ? longestWaitNanos : longestWaitNanos + 1;
  }

  /** The clock has ticked; never a packet's own stamp, which may be wild. */
  public void goOn(long nanos) {
    if (started && nanos > tickNanos) {
      long step = nanos - tickNanos;
      // A difference that overflows is a long one.
      elapsedNanos += step < 0 ? longestStepNanos : Math.min(step, longestStepNanos);
    }
    started = true;
    tickNanos = nanos;
  }

  /** The clock at its last tick; 0 before the first. */
  public long tickNanos() {
    return tickNanos;
  }

  public long nanos() {
    return elapsedNanos;
  }
}
