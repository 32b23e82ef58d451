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
   * The stream can be read in another way from here: receivers may differ in which they take.
   * Called once for each segment that makes it so.
   *
   * @param position of the first byte that does, counted from the beginning of the direction
   * @param segment with the reading that was not taken
   */
  void ambiguous(
      TcpStream stream,
      boolean toServer,
      Ambiguity kind,
      long position,
      MemorySegment segment,
      long offset,
      int length);

  /**
   * Another reading of an ambiguous direction's beginning, as far as it has come: for one look with
   * a fresh reader. It comes with the segment that makes it, again with more behind it as long as
   * it is short, and then when the other side answers, when the beginning is complete and when the
   * stream is closed. What it says must not be taken for what was said, but must not go unsearched.
   * The bytes are gone after the call.
   *
   * @param position of the first byte: 0, unless the beginning was too long ago to be remembered
   */
  void alternative(
      TcpStream stream,
      boolean toServer,
      long position,
      MemorySegment segment,
      long offset,
      int length);
}
