package tapwarden.inspect.fragment;

import java.util.Arrays;

/**
 * Which bytes of a datagram have come, and of which fragment each of them is: stretches in order
 * that do not overlap, each with where its fragment began and ended. Places are below 65,536.
 */
final class Pieces {
  private static final int LEAST = 8;
  private static final int KEPT = 64;
  private static final long WORD = 0xFFFF;

  /** From the highest: first byte, end, the fragment's first byte, the fragment's end. */
  private long[] pieces = new long[LEAST];

  private int count;
  private int covered;

  void clear() {
    count = 0;
    covered = 0;
    if (pieces.length > KEPT) {
      pieces = new long[LEAST];
    }
  }

  int count() {
    return count;
  }

  /** Bytes that have come. */
  int covered() {
    return covered;
  }

  /** Bytes of memory over what a new one takes. */
  int extraBytes() {
    return (pieces.length - LEAST) * Long.BYTES;
  }

  /** Where the data end that reach furthest. */
  int end() {
    return count == 0 ? 0 : end(count - 1);
  }

  int start(int index) {
    return (int) (pieces[index] >>> 48);
  }

  int end(int index) {
    return (int) (pieces[index] >>> 32 & WORD);
  }

  int fragmentStart(int index) {
    return (int) (pieces[index] >>> 16 & WORD);
  }

  int fragmentEnd(int index) {
    return (int) (pieces[index] & WORD);
  }

  /** The first piece that ends behind a place; {@link #count} if there is none. */
  int firstBehind(int place) {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (end(middle) > place) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** Whether every byte before {@code end} has come. */
  boolean isWhole(int end) {
    if (covered < end) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < count && start(i) <= at; i++) {
      at = end(i);
      if (at >= end) {
        return true;
      }
    }
    return false;
  }

  /**
   * Puts pieces in place of others.
   *
   * @param from the first that goes
   * @param to the first behind them that stays
   * @param by {@code size} pieces that cover what those covered
   */
  void replace(int from, int to, long[] by, int size) {
    int grown = count - (to - from) + size;
    if (grown > pieces.length) {
      pieces = Arrays.copyOf(pieces, Math.max(grown, 2 * pieces.length));
    }
    for (int i = from; i < to; i++) {
      covered -= end(i) - start(i);
    }
    System.arraycopy(pieces, to, pieces, from + size, count - to);
    System.arraycopy(by, 0, pieces, from, size);
    count = grown;
    for (int i = from; i < from + size; i++) {
      covered += end(i) - start(i);
    }
  }

  static long piece(int start, int end, int fragmentStart, int fragmentEnd) {
    return (long) start << 48 | (long) end << 32 | (long) fragmentStart << 16 | fragmentEnd;
  }

  /** The same fragment's stretch, from another place to another. */
  long part(int index, int start, int end) {
    return piece(start, end, fragmentStart(index), fragmentEnd(index));
  }
}
