package tapwarden.benchmarks;

/**
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the
 * same numbers for the same seed on every machine and in every release of the JDK.
 */
public final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

  private long state;

  public SplitMix(long seed) {
    state = seed;
  }

  public long next() {
    state += GOLDEN_GAMMA;
    long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** The numbers from 0 to {@code size - 1}, shuffled (Fisher and Yates). */
  int[] permutation(int size) {
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }
}
