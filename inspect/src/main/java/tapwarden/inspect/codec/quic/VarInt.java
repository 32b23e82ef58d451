package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/** Integers of one, two, four or eight bytes, as their first two bits say (RFC 9000 §16). */
final class VarInt {
  /** Instead of a value: it is not all there. */
  static final long CUT = -1;

  private VarInt() {}

  /** Bytes of one that begins with that byte. */
  static int bytes(int first) {
    return 1 << (first >>> 6 & 3);
  }

  static long read(MemorySegment segment, long at, long end) {
    if (at >= end) {
      return CUT;
    }
    long value = Bytes.u8(segment, at);
    int bytes = bytes((int) value);
    if (bytes > end - at) {
      return CUT;
    }
    value &= 0x3F;
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | Bytes.u8(segment, at + i);
    }
    return value;
  }

  static long read(byte[] array, int at, int end) {
    if (at >= end) {
      return CUT;
    }
    long value = array[at] & 0xFF;
    int bytes = bytes((int) value);
    if (bytes > end - at) {
      return CUT;
    }
    value &= 0x3F;
    for (int i = 1; i < bytes; i++) {
      value = (value << 8) | (array[at + i] & 0xFF);
    }
    return value;
  }
}
