package tapwarden.inspect.intel;

import java.security.SecureRandom;

/**
 * Keyed 64-bit hashes of addresses, networks and names, so that nobody who gets entries onto a
 * list, or sends packets, can make them collide. The key is drawn when a set is built and goes with
 * its snapshot; nothing observable depends on it.
 */
record IndicatorHash(long first, long second) {
  private static final int VERSION_BITS = 3;

  static IndicatorHash random() {
    SecureRandom random = new SecureRandom();
    // The factor of the name polynomial must be odd to lose nothing.
    return new IndicatorHash(random.nextLong(), random.nextLong() | 1);
  }

  /** Of an address, or of a network when {@code prefix} is not 0. */
  long address(int version, long high, long low, int prefix) {
    long kind = version | ((long) prefix << VERSION_BITS);
    return mix(mix(low ^ first, high ^ second) ^ kind, second);
  }

  /** Of an address on a port, from the hash of the address. */
  long withPort(long addressHash, int port) {
    return mix(addressHash ^ ((long) port << 32) ^ first, second);
  }

  /** Of no characters: where {@link #nameStep} starts, at the end of the name. */
  long nameStart() {
    return first;
  }

  /** Takes in the character to the left. */
  long nameStep(long state, byte character) {
    return (state + character + 1) * second;
  }

  /** The hash of the characters taken in so far. */
  long nameHash(long state) {
    return mix(state ^ first, second);
  }

  private static long mix(long a, long b) {
    return (a * b) ^ Math.multiplyHigh(a, b);
  }
}
