package tapwarden.inspect.flow;

/** Unkeyed bit mixing for values that must be the same in every run, such as flow ids. */
final class PublicMix {
  private PublicMix() {}

  /** A bijection of 64 bits in which every input bit moves about half of the output bits. */
  static long avalanche(long bits) {
    long z = bits;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /** Takes one more word into a running mix. */
  static long absorb(long state, long word) {
    return avalanche((state + 0x9E37_79B9_7F4A_7C15L) ^ word);
  }
}
