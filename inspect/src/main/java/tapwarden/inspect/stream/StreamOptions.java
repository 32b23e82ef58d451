package tapwarden.inspect.stream;

import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Bounds of reassembly. All are for one worker's share or one direction, and each has a counter
 * that says when it was reached.
 *
 * @param streams most connections that are followed at a time, by all workers together
 * @param memoryBytes most bytes kept ({@link StreamMemory}), by all workers together
 * @param heldBytesADirection most bytes between the first that is missing and the last that is kept
 * @param heldSegmentsADirection most segments kept out of order
 * @param depthBytes bytes of a direction that are looked at; what follows is not
 * @param policy whose bytes count where segments overlap
 */
public record StreamOptions(
    int streams,
    long memoryBytes,
    int heldBytesADirection,
    int heldSegmentsADirection,
    long depthBytes,
    OverlapPolicy policy) {
  /** What holds when the configuration says nothing. */
  public static final StreamOptions DEFAULT =
      new StreamOptions(65_536, 128L << 20, 256 << 10, 256, 1L << 20, OverlapPolicy.FIRST);

  public StreamOptions {
    if (streams < 1
        || memoryBytes < 1
        || heldBytesADirection < 1
        || heldSegmentsADirection < 1
        || depthBytes < 1) {
      throw new IllegalArgumentException("a bound of reassembly is below 1");
    }
  }
}
