package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/**
 * A list of numbers of one or two bytes in a hello, behind its length in bytes. Reusable; what the
 * length announces beyond the bytes that are there is left out.
 */
final class WireList {
  private final int width;
  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
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
  void set(MemorySegment of, long at, int bytes) {
    segment = of;
    offset = at;
    count = bytes / width;
  }

  /**
   * Reads the length of {@code prefix} bytes and the list behind it.
   *
   * @return whether they fill the {@code bytes} bytes at {@code at} and no number is cut
   */
  boolean read(MemorySegment of, long at, int bytes, int prefix) {
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
    return width == 1 ? Bytes.u8(segment, offset + index) : Bytes.u16(segment, offset + 2L * index);
  }

  int[] toArray() {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
