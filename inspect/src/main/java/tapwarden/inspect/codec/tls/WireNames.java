package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.wire.Bytes;

/** Text of hellos and lists of it, for the cold path. */
final class WireNames {
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
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int b = Bytes.u8(segment, offset + i);
      boolean isEscape = b == '\\' && i + 1 < length && Bytes.u8(segment, offset + i + 1) == 'x';
      if (b >= 0x20 && b < 0x7F && !isEscape) {
        text.append((char) b);
      } else {
        text.append("\\x").append(HEX.charAt(b >>> 4)).append(HEX.charAt(b & 0xF));
      }
    }
    return text.toString();
  }

  /** The names of an ALPN extension's data (RFC 7301 §3.1), as far as they are whole. */
  static List<String> protocols(MemorySegment segment, long offset, int length) {
    List<String> names = new ArrayList<>();
    long end = offset + length;
    long at = offset + 2;
    while (at < end && names.size() < MOST_NAMES) {
      int bytes = Bytes.u8(segment, at);
      if (at + 1 + bytes > end) {
        break;
      }
      names.add(text(segment, at + 1, bytes));
      at += 1L + bytes;
    }
    return names;
  }
}
