package tapwarden.inspect.protocol.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;

/** The requests of a connection that wait for their responses, the oldest first. */
final class Http2Streams {
  /** Most requests that wait at a time; the oldest is told without a response then. */
  static final int MOST = 100;

  private static final int OVERHEAD_BYTES = 32;
  private static final int LEAST_ROOM = 4;

  private final StreamMemory memory;
  private int[] numbers = new int[LEAST_ROOM];
  private byte[][] heads = new byte[LEAST_ROOM][];
  private int count;

  Http2Streams(StreamMemory memory) {
    this.memory = memory;
  }

  boolean isFull() {
    return count == MOST;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int oldest() {
    return numbers[0];
  }

  /**
   * Adds a request; there is room.
   *
   * @return false if there is no memory for it
   */
  boolean add(int number, byte[] head) {
    if (!memory.take(head.length + OVERHEAD_BYTES)) {
      return false;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      heads = Arrays.copyOf(heads, 2 * count);
    }
    numbers[count] = number;
    heads[count++] = head;
    return true;
  }

  /** Takes the request of a stream out; null if none waits. */
  byte @Nullable [] take(int number) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] == number) {
        byte[] head = heads[i];
        count--;
        System.arraycopy(numbers, i + 1, numbers, i, count - i);
        System.arraycopy(heads, i + 1, heads, i, count - i);
        memory.give(head.length + OVERHEAD_BYTES);
        return head;
      }
    }
    return null;
  }
}
