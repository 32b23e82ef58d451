package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.OverlapPolicy;

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

  /** Places in the lists of those that may have to give up something. */
  final HalfList.Node waiting = new HalfList.Node(this);

  final HalfList.Node remembering = new HalfList.Node(this);

  /** Whether {@link #next} means anything. */
  boolean started;

  /** Sequence number of the first byte that has not come yet. */
  int next;

  /** Bytes handed on, known to be missing, or taken out as urgent. */
  long position;

  /** The other side has acknowledged everything before this number. */
  int acknowledged;

  boolean acknowledges;

  /** A segment with a right checksum was seen. */
  boolean checksumsRight;

  /** Where the last segment ended that was too far ahead, if there was one. */
  boolean hasStrayed;

  int strayNext;

  /** Number of the FIN that was seen behind the last byte, if there was one. */
  boolean hasFin;

  int finSequence;

  /** Number of the last urgent byte, which is yet to come. */
  boolean hasUrgent;

  int urgentSequence;

  /** What follows is not looked at; set when the stream is opened. */
  long depthBytes;

  /** Nobody wants more of it. */
  boolean over;

  /** The receiver has everything that was handed on: no other reading of it can come. */
  boolean received;

  /** Packet time at which the first missing byte was missed. */
  long missedNanos;

  /** Packet time of the last new data. */
  long dataNanos;

  /** The receiver's, once somebody asked for it. */
  @Nullable OverlapPolicy policy;

  /** Null as long as nothing is ambiguous. */
  @Nullable SecondReadings readings;

  @Nullable OtherStart otherStart;

  /** The last bytes handed on, as a ring by {@link #position}; empty until there are any. */
  private byte[] recent = NONE;

  /** The first position that the ring may hold. */
  private long recentFrom;

  /** The ring had to be given up, for good. */
  private boolean forgetful;

  /** All memory was given back. */
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
    hasFin = false;
    finSequence = 0;
    hasUrgent = false;
    urgentSequence = 0;
    over = false;
    received = false;
    missedNanos = 0;
    dataNanos = 0;
    policy = null;
    readings = null;
    otherStart = null;
    recent = NONE;
    recentFrom = 0;
    forgetful = false;
  }

  void start(int sequence) {
    started = true;
    next = sequence;
    acknowledged = sequence;
  }

  /** Whether the other side has acknowledged all that came. */
  boolean isAcknowledged() {
    return acknowledges && acknowledged - next >= 0;
  }

  /**
   * Whether it is followed although nobody wants more: its beginning may come again with other
   * bytes, and what was not wanted was the decoy.
   */
  boolean lingers() {
    return over && !received && position < SecondReadings.WINDOW_BYTES;
  }

  /** Whether no other reading can come of what was heard. */
  boolean isSettled() {
    return position == 0 || received || isAcknowledged() || position >= SecondReadings.WINDOW_BYTES;
  }

  /** Nobody wants to hear more. */
  void end() {
    over = true;
    received |= isAcknowledged();
  }

  /** Bytes of memory that the ring would take more if it kept the next {@code length} bytes. */
  int recentGrowth(int length) {
    long wanted = Math.min(RECENT_BYTES, position - recentFrom + length);
    if (wanted <= recent.length || forgetful) {
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

  /** Gives the ring up for good. */
  void forgetRecent() {
    recent = NONE;
    recentFrom = position;
    forgetful = true;
  }

  /** The first position that the ring does hold. */
  long firstRecent() {
    return Math.max(recentFrom, position - recent.length);
  }

  /** Copies what the ring holds. */
  byte[] recentCopy() {
    byte[] copy = new byte[(int) (position - firstRecent())];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = recent[(int) (firstRecent() + i) & (recent.length - 1)];
    }
    return copy;
  }

  /** Bytes were handed on, or would have been if somebody wanted them. */
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
    SecondReadings second = readings;
    if (second != null) {
      second.append(segment, offset, length);
    }
    moveOn(length);
  }

  private void moveOn(int length) {
    next += length;
    position += length;
    hasFin = false;
  }

  /** Bytes are missing for good; what was handed on before is not compared any more. */
  void missed(int length) {
    moveOn(length);
    recentFrom = position;
    SecondReadings second = readings;
    if (second != null) {
      second.end();
    }
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
