package tapwarden.inspect.equipment.claim;

/**
 * The pairs of neighbouring characters that a text has, as a set of 256 bits: most texts that lack
 * some words are told from those that have them without being searched.
 */
record Bigrams(long first, long second, long third, long fourth) {
  private static final int BITS_SHIFT = Integer.SIZE - 8;

  static Bigrams of(String text) {
    long[] bits = new long[4];
    for (int i = 1; i < text.length(); i++) {
      int pair = (text.charAt(i - 1) << Character.SIZE) | text.charAt(i);
      int bit = (pair * 0x9E3779B1) >>> BITS_SHIFT;
      bits[bit >>> 6] |= 1L << bit;
    }
    return new Bigrams(bits[0], bits[1], bits[2], bits[3]);
  }

  /** False if the text that this is of does not contain the words that those are of. */
  boolean mayContain(Bigrams words) {
    return ((words.first & ~first)
            | (words.second & ~second)
            | (words.third & ~third)
            | (words.fourth & ~fourth))
        == 0;
  }
}
