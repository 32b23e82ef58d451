package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * What has come of one direction behind a byte that is missing: the bytes, and which segments
 * brought them, by where they begin. Positions count from that missing byte. Bounded by the caller;
 * empty it has no memory.
 */
final class Held {
  private static final int LEAST_BYTES = 4 << 10;
  private static final int LEAST_SEGMENTS = 8;
  private static final byte[] NO_BYTES = {};

  private byte[] bytes = NO_BYTES;
  private int[] starts = new int[LEAST_SEGMENTS];
  private int[] ends = new int[LEAST_SEGMENTS];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /** Segments that brought something. */
  int count() {
    return count;
  }

  /** Bytes of memory in use. */
  int capacity() {
    return bytes.length;
  }

  /** Bytes of memory in use if what comes up to {@code end} were kept. */
  int capacityFor(int end) {
    return end <= bytes.length
        ? bytes.length
        : Math.max(LEAST_BYTES, Integer.highestOneBit(end - 1) << 1);
  }

  /** Where the first bytes are; 0 if none is missing. Not to be asked of what is empty. */
  int first() {
    return starts[0];
  }

  /** Where the bytes that begin at 0 end; 0 if that byte is missing. */
  int whole() {
    int end = 0;
    for (int i = 0; i < count && starts[i] <= end; i++) {
      end = Math.max(end, ends[i]);
    }
    return end;
  }

  /** The bytes kept, to be read up to {@link #whole}. */
  MemorySegment segment() {
    return MemorySegment.ofArray(bytes);
  }

  /**
   * Keeps what a segment brings; where others brought something else, the policy says whose bytes
   * count.
   *
   * @return the first position at which the segment differs from another, or -1
   */
  int add(MemorySegment segment, long offset, int start, int length, OverlapPolicy policy) {
    int end = start + length;
    int capacity = capacityFor(end);
    if (capacity > bytes.length) {
      bytes = Arrays.copyOf(bytes, capacity);
    }
    int differs = -1;
    byte[] mixed = NO_BYTES;
    for (int i = 0; i < count && starts[i] < end; i++) {
      int from = Math.max(start, starts[i]);
      int to = Math.min(end, ends[i]);
      int at = from < to ? mismatch(segment, offset + from - start, from, to - from) : -1;
      if (at < 0) {
        continue;
      }
      differs = differs < 0 ? from + at : Math.min(differs, from + at);
      if (!policy.laterSegmentWins(start, end, starts[i], ends[i])) {
        if (mixed.length == 0) {
          mixed = segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        }
        System.arraycopy(bytes, from, mixed, from - start, to - from);
      }
    }
    if (mixed.length == 0) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, start, length);
    } else {
      System.arraycopy(mixed, 0, bytes, start, length);
    }
    file(start, end);
    return differs;
  }

  private int mismatch(MemorySegment segment, long offset, int position, int length) {
    return (int)
        MemorySegment.mismatch(
            segment,
            offset,
            offset + length,
            MemorySegment.ofArray(bytes),
            position,
            position + (long) length);
  }

  private void file(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    int at = count++;
    for (; at > 0 && starts[at - 1] > start; at--) {
      starts[at] = starts[at - 1];
      ends[at] = ends[at - 1];
    }
    starts[at] = start;
    ends[at] = end;
  }

  /** Moves the beginning on by {@code by} bytes; what lies before it is forgotten. */
  void advance(int by) {
    int left = 0;
    int end = 0;
    for (int i = 0; i < count; i++) {
      if (ends[i] > by) {
        end = Math.max(end, ends[i]);
        starts[left] = Math.max(0, starts[i] - by);
        ends[left++] = ends[i] - by;
      }
    }
    count = left;
    if (count == 0) {
      clear();
    } else {
      System.arraycopy(bytes, by, bytes, 0, end - by);
    }
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    bytes = NO_BYTES;
    count = 0;
    if (starts.length > LEAST_SEGMENTS) {
      starts = new int[LEAST_SEGMENTS];
      ends = new int[LEAST_SEGMENTS];
    }
  }
}
