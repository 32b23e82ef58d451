package tapwarden.inspect.fragment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * A datagram of which fragments have come: its data in up to three readings, which are one as long
 * as no two fragments contradict each other, its header, and where it is said to end. Reused.
 *
 * <p>The readings are that of the receiver's {@link OverlapPolicy}, that in which what came first
 * counts, and that in which what came last does.
 */
final class Datagram {
  /** The largest IP packet has so many bytes, its header included. */
  static final int MOST_BYTES = 65_535;

  /** Most different ends that are believed, of a sender who says several. */
  static final int MOST_ENDS = 2;

  /** Of a piece: where it ends. */
  private static final long END = 0xFFFFL << 32;

  // The key; see DatagramKey.
  int version;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  long identity;
  long context;
  int hash;

  // Neighbours by age.
  @Nullable Datagram older;
  @Nullable Datagram newer;

  /** Packet time at its first fragment. */
  long begunNanos;

  /** It is being handed on and must stay. */
  boolean pinned;

  /** It was whole and handed on; what still comes of it may have been meant instead. */
  boolean done;

  /** How often it was handed on again since. */
  int repeats;

  /** The frame of the first fragment up to its data, without a fragment header. */
  byte[] head = Buffers.none();

  int headLength;
  int ipAt;
  int nextHeaderAt;
  int nextHeader;
  int linkType;
  int interfaceIndex;

  final Pieces pieces = new Pieces();
  byte[] chosen = Buffers.none();
  byte[] first = Buffers.none();
  byte[] last = Buffers.none();

  /** Whether {@link #first} and {@link #last} are kept apart from {@link #chosen}. */
  boolean split;

  /** Whether anything was contradicted. */
  boolean differs;

  final int[] ends = new int[MOST_ENDS];
  int endCount;

  /** Bit an end: handed on. */
  int toldEnds;

  /** Bytes counted of {@link #pieces}. */
  int countedBytes;

  void clear() {
    pinned = false;
    done = false;
    repeats = 0;
    head = Buffers.none();
    headLength = 0;
    pieces.clear();
    chosen = Buffers.none();
    first = Buffers.none();
    last = Buffers.none();
    split = false;
    differs = false;
    endCount = 0;
    toldEnds = 0;
    countedBytes = 0;
  }

  boolean hasHead() {
    return headLength > 0;
  }

  /**
   * A fragment says where the datagram ends.
   *
   * @return whether nobody has said so before
   */
  boolean end(int at) {
    for (int i = 0; i < endCount; i++) {
      if (ends[i] == at) {
        return false;
      }
    }
    if (endCount < MOST_ENDS) {
      ends[endCount++] = at;
    }
    return true;
  }

  /** Whether data lie behind a place at which the datagram is said to end. */
  boolean reachesBeyondItsEnd() {
    for (int i = 0; i < endCount; i++) {
      if (pieces.end() > ends[i]) {
        return true;
      }
    }
    return false;
  }

  /** An end before which all is there and that was not handed on, by number; -1 if none. */
  int wholeEnd() {
    for (int i = 0; hasHead() && i < endCount; i++) {
      if ((toldEnds & 1 << i) == 0 && pieces.isWhole(ends[i])) {
        return i;
      }
    }
    return -1;
  }

  boolean isDone() {
    return endCount > 0 && toldEnds == (1 << endCount) - 1;
  }

  /** Whether a fragment's bytes differ from those that came last for the same place. */
  boolean differs(MemorySegment segment, long at, int start, int end) {
    byte[] latest = split ? last : chosen;
    int behind = pieces.behindAll();
    for (int i = pieces.firstBehind(start);
        i < behind && pieces.start(i) < end;
        i = pieces.next(i)) {
      int from = Math.max(start, pieces.start(i));
      int to = Math.min(end, pieces.end(i));
      long place = at + from - start;
      if (MemorySegment.mismatch(
              segment, place, place + to - from, MemorySegment.ofArray(latest), from, to)
          >= 0) {
        return true;
      }
    }
    return false;
  }

  /** From now on the three readings are kept; the arrays are as large as {@link #chosen}. */
  void split(byte[] forFirst, byte[] forLast) {
    int length = pieces.end();
    System.arraycopy(chosen, 0, forFirst, 0, length);
    System.arraycopy(chosen, 0, forLast, 0, length);
    first = forFirst;
    last = forLast;
    split = true;
  }

  /**
   * Puts a fragment's bytes into the readings, for which there is room.
   *
   * @param made where the pieces that come of it are put together, twice as many as it covers and
   *     two more
   * @return whether the fragment lies over another
   */
  boolean add(
      MemorySegment segment, long at, int start, int end, OverlapPolicy policy, long[] made) {
    int from = pieces.firstBehind(start);
    int to = from;
    int latest = from;
    int behind = pieces.behindAll();
    int size = 0;
    int place = start;
    boolean overlaps = false;
    if (from < behind && pieces.start(from) < start) {
      size = put(made, size, pieces.part(from, pieces.start(from), start));
    }
    while (to < behind && pieces.start(to) < end) {
      overlaps = true;
      int left = Math.max(start, pieces.start(to));
      int right = Math.min(end, pieces.end(to));
      if (place < left) {
        fill(segment, at, start, place, left);
        size = put(made, size, Pieces.piece(place, left, start, end));
      }
      boolean wins =
          policy.laterFragmentWins(start, end, pieces.fragmentStart(to), pieces.fragmentEnd(to));
      if (wins) {
        copy(segment, at, start, left, right, chosen);
      }
      if (split) {
        copy(segment, at, start, left, right, last);
      }
      long piece = wins ? Pieces.piece(left, right, start, end) : pieces.part(to, left, right);
      size = put(made, size, piece);
      place = right;
      latest = to;
      to = pieces.next(to);
    }
    if (place < end) {
      fill(segment, at, start, place, end);
      size = put(made, size, Pieces.piece(place, end, start, end));
    } else if (to > from && pieces.end(latest) > end) {
      size = put(made, size, pieces.part(latest, end, pieces.end(latest)));
    }
    pieces.replace(from, to, made, size);
    return overlaps;
  }

  /** Puts a piece behind the others, or into the last one if it goes on with that. */
  private static int put(long[] made, int size, long piece) {
    long fragment = 0xFFFF_FFFFL;
    if (size > 0) {
      long before = made[size - 1];
      boolean joins = (before >>> 32 & 0xFFFF) == piece >>> 48;
      if (joins && (before & fragment) == (piece & fragment)) {
        made[size - 1] = (before & ~END) | (piece & END);
        return size;
      }
    }
    made[size] = piece;
    return size + 1;
  }

  /** Bytes that no other fragment has brought. */
  private void fill(MemorySegment segment, long at, int start, int from, int to) {
    copy(segment, at, start, from, to, chosen);
    if (split) {
      copy(segment, at, start, from, to, first);
      copy(segment, at, start, from, to, last);
    }
  }

  private static void copy(
      MemorySegment segment, long at, int start, int from, int to, byte[] reading) {
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at + from - start, reading, from, to - from);
  }

  /** Whether a reading's first bytes are those of another. */
  static boolean isSame(byte[] reading, byte[] other, int length) {
    return Arrays.equals(reading, 0, length, other, 0, length);
  }
}
