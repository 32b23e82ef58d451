package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;

/** Reads one TCP connection for a protocol: both directions, each in order. */
public interface StreamReader {
  /**
   * The next bytes of a direction; they may be gone after the call.
   *
   * @return false if nothing more of this direction is wanted
   */
  boolean data(Report report, boolean toServer, MemorySegment segment, long offset, int length);

  /**
   * Bytes of a direction are missing.
   *
   * @return false if nothing more of this direction is wanted
   */
  boolean gap(Report report, boolean toServer, long bytes);

  /**
   * There is nothing more to read: the reader reports what it still has to say, a few events at
   * most, and gives back the memory that it took. Called once, after whatever came before.
   */
  void close(Report report);
}
