package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One direction of a connection: what comes next, what came too early, and the last bytes that were
 * handed on, with which a retransmission is compared.
 */
final class StreamHalf {
  /** How far back a retransmission is compared, in bytes. */
  static final int RECENT_BYTES = 4 << 10;

  private static final int LEAST_RECENT_BYTES = 512;
  private static final byte[] NONE = {};

  final Held held = new Held();

  /** Whether {@link #next} means anything. */
  boolean started;

  /** Sequence number of the first byte that has not come yet. */
  int next;

  /** Bytes handed on or known to be missing. */
  long position;

  /** The other side has acknowledged everything before this number. */
  int acknowledged;

  boolean acknowledges;

  /** A segment with a right checksum was seen. */
  boolean checksumsRight;

  /** Where the last segment ended that was too far ahead, if there was one. */
  boolean hasStrayed;

  int strayNext;

  /** What follows is not looked at; set when the stream is opened. */
  long depthBytes;

  /** Nobody wants more of it. */
  boolean over;

  /** Packet time at which the first missing byte was missed. */
  long missedNanos;

  /** The last bytes handed on, as a ring by {@link #position}; empty until there are any. */
  private byte[] recent = NONE;

  /** The first position that the ring may hold. */
  private long recentFrom;

  void reset() {
    held.clear();
    started = false;
    next = 0;
    position = 0;
    acknowledged = 0;
    acknowledges = false;
    checksumsRight = false;
    hasStrayed = false;
    strayNext = 0;
    over = false;
    missedNanos = 0;
    recent = NONE;
    recentFrom = 0;
  }

  void start(int sequence) {
    started = true;
    next = sequence;
    acknowledged = sequence;
  }

  /** Bytes of memory that the ring would take more if it kept the next {@code length} bytes. */
  int recentGrowth(int length) {
    long wanted = Math.min(RECENT_BYTES, position - recentFrom + length);
    if (wanted <= recent.length) {
      return 0;
    }
    int ring = Math.max(LEAST_RECENT_BYTES, Integer.highestOneBit((int) wanted - 1) << 1);
    return ring - recent.length;
  }

  /** Bytes of memory that the ring takes. */
  int recentBytes() {
    return recent.length;
  }

  void growRecent(int by) {
    byte[] grown = new byte[recent.length + by];
    for (long at = firstRecent(); at < position; at++) {
      grown[(int) at & (grown.length - 1)] = recent[(int) at & (recent.length - 1)];
    }
    recentFrom = firstRecent();
    recent = grown;
  }

  /** The first position that the ring does hold. */
  private long firstRecent() {
    return Math.max(recentFrom, position - recent.length);
  }

  /** Bytes were handed on. */
  void passed(MemorySegment segment, long offset, int length) {
    int skip = Math.max(0, length - recent.length);
    long at = position + skip;
    int left = length - skip;
    long from = offset + skip;
    while (left > 0) {
      int place = (int) at & (recent.length - 1);
      int some = Math.min(left, recent.length - place);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, recent, place, some);
      at += some;
      from += some;
      left -= some;
    }
    moveOn(length);
  }

  private void moveOn(int length) {
    next += length;
    position += length;
  }

  /** Bytes are missing for good; what was handed on before is not compared any more. */
  void missed(int length) {
    moveOn(length);
    recentFrom = position;
  }

  /**
   * Compares a retransmission with what was handed on.
   *
   * @param back how many bytes before {@link #next} it begins
   * @return how many bytes after its beginning it differs first, or -1
   */
  int differs(MemorySegment segment, long offset, int back, int length) {
    long known = position - firstRecent();
    for (int i = (int) Math.max(0, back - known); i < length; i++) {
      byte then = recent[(int) (position - back + i) & (recent.length - 1)];
      if (segment.get(ValueLayout.JAVA_BYTE, offset + i) != then) {
        return i;
      }
    }
    return -1;
  }
}
