package tapwarden.inspect.codec.ber;

/** Object identifiers (ITU-T X.690 §8.19) as text: numbers with dots between them. */
public final class ObjectIdentifiers {
  /** Most numbers of an identifier (RFC 3416 §4.1). */
  public static final int MAX_NUMBERS = 128;

  /** Room that any identifier finds enough: 128 numbers of at most 19 digits, and dots. */
  public static final int MAX_TEXT = MAX_NUMBERS * 20;

  private static final int MORE = 0x80;
  private static final int BITS = 7;

  /** A number below 2^this takes seven bits more and is still positive. */
  private static final int SHIFTABLE = Long.SIZE - 1 - BITS;

  private static final int FIRST_FACTOR = 40;
  private static final int MAX_ROOT = 2;

  private ObjectIdentifiers() {}

  /**
   * Writes the text from the beginning of an array.
   *
   * @param out has {@link #MAX_TEXT} bytes
   * @return bytes written; -1 if the content is no identifier: empty, cut within a number, more
   *     than {@link #MAX_NUMBERS}, or a number of more than 63 bits
   */
  public static int write(byte[] bytes, int start, int length, byte[] out) {
    int end = start + length;
    int at = start;
    int to = 0;
    int numbers = 0;
    while (at < end) {
      long value = 0;
      boolean more = true;
      while (more) {
        if (at == end || value >>> SHIFTABLE != 0) {
          return -1;
        }
        value = value << BITS | (bytes[at] & (MORE - 1));
        more = (bytes[at++] & MORE) != 0;
      }
      if (numbers == 0) {
        long root = Math.min(value / FIRST_FACTOR, MAX_ROOT);
        out[to++] = (byte) ('0' + root);
        value -= root * FIRST_FACTOR;
        numbers = 1;
      }
      if (numbers++ == MAX_NUMBERS) {
        return -1;
      }
      out[to++] = '.';
      to = putNumber(out, to, value);
    }
    return numbers == 0 ? -1 : to;
  }

  private static int putNumber(byte[] out, int at, long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return at + digits;
  }
}
