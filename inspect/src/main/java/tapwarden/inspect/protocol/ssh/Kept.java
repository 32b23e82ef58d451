package tapwarden.inspect.protocol.ssh;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.stream.StreamMemory;

/** Bytes of a message that is not whole yet, in memory from the budget. */
final class Kept {
  private static final int LEAST_BYTES = 2_048;
  private static final byte[] NOTHING = {};

  private final StreamMemory memory;
  private byte[] bytes = NOTHING;
  private int length;

  Kept(StreamMemory memory) {
    this.memory = memory;
  }

  /** Adds bytes; false if there is no memory, and all is given up. */
  boolean add(MemorySegment segment, long offset, int some) {
    int needed = length + some;
    if (needed > bytes.length) {
      int room = Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1);
      if (!memory.take(room - bytes.length)) {
        release();
        return false;
      }
      bytes = Arrays.copyOf(bytes, room);
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, length, some);
    length = needed;
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void release() {
    memory.give(bytes.length);
    bytes = NOTHING;
    length = 0;
  }
}
