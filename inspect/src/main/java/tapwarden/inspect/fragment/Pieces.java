package tapwarden.inspect.fragment;

import java.util.Arrays;

/**
 * Which bytes of a datagram have come, and of which fragment each of them is: stretches in order
 * that do not overlap, each with where its fragment began and ended. Places are below 65,536.
 *
 * <p>They lie in blocks, so that the order in which a sender chooses to send thousands of them does
 * not decide what one costs: it moves the rest of its block, not of all.
 *
 * <p>An index names a piece until the next {@link #replace}. The first is 0, and behind the last is
 * {@link #behindAll}.
 */
final class Pieces {
  private static final int LEAST = 8;
  private static final int KEPT = 64;
  private static final int BLOCK_BITS = 7;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int FILLED = BLOCK * 3 / 4;
  private static final long WORD = 0xFFFF;

  /** From the highest: first byte, end, the fragment's first byte, the fragment's end. */
  private long[][] blocks = {new long[LEAST]};

  /** Pieces in each block: none is empty but the first when there are no pieces. */
  private int[] sizes = new int[1];

  private int blockCount = 1;
  private int room = LEAST;
  private int count;
  private int covered;

  void clear() {
    long[] first = blocks[0].length > KEPT ? new long[LEAST] : blocks[0];
    if (blocks.length > 1) {
      blocks = new long[1][];
      sizes = new int[1];
    }
    blocks[0] = first;
    sizes[0] = 0;
    blockCount = 1;
    room = first.length;
    count = 0;
    covered = 0;
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
    return (room - LEAST + 2 * (blocks.length - 1)) * Long.BYTES;
  }

  /** Where the data end that reach furthest. */
  int end() {
    return count == 0 ? 0 : end(index(blockCount - 1, sizes[blockCount - 1] - 1));
  }

  int behindAll() {
    return count == 0 ? 0 : index(blockCount, 0);
  }

  int next(int index) {
    int block = index >>> BLOCK_BITS;
    return (index & (BLOCK - 1)) + 1 < sizes[block] ? index + 1 : index(block + 1, 0);
  }

  private static int index(int block, int at) {
    return block << BLOCK_BITS | at;
  }

  private long piece(int index) {
    return blocks[index >>> BLOCK_BITS][index & (BLOCK - 1)];
  }

  int start(int index) {
    return (int) (piece(index) >>> 48);
  }

  int end(int index) {
    return end(piece(index));
  }

  private static int end(long piece) {
    return (int) (piece >>> 32 & WORD);
  }

  private static int bytes(long piece) {
    return end(piece) - (int) (piece >>> 48);
  }

  int fragmentStart(int index) {
    return (int) (piece(index) >>> 16 & WORD);
  }

  int fragmentEnd(int index) {
    return (int) (piece(index) & WORD);
  }

  /** The first piece that ends behind a place; {@link #behindAll} if there is none. */
  int firstBehind(int place) {
    if (end() <= place) {
      return behindAll();
    }
    int block = 0;
    for (int to = blockCount - 1; block < to; ) {
      int middle = (block + to) >>> 1;
      if (end(blocks[middle][sizes[middle] - 1]) > place) {
        to = middle;
      } else {
        block = middle + 1;
      }
    }
    long[] pieces = blocks[block];
    int from = 0;
    for (int to = sizes[block] - 1; from < to; ) {
      int middle = (from + to) >>> 1;
      if (end(pieces[middle]) > place) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return index(block, from);
  }

  /** Whether every byte before {@code end} has come. */
  boolean isWhole(int end) {
    if (covered < end) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < behindAll() && start(i) <= at; i = next(i)) {
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
   * @param by {@code size} pieces, one at least, that cover what those covered
   */
  void replace(int from, int to, long[] by, int size) {
    for (int i = from; i < to; i = next(i)) {
      covered -= bytes(piece(i));
      count--;
    }
    for (int i = 0; i < size; i++) {
      covered += bytes(by[i]);
    }
    count += size;
    // Behind the last piece means at the end of the last block.
    boolean atEnd = from >>> BLOCK_BITS == blockCount;
    int block = atEnd ? blockCount - 1 : from >>> BLOCK_BITS;
    int at = atEnd ? sizes[block] : from & (BLOCK - 1);
    int last = to >>> BLOCK_BITS;
    int rest = to & (BLOCK - 1);
    if (last > block && rest == 0) {
      last--;
      rest = sizes[last];
    }
    int grown = at + size + sizes[last] - rest;
    if (last == block && grown <= BLOCK) {
      shift(block, at, rest, by, size, grown);
    } else {
      spread(block, at, last, rest, by, size);
    }
  }

  /** Within a block. */
  private void shift(int block, int at, int rest, long[] by, int size, int grown) {
    long[] pieces = blocks[block];
    if (grown > pieces.length) {
      int length = Math.min(BLOCK, Math.max(grown, 2 * pieces.length));
      room += length - pieces.length;
      pieces = Arrays.copyOf(pieces, length);
      blocks[block] = pieces;
    }
    System.arraycopy(pieces, rest, pieces, at + size, sizes[block] - rest);
    System.arraycopy(by, 0, pieces, at, size);
    sizes[block] = grown;
  }

  /** Over new blocks with room for more, in place of those from the first to the last. */
  private void spread(int first, int at, int last, int rest, long[] by, int size) {
    int behind = sizes[last] - rest;
    long[] all = new long[at + size + behind];
    System.arraycopy(blocks[first], 0, all, 0, at);
    System.arraycopy(by, 0, all, at, size);
    System.arraycopy(blocks[last], rest, all, at + size, behind);
    int made = (all.length + FILLED - 1) / FILLED;
    int stay = blockCount - last - 1;
    int grown = first + made + stay;
    for (int i = first; i <= last; i++) {
      room -= blocks[i].length;
    }
    if (grown > blocks.length) {
      blocks = Arrays.copyOf(blocks, Math.max(grown, 2 * blocks.length));
      sizes = Arrays.copyOf(sizes, blocks.length);
    }
    System.arraycopy(blocks, last + 1, blocks, first + made, stay);
    System.arraycopy(sizes, last + 1, sizes, first + made, stay);
    for (int i = 0; i < made; i++) {
      int from = (int) ((long) all.length * i / made);
      int to = (int) ((long) all.length * (i + 1) / made);
      long[] block = new long[BLOCK];
      System.arraycopy(all, from, block, 0, to - from);
      blocks[first + i] = block;
      sizes[first + i] = to - from;
      room += BLOCK;
    }
    for (int i = grown; i < blockCount; i++) {
      blocks[i] = blocks[0];
    }
    blockCount = grown;
  }

  static long piece(int start, int end, int fragmentStart, int fragmentEnd) {
    return (long) start << 48 | (long) end << 32 | (long) fragmentStart << 16 | fragmentEnd;
  }

  /** The same fragment's stretch, from another place to another. */
  long part(int index, int start, int end) {
    return piece(start, end, fragmentStart(index), fragmentEnd(index));
  }
}
