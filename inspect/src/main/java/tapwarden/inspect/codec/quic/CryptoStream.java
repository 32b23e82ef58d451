package tapwarden.inspect.codec.quic;

import java.util.Arrays;
import java.util.BitSet;

/**
 * One side's stream of handshake messages, put together from parts that come in any order, repeated
 * and overlapping (RFC 9000 §7.5, §19.6), one message at a time. Of bytes that come twice the first
 * win, or the last if so wished; that the second differ is said. There is no limit to the number of
 * holes: which bytes are there is known of each.
 */
public final class CryptoStream {
  /**
   * Most bytes of a message that are kept, in parts; a hello is rarely above 2 KiB, and servers
   * need not keep more than 4 KiB (RFC 9000 §7.5).
   */
  public static final int MOST_BYTES = 16 * 1024;

  private static final int FIRST_BUFFER = 2_048;
  private static final byte[] NOTHING = {};

  /** What became of a part. */
  public enum Taken {
    /** All of it that was new and within the limit is kept. */
    YES,
    /** It says otherwise than what came before, which stands; perhaps it is cut as well. */
    DIFFERS,
    /** Some lies beyond the limit and is lost. */
    BEYOND_LIMIT
  }

  private final BitSet there = new BitSet();
  private byte[] buffer = NOTHING;
  private long base;
  private int ready;

  public CryptoStream() {}

  /** One whose message at hand starts there. */
  public CryptoStream(long base) {
    this.base = base;
  }

  /** Another one that holds the same, and as much memory. */
  public CryptoStream copy() {
    CryptoStream copy = new CryptoStream(base);
    copy.buffer = buffer.clone();
    copy.there.or(there);
    copy.ready = ready;
    return copy;
  }

  /** Memory that taking a part would need beyond what is held. */
  public int growthFor(long offset, int length) {
    long beyond = Math.min(offset + length, base + MOST_BYTES);
    boolean keepsAny = Math.max(offset, base) < beyond;
    return keepsAny ? memory(sizeFor((int) (beyond - base))) - heldBytes() : 0;
  }

  /** Of a buffer with one bit a byte beside it. */
  private static int memory(int size) {
    return size + size / Byte.SIZE;
  }

  private int sizeFor(int end) {
    if (end <= buffer.length) {
      return buffer.length;
    }
    return Math.min(MOST_BYTES, Math.max(FIRST_BUFFER, Integer.highestOneBit(end - 1) << 1));
  }

  /** Takes a part of the stream. */
  public Taken add(long offset, byte[] bytes, int from, int length) {
    return take(offset, bytes, from, length, false);
  }

  /** Takes a part that counts more than what came before. */
  public Taken overlay(long offset, byte[] bytes, int from, int length) {
    return take(offset, bytes, from, length, true);
  }

  private Taken take(long offset, byte[] bytes, int from, int length, boolean lastWins) {
    long first = Math.max(offset, base);
    long beyond = Math.min(offset + length, base + MOST_BYTES);
    boolean isCut = beyond < offset + length;
    boolean differs = false;
    if (first < beyond) {
      int start = (int) (first - base);
      int end = (int) (beyond - base);
      int source = from + (int) (first - offset);
      if (end > buffer.length) {
        buffer = Arrays.copyOf(buffer, sizeFor(end));
      }
      int known = there.nextSetBit(start);
      if (lastWins || known < 0 || known >= end) {
        System.arraycopy(bytes, source, buffer, start, end - start);
      } else {
        differs = merge(start, end, bytes, source);
      }
      there.set(start, end);
      ready = there.nextClearBit(ready);
    }
    return differs ? Taken.DIFFERS : isCut ? Taken.BEYOND_LIMIT : Taken.YES;
  }

  private boolean merge(int start, int end, byte[] bytes, int source) {
    boolean differs = false;
    for (int i = start; i < end; i++) {
      byte b = bytes[source + i - start];
      if (there.get(i)) {
        differs |= buffer[i] != b;
      } else {
        buffer[i] = b;
      }
    }
    return differs;
  }

  /** Whether nothing of the message at hand came yet. */
  public boolean isEmpty() {
    return ready == 0 && there.isEmpty();
  }

  /** Where in the stream the message at hand starts. */
  public long base() {
    return base;
  }

  /** The message at hand, from index 0. */
  public byte[] bytes() {
    return buffer;
  }

  /** Bytes of it that are there without a hole. */
  public int ready() {
    return ready;
  }

  /** Whether no more of the message can come, be it whole or not. */
  public boolean isFull() {
    return ready == MOST_BYTES;
  }

  /** Memory held. */
  public int heldBytes() {
    return memory(buffer.length);
  }

  /**
   * The message at hand is done with: the next starts that much later. All that is kept is let go.
   */
  public void next(int length) {
    base += length;
    buffer = NOTHING;
    there.clear();
    ready = 0;
  }
}
