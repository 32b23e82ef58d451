package tapwarden.inspect.codec.dns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

  /** Bytes behind the end of what is read and written that may be touched: labels go by eights. */
  static final int SLACK = Long.BYTES - 1;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  final byte[] original = new byte[MAX_TEXT + SLACK];
  final byte[] lower = new byte[MAX_TEXT + SLACK];
  private int used;

  // Result of the last read.
  private int start;
  private int length;

  // The last name that stood at a place of its own: most pointers lead to it.
  private int knownPlace = -1;
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
   * Reads the name at {@code at} of a message that starts at 0, from where pointers count.
   *
   * @param end first offset after the message, behind which there are {@link #SLACK} bytes
   * @return first offset after the name at {@code at}, or -1 if it is broken or out of limits
   */
  int read(byte[] bytes, int at, int end) {
    if (at + 1 < end && isPointer(bytes[at]) && target(bytes, at) == knownPlace) {
      start = knownStart;
      length = knownLength;
      return at + 2;
    }
    if (used + MAX_NAME_TEXT > MAX_TEXT) {
      return -1;
    }
    int after = expand(bytes, at, end);
    if (after < 0) {
      return -1;
    }
    knownPlace = at;
    knownStart = start;
    knownLength = length;
    return after;
  }

  private int expand(byte[] bytes, int from, int end) {
    int out = used;
    int octets = 1;
    int pointers = 0;
    int after = -1;
    int at = from;
    while (true) {
      if (at >= end) {
        return -1;
      }
      int label = bytes[at] & 0xFF;
      if (label == 0) {
        break;
      }
      if (label >= 0xC0) {
        if (at + 1 >= end || ++pointers > MAX_POINTERS) {
          return -1;
        }
        after = after < 0 ? at + 2 : after;
        at = target(bytes, at);
        continue;
      }
      octets += label + 1;
      if (label > 63 || octets > MAX_WIRE_OCTETS || at + 1 + label > end) {
        return -1;
      }
      out = putLabel(bytes, at + 1, label, out);
      at += label + 1;
    }
    start = used;
    length = Math.max(0, out - used - 1);
    used = out;
    return after < 0 ? at + 1 : after;
  }

  /** Appends a label and a dot; the last dot is not counted into the name. */
  private int putLabel(byte[] bytes, int at, int count, int to) {
    boolean isPlain = true;
    for (int i = 0; i < count; i += Long.BYTES) {
      long eight = (long) EIGHT.get(bytes, at + i);
      EIGHT.set(original, to + i, eight);
      EIGHT.set(lower, to + i, EightBytes.toLower(eight));
      // What follows the label may look special as well: then it is gone over in vain.
      isPlain &= !EightBytes.has(eight, '.') && !EightBytes.has(eight, '\\');
    }
    int end = isPlain ? to + count : escape(to, to + count);
    original[end] = '.';
    lower[end] = '.';
    return end + 1;
  }

  /** Puts a backslash before each dot and backslash of a label; answers its new end. */
  private int escape(int from, int to) {
    int end = to;
    for (int i = from; i < end; i++) {
      byte b = original[i];
      if (b == '.' || b == '\\') {
        insertBackslash(original, i, end);
        insertBackslash(lower, i, end);
        end++;
        i++;
      }
    }
    return end;
  }

  private static void insertBackslash(byte[] text, int at, int end) {
    System.arraycopy(text, at, text, at + 1, end - at);
    text[at] = '\\';
  }

  private static boolean isPointer(byte first) {
    return (first & 0xC0) == 0xC0;
  }

  private static int target(byte[] bytes, int at) {
    return ((bytes[at] & 0x3F) << 8) | (bytes[at + 1] & 0xFF);
  }
}
