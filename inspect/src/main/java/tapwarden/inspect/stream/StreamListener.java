package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;

/** Hears what the two directions of a connection say. Called by the worker that has the flow. */
public interface StreamListener {
  /**
   * The next bytes of a direction, behind all that came before. They may be gone after the call.
   *
   * @param offset of the first byte in {@code segment}
   * @return false if nothing more of this direction is wanted
   */
  boolean data(TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length);

  /**
   * Bytes are missing: the mirror lost them, or there are too many segments out of order to wait.
   *
   * @return false if nothing more of this direction is wanted
   */
  boolean gap(TcpStream stream, boolean toServer, long bytes);

  /**
   * The sender sent other bytes for a place in the stream than before; receivers may differ in
   * which they take.
   *
   * @param position of the first of them, counted from the beginning of the direction
   * @param segment with the reading that was not taken
   */
  void ambiguous(
      TcpStream stream,
      boolean toServer,
      long position,
      MemorySegment segment,
      long offset,
      int length);
}
