package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text of the wire as text for people: what a terminal or a reader could be misled by (control,
 * format and direction-changing characters, line separators, unassigned ones) is shown as an
 * escape, and so is every byte when the text is not UTF-8.
 */
final class WireText {
  /** Most bytes of one text that are shown. */
  static final int MAX_BYTES = 256;

  private static final HexFormat HEX = HexFormat.of();

  private WireText() {}

  /** The bytes as text in quotation marks, at most {@link #MAX_BYTES} of them. */
  static String quoted(MemorySegment segment, long offset, int length) {
    String text = quoted(bytes(segment, offset, Math.min(length, MAX_BYTES)));
    return length > MAX_BYTES ? text + " and " + (length - MAX_BYTES) + " bytes more" : text;
  }

  static String quoted(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
    try {
      escape(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)), out);
    } catch (CharacterCodingException notUtf8) {
      for (byte b : bytes) {
        escapeCodePoint(b & 0xFF, (b & 0xFF) < 0x80, out);
      }
    }
    return out.append('"').toString();
  }

  /** Text from elsewhere, made harmless. */
  static String harmless(String text) {
    StringBuilder out = new StringBuilder(text.length());
    escape(text, out);
    return out.toString();
  }

  /** The bytes as hexadecimal digits, at most {@link #MAX_BYTES} of them. */
  static String hex(MemorySegment segment, long offset, int length) {
    String digits = HEX.formatHex(bytes(segment, offset, Math.min(length, MAX_BYTES)));
    return length > MAX_BYTES ? digits + "..." : digits;
  }

  private static byte[] bytes(MemorySegment segment, long offset, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    return bytes;
  }

  private static void escape(CharSequence text, StringBuilder out) {
    text.codePoints().forEach(c -> escapeCodePoint(c, isHarmless(c), out));
  }

  private static void escapeCodePoint(int c, boolean harmless, StringBuilder out) {
    if (c == '"' || c == '\\') {
      out.append('\\').append((char) c);
    } else if (harmless && isHarmless(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x100) {
      out.append("\\x").append(HEX.toHexDigits((byte) c));
    } else {
      out.append("\\u{").append(Integer.toHexString(c)).append('}');
    }
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
