package tapwarden.inspect.codec.mail;

import java.util.Arrays;

/** Bytes that are put together; grows as needed. */
final class ByteText {
  private byte[] bytes;
  private int length;

  ByteText(int likelyBytes) {
    bytes = new byte[Math.max(16, likelyBytes)];
  }

  void append(byte octet) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = octet;
  }

  void append(byte[] more, int start, int end) {
    int needed = length + end - start;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    System.arraycopy(more, start, bytes, length, end - start);
    length = needed;
  }

  /** Takes out what is between two places. */
  void remove(int start, int end) {
    System.arraycopy(bytes, end, bytes, start, length - end);
    length -= end - start;
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
