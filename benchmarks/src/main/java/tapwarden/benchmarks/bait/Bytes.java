package tapwarden.benchmarks.bait;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Byte arrays, put together. */
final class Bytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static byte[] join(byte[]... parts) {
    Bytes all = new Bytes();
    for (byte[] part : parts) {
      all.add(part);
    }
    return all.array();
  }

  /** As often as it fits. */
  static byte[] repeat(byte[] unit, int bytes) {
    Bytes all = new Bytes();
    for (int left = bytes; left >= unit.length; left -= unit.length) {
      all.add(unit);
    }
    return all.array();
  }

  static byte[] repeat(String unit, int bytes) {
    return repeat(text(unit), bytes);
  }

  /** After its length in so many bytes. */
  static byte[] counted(int width, byte[] content) {
    return new Bytes().number(content.length, width).add(content).array();
  }

  Bytes add(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Bytes number(int value, int width) {
    for (int i = width - 1; i >= 0; i--) {
      out.write(value >>> (8 * i));
    }
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] array() {
    return out.toByteArray();
  }
}
