package tapwarden.inspect.stream;

/**
 * What one worker may keep of streams, shared by all that keep something: segments that wait, what
 * retransmissions are compared with, and messages that readers have begun. Whoever is refused goes
 * on without.
 */
public final class StreamMemory {
  private final long limitBytes;
  private long usedBytes;

  public StreamMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes that much if there is so much left; false changes nothing. */
  public boolean take(int bytes) {
    if (bytes > limitBytes - usedBytes) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  public void give(int bytes) {
    usedBytes -= bytes;
  }

  public long usedBytes() {
    return usedBytes;
  }
}
