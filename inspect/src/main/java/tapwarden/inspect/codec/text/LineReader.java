package tapwarden.inspect.codec.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Takes lines out of one direction of a stream, however they lie in segments. A line ends at LF; CR
 * before it belongs to the end. Of a line that is longer than what is kept the rest is passed over
 * and the line {@link #isCut}.
 *
 * <p>Only a line that is not whole in one segment is kept here, in memory taken from the budget;
 * without memory it is cut. The line at hand lies in an array that readers of one worker share: it
 * is valid until the next call of any of them.
 */
public final class LineReader {
  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 128;
  private static final int LF = '\n';
  private static final int CR = '\r';

  private final StreamMemory memory;
  private final byte[] shared;
  private byte[] begun = NOTHING;
  private int begunBytes;
  private boolean begunCut;

  private MemorySegment segment = MemorySegment.NULL;
  private long at;
  private long end;

  private int length;
  private boolean cut;

  /**
   * @param shared where the line at hand is put; its length is the longest line that is kept
   */
  public LineReader(StreamMemory memory, byte[] shared) {
    this.memory = memory;
    this.shared = shared;
  }

  /** The next bytes; what was fed before was taken, by lines or by {@link #skip}. */
  public void feed(MemorySegment segment, long offset, int length) {
    this.segment = segment;
    at = offset;
    end = offset + length;
  }

  /**
   * Takes the next line.
   *
   * @return false if there is no whole one; what is there of it is kept
   */
  public boolean next() {
    long from = at;
    long lineEnd = from;
    while (lineEnd < end && segment.get(ValueLayout.JAVA_BYTE, lineEnd) != LF) {
      lineEnd++;
    }
    int some = (int) (lineEnd - from);
    if (lineEnd == end) {
      at = end;
      keep(from, some);
      return false;
    }
    at = lineEnd + 1;
    System.arraycopy(begun, 0, shared, 0, begunBytes);
    // What follows a cut must not pass for the beginning of a line.
    int room = begunCut ? 0 : Math.min(some, shared.length - begunBytes);
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, shared, begunBytes, room);
    length = begunBytes + room;
    cut = begunCut || room < some;
    forget();
    while (!cut && length > 0 && shared[length - 1] == CR) {
      length--;
    }
    return true;
  }

  /**
   * Takes what is there of a line that will have no end.
   *
   * @return false if there is nothing
   */
  public boolean last() {
    if (begunBytes == 0) {
      forget();
      return false;
    }
    System.arraycopy(begun, 0, shared, 0, begunBytes);
    length = begunBytes;
    cut = begunCut;
    forget();
    return true;
  }

  /** Where the line at hand is, from index 0. */
  public byte[] bytes() {
    return shared;
  }

  /** Bytes of the line at hand, without its end. */
  public int length() {
    return length;
  }

  /** Whether the line was longer. */
  public boolean isCut() {
    return cut;
  }

  /** Bytes that were fed and not taken yet. */
  public int left() {
    return (int) (end - at);
  }

  /** Where the first byte is that was not taken yet. */
  public long position() {
    return at;
  }

  /** Whether what was not taken yet is the rest of a line, of which nothing may be kept. */
  public boolean isBegun() {
    return begunBytes > 0 || begunCut;
  }

  /** Takes bytes that are no line; at most {@link #left}. */
  public void skip(int bytes) {
    at += bytes;
  }

  /** What was begun will not become whole: the memory is given back. */
  public void forget() {
    memory.give(begun.length);
    begun = NOTHING;
    begunBytes = 0;
    begunCut = false;
  }

  /** Bytes are missing: what comes up to the next line's end is a line that is cut, of length 0. */
  public void lose() {
    forget();
    begunCut = true;
  }

  private void keep(long from, int some) {
    if (begunCut || some == 0) {
      return;
    }
    int kept = Math.min(some, shared.length - begunBytes);
    begunCut = kept < some;
    int needed = begunBytes + kept;
    if (needed > begun.length) {
      int room = Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1);
      room = Math.min(room, shared.length);
      if (!memory.take(room - begun.length)) {
        begunCut = true;
        return;
      }
      begun = Arrays.copyOf(begun, room);
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, begun, begunBytes, kept);
    begunBytes = needed;
  }
}
