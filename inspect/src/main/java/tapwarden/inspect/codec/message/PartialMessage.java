package tapwarden.inspect.codec.message;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The beginning of a message of which the rest has not come yet: bytes that grow, in memory taken
 * from the budget of what readers keep. Empty it takes none.
 */
public final class PartialMessage {
  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 128;

  private final StreamMemory memory;
  private byte[] bytes = NOTHING;
  private int length;

  public PartialMessage(StreamMemory memory) {
    this.memory = memory;
  }

  public int length() {
    return length;
  }

  /** The bytes, from the first; valid until the next change. */
  public byte[] array() {
    return bytes;
  }

  /** The same as a segment; allocates. */
  public MemorySegment segment() {
    return MemorySegment.ofArray(bytes);
  }

  /**
   * Adds bytes at the end.
   *
   * @return false if there is no memory for them: then nothing changes
   */
  public boolean append(MemorySegment segment, long offset, int count) {
    int needed = length + count;
    if (needed > bytes.length && !grow(needed)) {
      return false;
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, length, count);
    length = needed;
    return true;
  }

  /** The same from an array: the bytes from {@code start} up to and without {@code end}. */
  public boolean append(byte[] from, int start, int end) {
    int needed = length + end - start;
    if (needed > bytes.length && !grow(needed)) {
      return false;
    }
    System.arraycopy(from, start, bytes, length, end - start);
    length = needed;
    return true;
  }

  /** Forgets the bytes and gives the memory back. */
  public void release() {
    memory.give(bytes.length);
    bytes = NOTHING;
    length = 0;
  }

  private boolean grow(int needed) {
    int room = Math.max(LEAST_BYTES, Math.max(needed, 2 * bytes.length));
    if (!memory.take(room - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, room);
    return true;
  }
}
