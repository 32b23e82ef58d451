package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.decode.Packet;

/** Reads one TCP connection for a protocol: both directions, each in order. */
public interface StreamReader {
  /**
   * The next bytes of a direction; they may be gone after the call.
   *
   * @param at the packet that brought them, or what they waited for
   * @return false if nothing more of this direction is wanted
   */
  boolean data(Packet at, boolean toServer, MemorySegment segment, long offset, int length);

  /**
   * Bytes of a direction are missing.
   *
   * @return false if nothing more of this direction is wanted
   */
  boolean gap(boolean toServer, long bytes);

  /** There is nothing more to read; the reader gives back what it kept. */
  void close();
}
