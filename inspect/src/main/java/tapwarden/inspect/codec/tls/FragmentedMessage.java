package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A DTLS handshake message whose fragments come in any order, overlapping and repeated (RFC 6347
 * §4.2.3). Of bytes that come twice the last win, as OpenSSL has it.
 */
final class FragmentedMessage {
  /** Separate runs of bytes held; a fragment that would make one more is dropped. */
  static final int MOST_RUNS = 32;

  /** Bytes that a fragment may lie ahead of all that came: bounds what one datagram costs. */
  static final int MOST_AHEAD = 16 * 1024;

  final int sequence;
  final int type;
  final int length;
  private final int kept;
  private final int[] starts = new int[MOST_RUNS];
  private final int[] ends = new int[MOST_RUNS];
  private int runs;
  private byte[] buffer = {};
  private int received;

  FragmentedMessage(int sequence, int type, int length, int kept) {
    this.sequence = sequence;
    this.type = type;
    this.length = length;
    this.kept = Math.min(kept, length);
  }

  /**
   * Takes the bytes at {@code from} of the message.
   *
   * @return whether they were taken
   */
  boolean add(MemorySegment segment, long offset, int from, int count) {
    if (from > received + MOST_AHEAD || !merge(from, from + count)) {
      return false;
    }
    received += count;
    int copied = Math.min(count, kept - from);
    if (copied > 0) {
      if (from + copied > buffer.length) {
        int size = Math.max(from + copied, 2 * buffer.length);
        buffer = Arrays.copyOf(buffer, Math.min(size, kept));
      }
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, buffer, from, copied);
    }
    return true;
  }

  boolean isComplete() {
    return runs == 1 && starts[0] == 0 && ends[0] == length;
  }

  /** The kept bytes of a complete message. */
  MemorySegment bytes() {
    return MemorySegment.ofArray(buffer);
  }

  int keptBytes() {
    return kept;
  }

  int heldBytes() {
    return buffer.length;
  }

  /** Joins {@code from..to} with the runs that it overlaps or touches; they stay sorted. */
  private boolean merge(int from, int to) {
    int first = 0;
    while (first < runs && ends[first] < from) {
      first++;
    }
    int start = from;
    int end = to;
    int after = first;
    while (after < runs && starts[after] <= to) {
      start = Math.min(start, starts[after]);
      end = Math.max(end, ends[after]);
      after++;
    }
    if (after == first && runs == MOST_RUNS) {
      return false;
    }
    System.arraycopy(starts, after, starts, first + 1, runs - after);
    System.arraycopy(ends, after, ends, first + 1, runs - after);
    starts[first] = start;
    ends[first] = end;
    runs += 1 - (after - first);
    return true;
  }
}
