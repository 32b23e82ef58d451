package tapwarden.inspect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The characters of JSON strings. Printable characters go out as UTF-8. Escaped are: what RFC 8259
 * demands (quote, backslash, U+0000 to U+001F); what ends a line for some reader (U+007F to U+009F,
 * U+2028, U+2029); and what deceives a human reader: direction controls, zero-width and other
 * invisible characters, byte order marks, noncharacters, specials (U+FFFD among them) and tags.
 *
 * <p>A lone surrogate becomes U+FFFD: written as an escape it is legal JSON, but strict readers
 * refuse the whole line for it, which would let a packet hide its alert.
 */
final class JsonText {
  /** Most bytes that one character becomes: a supplementary one as two escapes. */
  static final int MAX_ESCAPED = 12;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = ONES << 7;

  private JsonText() {}

  /** Whether the character is its own byte in a JSON string. */
  static boolean isPlainAscii(char c) {
    return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
  }

  /** How many bytes from {@code from} on, and before {@code end}, are their own in a string. */
  static int plainLength(byte[] wire, int from, int end) {
    int i = from;
    for (; end - i >= Long.BYTES; i += Long.BYTES) {
      long others = notPlain((long) EIGHT_BYTES.get(wire, i));
      if (others != 0) {
        return i - from + (Long.numberOfTrailingZeros(others) >>> 3);
      }
    }
    while (i < end && isPlainAscii((char) wire[i])) {
      i++;
    }
    return i - from;
  }

  /**
   * The lowest bit set is the highest of the first byte (little endian) that is not plain; bits
   * above it mean nothing, for what a byte borrows is taken from the bytes above.
   */
  private static long notPlain(long eight) {
    long quote = eight ^ ONES * '"';
    long backslash = eight ^ ONES * '\\';
    long control = eight - ONES * ' ';
    return HIGHEST_BITS
        & (eight
            | (eight + ONES) // 0x7F
            | control
            | (quote - ONES)
            | (backslash - ONES));
  }

  /** Writes a character below U+0080; returns the new end. */
  static int putAscii(byte[] out, int at, char c) {
    if (isPlainAscii(c)) {
      out[at] = (byte) c;
      return at + 1;
    }
    byte shortForm =
        switch (c) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (shortForm == 0) {
      return putEscape(out, at, c);
    }
    out[at] = '\\';
    out[at + 1] = shortForm;
    return at + 2;
  }

  /** Writes a code point from U+0080 on, or a lone surrogate; returns the new end. */
  static int putCodePoint(byte[] out, int at, int codePoint) {
    if (codePoint < 0x10000) {
      if (Character.isSurrogate((char) codePoint)) {
        return putEscape(out, at, 0xFFFD);
      }
      return isPlain(codePoint) ? putUtf8(out, at, codePoint) : putEscape(out, at, codePoint);
    }
    if (isPlain(codePoint)) {
      return putUtf8(out, at, codePoint);
    }
    int end = putEscape(out, at, Character.highSurrogate(codePoint));
    return putEscape(out, end, Character.lowSurrogate(codePoint));
  }

  /** Writes a byte that is no character as the text {@code \xNN}; returns the new end. */
  static int putWireByte(byte[] out, int at, int b) {
    out[at] = '\\';
    out[at + 1] = '\\';
    out[at + 2] = 'x';
    out[at + 3] = HEX[b >>> 4 & 0xF];
    out[at + 4] = HEX[b & 0xF];
    return at + 5;
  }

  /** Bytes that a code point takes in UTF-8. */
  static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /**
   * The code point from U+0080 on whose UTF-8 form starts at {@code i}; -1 if there is none that is
   * well-formed (Unicode table 3-7: no overlong form, no surrogate, nothing above U+10FFFF) and
   * whole before {@code end}.
   */
  static int codePointAt(byte[] wire, int i, int end) {
    int lead = wire[i] & 0xFF;
    int extra = lead < 0xC2 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : 0;
    if (extra == 0 || end - i <= extra) {
      return -1;
    }
    int codePoint = lead & 0x3F >> extra;
    for (int k = 1; k <= extra; k++) {
      int b = wire[i + k];
      if ((b & 0xC0) != 0x80) {
        return -1;
      }
      codePoint = codePoint << 6 | (b & 0x3F);
    }
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return surrogate || codePoint > 0x10FFFF || utf8Length(codePoint) != extra + 1 ? -1 : codePoint;
  }

  private static boolean isPlain(int c) {
    if (c < 0x2000) {
      return c >= 0xA0 && c != 0xAD && c != 0x61C && c != 0x180E;
    }
    if (c <= 0x206F) {
      return c > 0x200F && (c < 0x2028 || c > 0x202E) && c < 0x2060;
    }
    boolean noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    boolean special = c >= 0xFFF0 && c <= 0xFFFD;
    boolean tag = c >>> 16 == 0xE;
    return c != 0xFEFF && !noncharacter && !special && !tag;
  }

  private static int putEscape(byte[] out, int at, int unit) {
    out[at] = '\\';
    out[at + 1] = 'u';
    out[at + 2] = HEX[unit >>> 12 & 0xF];
    out[at + 3] = HEX[unit >>> 8 & 0xF];
    out[at + 4] = HEX[unit >>> 4 & 0xF];
    out[at + 5] = HEX[unit & 0xF];
    return at + 6;
  }

  private static int putUtf8(byte[] out, int at, int c) {
    int end = at;
    if (c < 0x800) {
      out[end++] = (byte) (0xC0 | c >>> 6);
    } else {
      if (c < 0x10000) {
        out[end++] = (byte) (0xE0 | c >>> 12);
      } else {
        out[end++] = (byte) (0xF0 | c >>> 18);
        out[end++] = (byte) (0x80 | (c >>> 12 & 0x3F));
      }
      out[end++] = (byte) (0x80 | (c >>> 6 & 0x3F));
    }
    out[end++] = (byte) (0x80 | (c & 0x3F));
    return end;
  }
}
