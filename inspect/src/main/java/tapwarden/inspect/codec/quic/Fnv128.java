package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/** FNV-1a of 128 bits (RFC 9923), whose prime is 2^88 + 0x13B. */
final class Fnv128 {
  private static final long PRIME_LOW = 0x13B;
  private static final int PRIME_SHIFT = 88 - Long.SIZE;

  private long high = 0x6C62272E07BB0142L;
  private long low = 0x62B821756295C58DL;

  void add(MemorySegment segment, long from, long to) {
    for (long at = from; at < to; at++) {
      add(Bytes.u8(segment, at));
    }
  }

  void add(byte[] bytes) {
    for (byte b : bytes) {
      add(b & 0xFF);
    }
  }

  private void add(int b) {
    long mixed = low ^ b;
    high = high * PRIME_LOW + Math.unsignedMultiplyHigh(mixed, PRIME_LOW) + (mixed << PRIME_SHIFT);
    low = mixed * PRIME_LOW;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
