package tapwarden.capture.source.file;

import java.io.IOException;

/**
 * Undoes the compression of one lz4 block that may refer to the bytes before it (LZ4 block format):
 * sequences of literals, then a copy of what was written at most 65,535 bytes ago. Never reads or
 * writes outside what it is given, whatever the block says.
 */
final class Lz4Block {
  static final String MALFORMED = "lz4 block is malformed";

  private static final int LONG_LENGTH = 15;
  private static final int SHORTEST_MATCH = 4;

  private byte[] block = {};
  private int at;
  private int end;

  /**
   * Writes the block's content into {@code out} from {@code start} on.
   *
   * @param history where the bytes that may be referred to begin
   * @return where the content ends
   * @throws IOException if the block is malformed or its content is longer than the room for it
   */
  int decode(byte[] packed, int length, byte[] out, int history, int start) throws IOException {
    block = packed;
    at = 0;
    end = length;
    int to = start;
    while (true) {
      int token = next();
      int literals = length(token >>> 4);
      check(literals <= end - at && literals <= out.length - to);
      System.arraycopy(block, at, out, to, literals);
      at += literals;
      to += literals;
      if (at == end) {
        return to;
      }
      int distance = next() | next() << 8;
      int match = length(token & 0xF) + SHORTEST_MATCH;
      check(distance != 0 && distance <= to - history && match <= out.length - to);
      repeat(out, to, distance, match);
      to += match;
    }
  }

  /** No overflow: a block has at most 4 MiB, and a byte of it adds at most 255. */
  private int length(int nibble) throws IOException {
    int length = nibble;
    if (nibble == LONG_LENGTH) {
      int more;
      do {
        more = next();
        length += more;
      } while (more == 255);
    }
    return length;
  }

  /** What is copied may reach into what is written: each round doubles what there is to copy. */
  private static void repeat(byte[] out, int to, int distance, int match) {
    int done = 0;
    while (done < match) {
      int step = Math.min(match - done, distance + done);
      System.arraycopy(out, to - distance, out, to + done, step);
      done += step;
    }
  }

  private int next() throws IOException {
    check(at < end);
    return block[at++] & 0xFF;
  }

  private static void check(boolean holds) throws IOException {
    if (!holds) {
      throw new IOException(MALFORMED);
    }
  }
}
