package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;

/**
 * Elements of ASN.1's basic encoding (X.690 §8.1) in an opening: one byte of tag, a definite length
 * of at most four bytes, a value. An element is one number, so that none is allocated: where the
 * value starts in the high half, its length in the low.
 */
final class Ber {
  /** No such element. */
  static final long BROKEN = -1;

  /** It may be, but its head is not shown whole. */
  static final long CUT = -2;

  static final int INTEGER = 0x02;
  static final int OCTETS = 0x04;
  static final int ENUMERATED = 0x0A;
  static final int SEQUENCE = 0x30;

  private Ber() {}

  /** The element with that tag at that place. */
  static long element(Opening opening, int at, int tag) {
    if (at >= opening.length()) {
      return CUT;
    }
    return opening.u8(at) == tag ? any(opening, at) : BROKEN;
  }

  /** The element at that place, whatever its tag. */
  static long any(Opening opening, int at) {
    if (at + 2 > opening.length()) {
      return CUT;
    }
    int first = opening.u8(at + 1);
    if (first < 0x80) {
      return pack(at + 2, first);
    }
    int bytes = first & 0x7F;
    if (bytes == 0 || bytes > 4) {
      return BROKEN;
    }
    if (at + 2 + bytes > opening.length()) {
      return CUT;
    }
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | opening.u8(at + 2 + i);
    }
    return length > MOST_BYTES ? BROKEN : pack(at + 2 + bytes, length);
  }

  /** Longest element that is believed: 16 MiB. */
  private static final long MOST_BYTES = 1 << 24;

  private static long pack(long at, long length) {
    return at << 32 | length;
  }

  static int start(long element) {
    return (int) (element >>> 32);
  }

  static int length(long element) {
    return (int) element;
  }

  /** The first place behind it, which may not be shown. */
  static int end(long element) {
    return start(element) + length(element);
  }
}
