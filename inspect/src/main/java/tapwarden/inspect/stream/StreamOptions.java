package tapwarden.inspect.stream;

import tapwarden.inspect.wire.OverlapPolicies;
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
 * @param policies whose bytes count where segments overlap, by the address of the receiver
 * @param checksums what becomes of segments whose checksum is wrong
 */
public record StreamOptions(
    int streams,
    long memoryBytes,
    int heldBytesADirection,
    int heldSegmentsADirection,
    long depthBytes,
    OverlapPolicies policies,
    ChecksumPolicy checksums) {
  /** What holds when the configuration says nothing. */
  public static final StreamOptions DEFAULT =
      new StreamOptions(
          65_536,
          128L << 20,
          256 << 10,
          1_024,
          1L << 20,
          OverlapPolicies.everywhere(OverlapPolicy.LINUX),
          ChecksumPolicy.DISTRUST);

  public StreamOptions {
    if (streams < 1
        || memoryBytes < 1
        || heldBytesADirection < 1
        || heldSegmentsADirection < 1
        || depthBytes < 1) {
      throw new IllegalArgumentException("a bound of reassembly is below 1");
    }
  }

  /** The same policy for every receiver, and wrong checksums distrusted. */
  public StreamOptions(
      int streams,
      long memoryBytes,
      int heldBytesADirection,
      int heldSegmentsADirection,
      long depthBytes,
      OverlapPolicy policy) {
    this(
        streams,
        memoryBytes,
        heldBytesADirection,
        heldSegmentsADirection,
        depthBytes,
        OverlapPolicies.everywhere(policy),
        ChecksumPolicy.DISTRUST);
  }

  /** The same but for the checksums. */
  public StreamOptions checksums(ChecksumPolicy policy) {
    return new StreamOptions(
        streams,
        memoryBytes,
        heldBytesADirection,
        heldSegmentsADirection,
        depthBytes,
        policies,
        policy);
  }
}
