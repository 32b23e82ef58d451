package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;

/**
 * Reads the datagrams of flows for a protocol. One that remembers nothing between two datagrams may
 * be the same object for all flows of a worker; its {@link #close} then does nothing.
 */
public interface DatagramReader {
  /**
   * A datagram's payload, as captured; it may be gone after the call.
   *
   * @return false if no further datagram of the flow is wanted
   */
  boolean datagram(Report report, boolean toServer, MemorySegment segment, long offset, int length);

  /** The flow is over, or nothing more is wanted: as {@link StreamReader#close}. */
  default void close(Report report) {}
}
