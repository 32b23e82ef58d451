package tapwarden.inspect.codec.hpack;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/**
 * The fixed Huffman code of HPACK (RFC 7541 Appendix B). It is canonical: codes of a length follow
 * each other in the order of their symbols, so that the lengths tell all of it.
 */
final class HuffmanCode {
  /** Bits of the longest code. */
  private static final int LONGEST = 30;

  /** Bits of the shortest one; a byte of code gives at most 8/5 symbols. */
  private static final int SHORTEST = 5;

  private static final int SYMBOLS = 257;
  private static final int END_OF_STRING = 256;

  /** Length of each symbol's code, as letters from A, which is {@link #SHORTEST}. */
  private static final String LENGTHS =
      "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHF"
          + "IBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX"
          + "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRS"
          + "VVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWV"
          + "Z";

  private static final int ROOT_BITS = 8;

  /** What is found is a symbol and, in so many low bits, the length of its code. */
  private static final int LENGTH_BITS = 5;

  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  /** For each byte: what is found, or 0 if the code is longer. */
  private static final short[] ROOT = new short[1 << ROOT_BITS];

  /** The symbols in the order of their codes. */
  private static final short[] ORDER = new short[SYMBOLS];

  /** By length: the first code, where its symbol is in the order, and the first code behind. */
  private static final int[] FIRST_CODE = new int[LONGEST + 1];

  private static final int[] FIRST_PLACE = new int[LONGEST + 1];
  private static final int[] END_CODE = new int[LONGEST + 1];

  static {
    int code = 0;
    int place = 0;
    for (int length = SHORTEST; length <= LONGEST; length++) {
      FIRST_CODE[length] = code;
      FIRST_PLACE[length] = place;
      for (int symbol = 0; symbol < SYMBOLS; symbol++) {
        if (LENGTHS.charAt(symbol) - 'A' + SHORTEST == length) {
          ORDER[place++] = (short) symbol;
          root(symbol, code++, length);
        }
      }
      END_CODE[length] = code;
      code <<= 1;
    }
  }

  private HuffmanCode() {}

  private static void root(int symbol, int code, int length) {
    if (length <= ROOT_BITS) {
      int free = ROOT_BITS - length;
      for (int i = 0; i < 1 << free; i++) {
        ROOT[code << free | i] = (short) (symbol << LENGTH_BITS | length);
      }
    }
  }

  /** Most bytes that so many bytes of code stand for. */
  static int mostBytes(int codeBytes) {
    return codeBytes * 8 / SHORTEST;
  }

  /**
   * Decodes a string.
   *
   * @param out has room for {@link #mostBytes}
   * @return bytes put there; -1 if the code is broken (RFC 7541 §5.2)
   */
  static int decode(MemorySegment segment, long offset, int length, byte[] out) {
    long bits = 0;
    int count = 0;
    int put = 0;
    for (int i = 0; i < length; i++) {
      bits = bits << 8 | Bytes.u8(segment, offset + i);
      count += 8;
      while (count >= ROOT_BITS) {
        int entry = ROOT[(int) (bits >>> (count - ROOT_BITS)) & 0xFF];
        int found = entry != 0 ? entry : longCode(bits, count);
        if (found == 0) {
          break;
        }
        if (found >>> LENGTH_BITS == END_OF_STRING) {
          return -1;
        }
        out[put++] = (byte) (found >>> LENGTH_BITS);
        count -= found & LENGTH_MASK;
      }
      bits &= (1L << count) - 1;
    }
    return tail(bits, count, out, put);
  }

  /** What the last bits stand for: short codes, then fewer than 8 bits that are all ones. */
  private static int tail(long lastBits, int lastCount, byte[] out, int from) {
    int put = from;
    int count = lastCount;
    if (count >= ROOT_BITS) {
      return -1; // The beginning of a long code.
    }
    while (count >= SHORTEST) {
      int shown = (int) (lastBits << (ROOT_BITS - count)) & 0xFF;
      int entry = ROOT[shown | ((1 << (ROOT_BITS - count)) - 1)];
      if (entry == 0 || (entry & LENGTH_MASK) > count) {
        break;
      }
      out[put++] = (byte) (entry >>> LENGTH_BITS);
      count -= entry & LENGTH_MASK;
    }
    long padding = (1L << count) - 1;
    return (lastBits & padding) == padding ? put : -1;
  }

  /** The same for a code of more than {@link #ROOT_BITS}; 0 if its end is not there yet. */
  private static int longCode(long bits, int count) {
    int most = Math.min(count, LONGEST);
    for (int length = ROOT_BITS + 1; length <= most; length++) {
      int code = (int) (bits >>> (count - length)) & ((1 << length) - 1);
      if (code < END_CODE[length]) {
        return ORDER[FIRST_PLACE[length] + code - FIRST_CODE[length]] << LENGTH_BITS | length;
      }
    }
    return 0;
  }
}
