package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.wire.Bytes;

/** Text of hellos and certificates and lists of it, for the cold path. */
public final class WireNames {
  /** Protocol names read of one list. */
  static final int MOST_NAMES = 64;

  private static final String HEX = "0123456789abcdef";

  private WireNames() {}

  /**
   * Bytes as text: printable ASCII as it is, every other byte as the four characters {@code \xNN},
   * and a backslash that is followed by {@code x} as {@code \x5c}, so that different bytes never
   * give the same text.
   */
  static String text(MemorySegment segment, long offset, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    return text(bytes, 0, length);
  }

  /** The same of an array. */
  public static String text(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0x20 || bytes[i] == 0x7F || bytes[i] == '\\') {
        return escaped(bytes, offset, length);
      }
    }
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  private static String escaped(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(2 * length);
    for (int i = 0; i < length; i++) {
      int b = Bytes.u8(bytes, offset + i);
      boolean isEscape = b == '\\' && i + 1 < length && bytes[offset + i + 1] == 'x';
      if (b >= 0x20 && b < 0x7F && !isEscape) {
        text.append((char) b);
      } else {
        text.append("\\x").append(HEX.charAt(b >>> 4)).append(HEX.charAt(b & 0xF));
      }
    }
    return text.toString();
  }

  /** The names of an ALPN extension's data (RFC 7301 §3.1), as far as they are whole. */
  static List<String> protocols(byte[] bytes, int offset, int length) {
    List<String> names = new ArrayList<>();
    int end = offset + length;
    int at = offset + 2;
    while (at < end && names.size() < MOST_NAMES) {
      int nameBytes = Bytes.u8(bytes, at);
      if (at + 1 + nameBytes > end) {
        break;
      }
      names.add(text(bytes, at + 1, nameBytes));
      at += 1 + nameBytes;
    }
    return names;
  }
}
