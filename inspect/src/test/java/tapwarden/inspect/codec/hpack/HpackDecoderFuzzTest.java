package tapwarden.inspect.codec.hpack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import tapwarden.inspect.stream.StreamMemory;

class HpackDecoderFuzzTest {
  /**
   * Blocks, each after a byte of length; fields lie within their arrays, and memory is given back.
   */
  @FuzzTest
  void decodesAnyBlocksWithinBounds(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    HpackDecoder decoder = new HpackDecoder(memory, new HpackScratch());
    MemorySegment segment = MemorySegment.ofArray(data);
    long[] fields = new long[1];
    for (int at = 0; at < data.length; ) {
      int length = Math.min(data.length - at - 1, data[at] & 0xFF);
      boolean good =
          decoder.decode(
              segment.asSlice(at + 1, length),
              0,
              length,
              (name, nameStart, nameLength, value, valueStart, valueLength) -> {
                check(nameStart >= 0 && nameStart + nameLength <= name.length, "name");
                check(valueStart >= 0 && valueStart + valueLength <= value.length, "value");
                fields[0]++;
              });
      check(good == (decoder.problem() == null), "problem");
      at += 1 + length;
    }
    check(fields[0] <= data.length, "a field a byte at most");
    decoder.release();
    check(memory.usedBytes() == 0, "memory given back");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
