package tapwarden.inspect.fragment;

import java.util.concurrent.TimeUnit;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Bounds of reassembly. Whatever the number of workers, there is one table of fragments. What is
 * over a bound is counted.
 *
 * @param memoryBytes most bytes kept for datagrams that are not whole yet
 * @param datagrams most such datagrams
 * @param piecesADatagram most pieces that a datagram is kept in; {@link #MOST_PIECES} are enough
 *     for any
 * @param timeoutSeconds how long a datagram is waited for, in packet time from its first fragment
 * @param policies whose bytes count where fragments overlap
 */
public record FragmentOptions(
    long memoryBytes,
    int datagrams,
    int piecesADatagram,
    int timeoutSeconds,
    OverlapPolicies policies) {
  /** As many as there are multiples of eight in the largest datagram. */
  public static final int MOST_PIECES = 8_192;

  /** What holds when the configuration says nothing. */
  public static final FragmentOptions DEFAULT =
      new FragmentOptions(
          64L << 20, 65_536, MOST_PIECES, 30, OverlapPolicies.everywhere(OverlapPolicy.LINUX));

  public FragmentOptions {
    if (memoryBytes < 1
        || datagrams < 1
        || datagrams > 1 << 24
        || piecesADatagram < 1
        || timeoutSeconds < 1) {
      throw new IllegalArgumentException("a bound of fragments is out of range");
    }
  }

  long timeoutNanos() {
    return TimeUnit.SECONDS.toNanos(timeoutSeconds);
  }
}
