package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.wire.Bytes;

/**
 * Goes over the elements of DER (ITU-T X.690) within bounds: {@link #next} moves to the next one,
 * {@link #enter} looks into it. Tags of one byte, definite lengths of up to three; whatever else
 * comes ends the walk. It never goes back, so each level costs what its bytes cost.
 */
final class DerReader {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int LONG_TAG = 0x1F;
  private static final int MOST_LENGTH_BYTES = 3;

  private final MemorySegment segment;
  private final long end;
  private long next;
  private int tag;
  private long offset;
  private int length;

  DerReader(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.next = offset;
    this.end = end;
  }

  /** Moves to the next element; false at the end, or where the bytes are no DER. */
  boolean next() {
    if (next + 2 > end) {
      return false;
    }
    int first = Bytes.u8(segment, next);
    int bytes = Bytes.u8(segment, next + 1);
    long at = next + 2;
    if (bytes >= 0x80) {
      int count = bytes & 0x7F;
      if (count == 0 || count > MOST_LENGTH_BYTES || at + count > end) {
        return false;
      }
      bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes = bytes << 8 | Bytes.u8(segment, at++);
      }
    }
    if ((first & LONG_TAG) == LONG_TAG || at + bytes > end) {
      return false;
    }
    tag = first;
    offset = at;
    length = bytes;
    next = at + bytes;
    return true;
  }

  /** Moves to the next element, which must have this tag. */
  boolean next(int wanted) {
    return next() && tag == wanted;
  }

  /** The elements of the element at hand. */
  DerReader enter() {
    return new DerReader(segment, offset, offset + length);
  }

  int tag() {
    return tag;
  }

  MemorySegment segment() {
    return segment;
  }

  long offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** The first bytes of the element at hand, at most so many. */
  byte[] bytes(int most) {
    byte[] bytes = new byte[Math.min(length, most)];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, bytes.length);
    return bytes;
  }
}
