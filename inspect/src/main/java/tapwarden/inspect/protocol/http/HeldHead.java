package tapwarden.inspect.protocol.http;

import java.util.Arrays;
import tapwarden.inspect.codec.http.HeadScanner;
import tapwarden.inspect.stream.StreamMemory;

/**
 * The beginning of a head that is not whole yet, in memory of the worker's budget. What is beyond
 * {@link #MOST_BYTES}, or finds no memory, is left out.
 */
final class HeldHead {
  /** Bytes of a head that are read: servers take 8 to 64 KiB. */
  static final int MOST_BYTES = 64 << 10;

  private static final int LEAST_BYTES = 512;
  private static final byte[] NOTHING = {};

  private final StreamMemory memory;
  private final HeadScanner scanner = new HeadScanner();
  private byte[] bytes = NOTHING;
  private int length;
  private boolean isCut;

  HeldHead(StreamMemory memory) {
    this.memory = memory;
  }

  /** Keeps more; false if something had to be left out. */
  boolean add(byte[] from, int start, int end) {
    int some = Math.min(end - start, MOST_BYTES - length);
    if (length + some > bytes.length && !grow(length + some)) {
      some = bytes.length - length;
    }
    System.arraycopy(from, start, bytes, length, some);
    length += some;
    isCut |= some < end - start;
    return some == end - start;
  }

  private boolean grow(int needed) {
    int room = Math.clamp(Integer.highestOneBit(needed - 1) << 1, LEAST_BYTES, MOST_BYTES);
    if (!memory.take(room - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, room);
    return true;
  }

  /** Behind the start line: the end of the head is looked for from here. */
  void startScan(boolean ofResponse) {
    scanner.reset(ofResponse);
  }

  /** Looks for the end of the head in further bytes; -1 if it is not there. */
  int scan(byte[] further, int from, int to) {
    return scanner.scan(further, from, to);
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** Whether something was left out. */
  boolean isCut() {
    return isCut;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Bytes up to the end of the last line that is whole. */
  int wholeLines() {
    int end = length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  void clear() {
    memory.give(bytes.length);
    bytes = NOTHING;
    length = 0;
    isCut = false;
  }
}
