package tapwarden.inspect.codec.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Domain names of one message, decompressed (RFC 1035 §4.1.4) into two byte arrays of the same
 * shape: as they were sent and lower-cased (ASCII only, RFC 4343). Labels are joined by dots,
 * without one at the end; the root is empty. A dot or backslash inside a label is preceded by a
 * backslash, so that one label {@code a.b} is never taken for two; other bytes stay as they are.
 *
 * <p>RFC 1035 wants a pointer to lead to an earlier name, but large resolvers follow those that
 * lead forward too, so that a client could hide what it asks for from a reader that does not. Loops
 * end at the limits: {@link #MAX_WIRE_OCTETS} octets and {@link #MAX_POINTERS} pointers a name,
 * {@link #MAX_TEXT} bytes of names a message.
 */
final class DnsNames {
  /** RFC 1035 §2.3.4: a name is at most 255 octets on the wire. */
  static final int MAX_WIRE_OCTETS = 255;

  /** More pointers than a sane name of at most 127 labels can need. */
  static final int MAX_POINTERS = 64;

  /** Bytes of all names of one message; a message that needs more is cut and said to be. */
  static final int MAX_TEXT = 32_768;

  private static final int MAX_NAME_TEXT = 2 * MAX_WIRE_OCTETS;
  private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;

  final byte[] original = new byte[MAX_TEXT];
  final byte[] lower = new byte[MAX_TEXT];
  private int used;

  // Result of the last read.
  private int start;
  private int length;

  // The last name that stood at a place of its own: most pointers lead to it.
  private long knownPlace = -1;
  private int knownStart;
  private int knownLength;

  void clear() {
    used = 0;
    knownPlace = -1;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /**
   * Reads the name at {@code at}.
   *
   * @param base where the message starts: pointers count from there
   * @param end first offset after the message
   * @return first offset after the name at {@code at}, or -1 if it is broken or out of limits
   */
  long read(MemorySegment segment, long base, long at, long end) {
    if (at + 1 < end && isPointer(segment.get(U8, at)) && target(segment, base, at) == knownPlace) {
      start = knownStart;
      length = knownLength;
      return at + 2;
    }
    if (used + MAX_NAME_TEXT > MAX_TEXT) {
      return -1;
    }
    long after = expand(segment, base, at, end);
    if (after < 0) {
      return -1;
    }
    knownPlace = at;
    knownStart = start;
    knownLength = length;
    return after;
  }

  private long expand(MemorySegment segment, long base, long from, long end) {
    int out = used;
    int octets = 1;
    int pointers = 0;
    long after = -1;
    long at = from;
    while (true) {
      if (at >= end) {
        return -1;
      }
      int label = segment.get(U8, at) & 0xFF;
      if (label == 0) {
        break;
      }
      if (label >= 0xC0) {
        if (at + 1 >= end || ++pointers > MAX_POINTERS) {
          return -1;
        }
        after = after < 0 ? at + 2 : after;
        at = target(segment, base, at);
        continue;
      }
      octets += label + 1;
      if (label > 63 || octets > MAX_WIRE_OCTETS || at + 1 + label > end) {
        return -1;
      }
      out = putLabel(segment, at + 1, label, out);
      at += label + 1;
    }
    start = used;
    length = Math.max(0, out - used - 1);
    used = out;
    return after < 0 ? at + 1 : after;
  }

  /** Appends a label and a dot; the last dot is not counted into the name. */
  private int putLabel(MemorySegment segment, long at, int count, int to) {
    MemorySegment.copy(segment, U8, at, original, to, count);
    int end = to + count;
    for (int i = to; i < end; i++) {
      byte b = original[i];
      if (b == '.' || b == '\\') {
        end = escape(i, end);
        lower[i] = '\\';
        lower[++i] = b;
      } else {
        lower[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
      }
    }
    original[end] = '.';
    lower[end] = '.';
    return end + 1;
  }

  /** Puts a backslash before the byte at {@code at}; answers the new end. */
  private int escape(int at, int end) {
    System.arraycopy(original, at, original, at + 1, end - at);
    original[at] = '\\';
    return end + 1;
  }

  private static boolean isPointer(byte first) {
    return (first & 0xC0) == 0xC0;
  }

  private static long target(MemorySegment segment, long base, long at) {
    return base + (((segment.get(U8, at) & 0x3F) << 8) | (segment.get(U8, at + 1) & 0xFF));
  }
}
