package tapwarden.inspect.codec.tls;

import tapwarden.inspect.wire.Bytes;

/**
 * A list of numbers of one or two bytes in a hello, behind its length in bytes. Reusable; what the
 * length announces beyond the bytes that are there is left out.
 */
final class WireList {
  private final int width;
  private byte[] array = {};
  private int offset;
  private int count;

  /**
   * @param width bytes of a number, 1 or 2
   */
  WireList(int width) {
    this.width = width;
  }

  void clear() {
    count = 0;
  }

  /** Takes {@code bytes} bytes without a length before them. */
  void set(byte[] of, int at, int bytes) {
    array = of;
    offset = at;
    count = bytes / width;
  }

  /**
   * Reads the length of {@code prefix} bytes and the list behind it.
   *
   * @return whether they fill the {@code bytes} bytes at {@code at} and no number is cut
   */
  boolean read(byte[] of, int at, int bytes, int prefix) {
    if (bytes < prefix) {
      return false;
    }
    int announced = prefix == 1 ? Bytes.u8(of, at) : Bytes.u16(of, at);
    set(of, at + prefix, Math.min(announced, bytes - prefix));
    return announced == bytes - prefix && announced % width == 0;
  }

  int count() {
    return count;
  }

  int get(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index);
    }
    return width == 1 ? Bytes.u8(array, offset + index) : Bytes.u16(array, offset + 2 * index);
  }

  int[] toArray() {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
