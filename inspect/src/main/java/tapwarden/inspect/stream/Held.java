package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * What has come of one direction behind a byte that is missing: the bytes, and which segments
 * brought them, by where they begin. Positions count from that missing byte. Where segments differ,
 * one policy's reading is the main one; the others' readings can be kept beside it, each whole.
 * Bounded by the caller; empty it has no memory.
 */
final class Held {
  /** The policies under which segments can read differently; Windows reads as BSD does. */
  static final OverlapPolicy[] READINGS = {
    OverlapPolicy.FIRST,
    OverlapPolicy.LAST,
    OverlapPolicy.BSD,
    OverlapPolicy.BSD_RIGHT,
    OverlapPolicy.LINUX,
    OverlapPolicy.SOLARIS
  };

  private static final int LEAST_SEGMENTS = 8;

  /** What the two ends of a segment are counted as. */
  private static final int SEGMENT_BYTES = 8;

  private static final byte[] NO_BYTES = {};

  private final HeldBytes bytes = new HeldBytes();

  /** By {@link #READINGS}; null as long as all read the same, and where it is the main one. */
  private @Nullable HeldBytes @Nullable [] readings;

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
    int sum = bytes.capacity() + (starts.length - LEAST_SEGMENTS) * SEGMENT_BYTES;
    return sum + readingsCapacity();
  }

  /** Bytes of memory that another segment would take. */
  int growth(int start, int end) {
    int sum = bytes.growth(start, end);
    sum += count == starts.length ? count * SEGMENT_BYTES : 0;
    if (readings != null) {
      for (HeldBytes reading : readings) {
        sum += reading == null ? 0 : reading.growth(start, end);
      }
    }
    return sum;
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

  /** The bytes of the main reading. */
  HeldBytes bytes() {
    return bytes;
  }

  /** Whether the readings of other policies are kept. */
  boolean isForked() {
    return readings != null;
  }

  /** The reading under one of {@link #READINGS}; null if it is the main one. */
  @Nullable HeldBytes reading(int number) {
    return readings == null ? null : readings[number];
  }

  /** Bytes of memory that {@link #fork} would take. */
  int forkGrowth() {
    return (READINGS.length - 1) * bytes.capacity();
  }

  /** Keeps the readings of other policies from now on. */
  void fork(OverlapPolicy main) {
    OverlapPolicy same = main == OverlapPolicy.WINDOWS ? OverlapPolicy.BSD : main;
    @Nullable HeldBytes[] forks = new HeldBytes[READINGS.length];
    for (int i = 0; i < READINGS.length; i++) {
      forks[i] = READINGS[i] == same ? null : bytes.copy();
    }
    readings = forks;
  }

  /** Keeps the main reading only. */
  void join() {
    readings = null;
  }

  int readingsCapacity() {
    int sum = 0;
    if (readings != null) {
      for (HeldBytes reading : readings) {
        sum += reading == null ? 0 : reading.capacity();
      }
    }
    return sum;
  }

  /**
   * Where a segment first differs from what others brought before.
   *
   * @return a position, or -1
   */
  int differs(MemorySegment segment, long offset, int start, int length) {
    int end = start + length;
    int differs = -1;
    for (int i = 0; i < count && starts[i] < end; i++) {
      int from = Math.max(start, starts[i]);
      int to = Math.min(differs < 0 ? end : differs, ends[i]);
      int at = from < to ? bytes.mismatch(segment, offset + from - start, from, to - from) : -1;
      differs = at < 0 ? differs : from + at;
    }
    return differs;
  }

  /** Whether one segment has brought everything between these positions. */
  boolean covers(int start, int end) {
    for (int i = 0; i < count && starts[i] <= start; i++) {
      if (ends[i] >= end) {
        return true;
      }
    }
    return false;
  }

  /** Where the bytes end that a segment brought which covers the position. */
  int coveredUntil(int position) {
    int end = position;
    for (int i = 0; i < count && starts[i] <= position; i++) {
      end = Math.max(end, ends[i]);
    }
    return end;
  }

  /** Whether a later segment's byte counts at a position that others brought before. */
  boolean laterWins(int position, int start, int end, OverlapPolicy policy) {
    for (int i = 0; i < count && starts[i] <= position; i++) {
      if (position < ends[i] && !policy.laterSegmentWins(start, end, starts[i], ends[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Keeps what a segment brings; where others brought something before, each reading's policy says
   * whose bytes count.
   */
  void add(MemorySegment segment, long offset, int start, int length, OverlapPolicy policy) {
    put(bytes, segment, offset, start, length, policy);
    if (readings != null) {
      for (int i = 0; i < READINGS.length; i++) {
        HeldBytes reading = readings[i];
        if (reading != null) {
          put(reading, segment, offset, start, length, READINGS[i]);
        }
      }
    }
    file(start, start + length);
  }

  private void put(
      HeldBytes to,
      MemorySegment segment,
      long offset,
      int start,
      int length,
      OverlapPolicy policy) {
    int end = start + length;
    byte[] mixed = NO_BYTES;
    for (int i = 0; i < count && starts[i] < end; i++) {
      int from = Math.max(start, starts[i]);
      int until = Math.min(end, ends[i]);
      if (from < until && !policy.laterSegmentWins(start, end, starts[i], ends[i])) {
        if (mixed.length == 0) {
          mixed = segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        }
        to.read(from, mixed, from - start, until - from);
      }
    }
    if (mixed.length == 0) {
      to.write(segment, offset, start, length);
    } else {
      to.write(MemorySegment.ofArray(mixed), 0, start, length);
    }
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

  /**
   * Takes segments that touch for one, so that there are fewer of them; who began where is
   * forgotten.
   */
  void coalesce() {
    int left = 0;
    for (int i = 1; i < count; i++) {
      if (starts[i] <= ends[left]) {
        ends[left] = Math.max(ends[left], ends[i]);
      } else {
        left++;
        starts[left] = starts[i];
        ends[left] = ends[i];
      }
    }
    count = Math.min(count, left + 1);
  }

  /** Moves the beginning on by {@code by} bytes; what lies before it is forgotten. */
  void advance(int by) {
    int left = 0;
    for (int i = 0; i < count; i++) {
      if (ends[i] > by) {
        starts[left] = Math.max(0, starts[i] - by);
        ends[left++] = ends[i] - by;
      }
    }
    count = left;
    if (count == 0) {
      clear();
      return;
    }
    bytes.advance(by);
    if (readings != null) {
      for (HeldBytes reading : readings) {
        if (reading != null) {
          reading.advance(by);
        }
      }
    }
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    bytes.clear();
    readings = null;
    count = 0;
    if (starts.length > LEAST_SEGMENTS) {
      starts = new int[LEAST_SEGMENTS];
      ends = new int[LEAST_SEGMENTS];
    }
  }
}
