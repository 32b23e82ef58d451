package tapwarden.inspect.stream;

import org.jspecify.annotations.Nullable;

/**
 * What one worker may keep of streams, shared by all that keep something: segments that wait, what
 * retransmissions are compared with, and messages that readers have begun. Whoever is refused goes
 * on without.
 */
public final class StreamMemory {
  /** Gives back what matters least. */
  interface Reclaimer {
    /** False if there is nothing that may be given back. */
    boolean reclaim();
  }

  private final long limitBytes;
  private @Nullable Reclaimer reclaimer;
  private long usedBytes;

  public StreamMemory(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Asks for memory to be given back before anybody is refused. */
  void reclaimFrom(Reclaimer from) {
    reclaimer = from;
  }

  /** Takes that much if there is so much left; false changes nothing that the caller has. */
  public boolean take(int bytes) {
    if (bytes > limitBytes - usedBytes && !reclaim(bytes)) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  private boolean reclaim(int bytes) {
    Reclaimer from = reclaimer;
    if (from == null || bytes > limitBytes) {
      return false;
    }
    while (bytes > limitBytes - usedBytes) {
      if (!from.reclaim()) {
        return false;
      }
    }
    return true;
  }

  public void give(int bytes) {
    usedBytes -= bytes;
  }

  public long usedBytes() {
    return usedBytes;
  }

  long limitBytes() {
    return limitBytes;
  }
}
