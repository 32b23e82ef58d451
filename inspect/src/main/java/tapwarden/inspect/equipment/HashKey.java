package tapwarden.inspect.equipment;

import java.security.SecureRandom;

/**
 * The secret of the tables that packets fill: whoever sends packets cannot choose addresses that
 * collide. Nothing observable may depend on it.
 */
public record HashKey(long first, long second) {
  /** A fresh secret. */
  public static HashKey random() {
    SecureRandom random = new SecureRandom();
    return new HashKey(random.nextLong(), random.nextLong());
  }

  int address(int version, long high, long low) {
    return finish(mix(low ^ first, (high + version) ^ second));
  }

  int mac(long mac) {
    return finish(mix(mac ^ first, second | 1));
  }

  /** Both words are multiplied to 128 bits, whose halves are folded. */
  private static long mix(long a, long b) {
    return (a * b) ^ Math.multiplyHigh(a, b);
  }

  private int finish(long hash) {
    long h = mix(hash ^ second, first | 1);
    return (int) (h ^ (h >>> 32));
  }
}
