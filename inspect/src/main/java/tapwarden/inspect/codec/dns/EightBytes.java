package tapwarden.inspect.codec.dns;

/** Eight bytes in a long, looked at all at once; their order does not matter. */
final class EightBytes {
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private EightBytes() {}

  /** The same with ASCII letters in lower case, other bytes as they are. */
  static long toLower(long eight) {
    long low = eight & ~HIGH_BITS;
    // Sums that reach the high bit say "at least A" and "beyond Z"; no byte carries into the next.
    long fromA = low + (0x80 - 'A') * ONES;
    long beyondZ = low + (0x7F - 'Z') * ONES;
    long upper = (fromA ^ beyondZ) & ~eight & HIGH_BITS;
    return eight | (upper >>> 2);
  }

  /** Whether one of them is that ASCII character. */
  static boolean has(long eight, char character) {
    long zeroIfEqual = eight ^ character * ONES;
    return ((zeroIfEqual - ONES) & ~zeroIfEqual & HIGH_BITS) != 0;
  }
}
