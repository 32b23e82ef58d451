package tapwarden.inspect.protocol.known;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tapwarden.inspect.protocol.Opening;

/**
 * What one side of a flow of a protocol says first.
 *
 * @param word the protocol
 * @param port of the server
 */
record KnownSample(String word, boolean stream, boolean toServer, int port, byte[] bytes) {
  static KnownSample tcp(String word, int port, String... pieces) {
    return new KnownSample(word, true, true, port, bytes(pieces));
  }

  /** What the server says first. */
  static KnownSample greeting(String word, int port, String... pieces) {
    return new KnownSample(word, true, false, port, bytes(pieces));
  }

  static KnownSample udp(String word, int port, String... pieces) {
    return new KnownSample(word, false, true, port, bytes(pieces));
  }

  Opening opening(int length) {
    return new Opening()
        .flow(stream, 49_152, port)
        .bytes(toServer, MemorySegment.ofArray(bytes).asSlice(0, length), 0, length);
  }

  Opening opening() {
    return opening(bytes.length);
  }

  KnownSample onPort(int other) {
    return new KnownSample(word, stream, toServer, other, bytes);
  }

  KnownSample with(int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return new KnownSample(word, stream, toServer, port, changed);
  }

  @Override
  public String toString() {
    return word + " " + HexFormat.of().formatHex(bytes, 0, Math.min(24, bytes.length));
  }

  /**
   * Bytes of pieces: hexadecimal digits with spaces, text after a quotation mark, {@code n*hh} for
   * a byte that is repeated, {@code n~} for that many different ones.
   */
  static byte[] bytes(String... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String piece : pieces) {
      int star = piece.indexOf('*');
      if (piece.startsWith("\"")) {
        out.writeBytes(piece.substring(1).getBytes(StandardCharsets.ISO_8859_1));
      } else if (piece.endsWith("~")) {
        for (int i = 0; i < Integer.parseInt(piece.substring(0, piece.length() - 1)); i++) {
          out.write(i * 37 + 0x5B);
        }
      } else if (star > 0) {
        for (int i = 0; i < Integer.parseInt(piece.substring(0, star)); i++) {
          out.write(Integer.parseInt(piece.substring(star + 1), 16));
        }
      } else {
        out.writeBytes(HexFormat.of().parseHex(piece.replace(" ", "")));
      }
    }
    return out.toByteArray();
  }
}
