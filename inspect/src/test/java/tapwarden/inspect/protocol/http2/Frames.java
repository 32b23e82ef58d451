package tapwarden.inspect.protocol.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What one side of a connection sends, by hand: frames, and blocks of fields that are written out.
 */
final class Frames {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The client's beginning. */
  static Frames preface() {
    Frames frames = new Frames();
    frames.bytes.writeBytes(
        HexFormat.of().parseHex("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a"));
    return frames.frame(4, 0, 0, new byte[0]);
  }

  /** The server's. */
  static Frames settings() {
    return new Frames().frame(4, 0, 0, new byte[] {0, 3, 0, 0, 0, 100});
  }

  Frames frame(int type, int flags, int stream, byte[] payload) {
    bytes.write(payload.length >> 16);
    bytes.write(payload.length >> 8);
    bytes.write(payload.length);
    bytes.write(type);
    bytes.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.write(stream >> shift);
    }
    bytes.writeBytes(payload);
    return this;
  }

  /** A whole block that ends its stream's headers. */
  Frames headers(int stream, String... fields) {
    return frame(1, 4, stream, block(fields));
  }

  Frames data(int stream, int length) {
    return frame(0, 1, stream, new byte[length]);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Fields {@code name=value} that are not kept; a name of a colon's begins with it. */
  static byte[] block(String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String field : fields) {
      int equals = field.indexOf('=');
      block.write(0);
      string(block, field.substring(0, equals));
      string(block, field.substring(equals + 1));
    }
    return block.toByteArray();
  }

  private static void string(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int left = bytes.length - 127;
    block.write(Math.min(127, bytes.length));
    if (left >= 0) {
      for (; left >= 128; left >>>= 7) {
        block.write(left & 0x7F | 0x80);
      }
      block.write(left);
    }
    block.writeBytes(bytes);
  }
}
