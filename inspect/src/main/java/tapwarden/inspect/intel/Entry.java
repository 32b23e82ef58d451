package tapwarden.inspect.intel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * An entry as it lies in the set's text: a head byte (kind in the low four bits, {@link
 * #HAS_COMMENT}), then the value, then, if there is one, the comment's length (1 byte) and bytes.
 *
 * <pre>
 *   4, 6    address: 4 or 16 bytes, big-endian as all numbers
 *   1, 2    IPv4 or IPv6 address and port (2 bytes)
 *   3, 5    IPv4 or IPv6 network and prefix length (1 byte)
 *   7       name: length (1 byte) and its characters, lower case, without a final dot
 * </pre>
 */
final class Entry {
  static final int ADDRESS_V4 = 4;
  static final int ADDRESS_V6 = 6;
  static final int PORT_V4 = 1;
  static final int PORT_V6 = 2;
  static final int NETWORK_V4 = 3;
  static final int NETWORK_V6 = 5;
  static final int NAME = 7;
  static final int HAS_COMMENT = 0x80;
  static final int MOST_NAME_BYTES = 253;
  static final int MOST_COMMENT_BYTES = 200;

  /** No entry is longer: head, length and name, length and comment. */
  static final int MOST_BYTES = 1 + 1 + MOST_NAME_BYTES + 1 + MOST_COMMENT_BYTES;

  private static final int KIND = 0x0F;
  private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Entry() {}

  static int kind(MemorySegment text, long at) {
    return text.get(U8, at) & KIND;
  }

  static boolean isV4(int kind) {
    return kind == ADDRESS_V4 || kind == PORT_V4 || kind == NETWORK_V4;
  }

  static long high(MemorySegment text, long at, int kind) {
    return isV4(kind) ? 0 : text.get(U64, at + 1);
  }

  static long low(MemorySegment text, long at, int kind) {
    return isV4(kind) ? text.get(U32, at + 1) & 0xFFFF_FFFFL : text.get(U64, at + 9);
  }

  /** The port or prefix length; 0 for a plain address. */
  static int detail(MemorySegment text, long at, int kind) {
    return switch (kind) {
      case PORT_V4 -> text.get(U16, at + 5) & 0xFFFF;
      case PORT_V6 -> text.get(U16, at + 17) & 0xFFFF;
      case NETWORK_V4 -> text.get(U8, at + 5) & 0xFF;
      case NETWORK_V6 -> text.get(U8, at + 17) & 0xFF;
      default -> 0;
    };
  }

  static int nameLength(MemorySegment text, long at) {
    return text.get(U8, at + 1) & 0xFF;
  }

  static boolean isName(MemorySegment text, long at, byte[] name, int from, int to) {
    int length = to - from;
    return kind(text, at) == NAME
        && nameLength(text, at) == length
        && MemorySegment.mismatch(
                text, at + 2, at + 2 + length, MemorySegment.ofArray(name), from, to)
            < 0;
  }

  /** Writes an address, address and port, or network; gives its length. */
  static int write(MemorySegment text, long at, int kind, long high, long low, int detail) {
    text.set(U8, at, (byte) kind);
    long end = at + 1;
    if (isV4(kind)) {
      text.set(U32, end, (int) low);
      end += 4;
    } else {
      text.set(U64, end, high);
      text.set(U64, end + 8, low);
      end += 16;
    }
    if (kind == PORT_V4 || kind == PORT_V6) {
      text.set(U16, end, (short) detail);
      end += 2;
    } else if (kind == NETWORK_V4 || kind == NETWORK_V6) {
      text.set(U8, end, (byte) detail);
      end += 1;
    }
    return (int) (end - at);
  }

  static int writeName(MemorySegment text, long at, byte[] name, int length) {
    text.set(U8, at, (byte) NAME);
    text.set(U8, at + 1, (byte) length);
    MemorySegment.copy(name, 0, text, U8, at + 2, length);
    return 2 + length;
  }

  /** Adds the comment to the entry at {@code at} that ends at {@code end}; gives its length. */
  static int writeComment(MemorySegment text, long at, long end, byte[] from, int start, int size) {
    text.set(U8, at, (byte) (text.get(U8, at) | HAS_COMMENT));
    text.set(U8, end, (byte) size);
    MemorySegment.copy(from, start, text, U8, end + 1, size);
    return 1 + size;
  }

  static IndicatorType type(int kind) {
    return switch (kind) {
      case PORT_V4, PORT_V6 -> IndicatorType.ADDRESS_PORT;
      case NETWORK_V4, NETWORK_V6 -> IndicatorType.NETWORK;
      case NAME -> IndicatorType.NAME;
      default -> IndicatorType.ADDRESS;
    };
  }

  static String value(MemorySegment text, long at) {
    int kind = kind(text, at);
    if (kind == NAME) {
      return string(text, at + 2, nameLength(text, at));
    }
    IpAddress address =
        new IpAddress(isV4(kind) ? 4 : 6, high(text, at, kind), low(text, at, kind));
    return switch (kind) {
      case PORT_V4 -> address + ":" + detail(text, at, kind);
      case PORT_V6 -> "[" + address + "]:" + detail(text, at, kind);
      case NETWORK_V4, NETWORK_V6 -> new Cidr(address, detail(text, at, kind)).toString();
      default -> address.toString();
    };
  }

  static @Nullable String comment(MemorySegment text, long at) {
    if ((text.get(U8, at) & HAS_COMMENT) == 0) {
      return null;
    }
    int kind = kind(text, at);
    int valueBytes =
        switch (kind) {
          case ADDRESS_V4 -> 4;
          case PORT_V4 -> 6;
          case NETWORK_V4 -> 5;
          case ADDRESS_V6 -> 16;
          case PORT_V6 -> 18;
          case NETWORK_V6 -> 17;
          default -> 1 + nameLength(text, at);
        };
    long from = at + 1 + valueBytes;
    return string(text, from + 1, text.get(U8, from) & 0xFF);
  }

  private static String string(MemorySegment text, long from, int length) {
    return new String(
        text.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }
}
