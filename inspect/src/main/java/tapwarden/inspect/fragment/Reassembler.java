package tapwarden.inspect.fragment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Puts fragments together. A datagram is whole when its first fragment has come, a fragment has
 * said where it ends, and every byte before that is there; nothing is handed on with a hole.
 *
 * <p>Where fragments lie over each other the receiver's {@link OverlapPolicy} chooses; if they say
 * different things the datagram is handed on in further readings, too: first come, first served,
 * and the last word counts. The same where there are two ends. (Receivers of today may throw such a
 * datagram away, as RFC 5722 wants it of IPv6; the tap cannot know.)
 *
 * <p>Who is in the middle cannot know which fragments reach the receiver. So the last datagrams
 * that were whole are kept for a while: a fragment that says something else of one of them may be
 * the one that the receiver was waiting for, and the datagram is handed on as it is then, to be
 * searched. The fragment may as well be the first of another datagram with the same number, and is
 * taken for that, too.
 *
 * <p>Bounded in datagrams, in bytes, in pieces a datagram and in packet time; for a new one the
 * oldest goes. What is in the table depends on the packets alone, not on the secret of its hash.
 * Allocates nothing for fragments of datagrams like those it has had before. One thread.
 */
public final class Reassembler {
  /** How deep datagrams are put together that came in fragments of others. */
  public static final int MOST_DEPTH = 3;

  /** Most datagrams that are kept after they were whole. */
  static final int MOST_DONE = 1_024;

  /** How often such a datagram is handed on again at most. */
  static final int MOST_REPEATS = 4;

  /** Counted a datagram besides its arrays: object, places in the index. */
  static final int ENTRY_BYTES = 256;

  /** Who wants to know. */
  public interface Listener {
    /** The fragments of a datagram have contradicted each other, for the first time. */
    void differ(Packet fragment);

    /**
     * A datagram is whole. The listener may hand on a fragment that it finds in it.
     *
     * @param whole as one frame, valid during the call
     * @param ipOffset where in the frame its IP header stands: lengths before it are a fragment's
     * @param completedBy the fragment that was missing
     * @param chosen whether this is the reading to go by; others may follow, only to be searched
     */
    void whole(Frame whole, int ipOffset, Packet completedBy, boolean chosen);
  }

  private final FragmentOptions options;
  private final CounterBlock counters;
  private final Listener listener;
  private final int mostDone;
  private final DatagramTable table;
  private final Buffers buffers;
  private final DatagramKey key;
  private final FragmentHead head = new FragmentHead();
  private final @Nullable WholeFrame[] frames = new WholeFrame[MOST_DEPTH];
  private long[] made = new long[64];
  private int depth;
  private long nowNanos;

  /**
   * @param secret key of the hash; observable nowhere
   */
  public Reassembler(
      FragmentOptions options, long secret, CounterBlock counters, Listener listener) {
    this(options, Math.min(MOST_DONE, options.datagrams()), secret, counters, listener);
  }

  Reassembler(
      FragmentOptions options,
      int mostDone,
      long secret,
      CounterBlock counters,
      Listener listener) {
    this.options = options;
    this.mostDone = mostDone;
    this.counters = counters;
    this.listener = listener;
    table = new DatagramTable(options.datagrams(), mostDone);
    buffers = new Buffers(options.memoryBytes());
    key = new DatagramKey(secret);
  }

  /** Datagrams that are not whole yet. */
  public int size() {
    return table.waiting().size();
  }

  /** Bytes of memory taken, those that wait for the next datagram included. */
  public long heldBytes() {
    return buffers.heldBytes();
  }

  /** Packet time has moved on: what has waited too long is given up. */
  public void advance(long nanos) {
    nowNanos = nanos;
    DatagramList waiting = table.waiting();
    for (Datagram d = waiting.oldest(); d != null && isOver(d); d = waiting.oldest()) {
      counters.increment(Counter.DATAGRAMS_EXPIRED);
      remove(d);
    }
    DatagramList done = table.done();
    for (Datagram d = done.oldest(); d != null && isOver(d); d = done.oldest()) {
      remove(d);
    }
  }

  /** After a step back of packet time the age of what is there is unknown: it goes, too. */
  private boolean isOver(Datagram d) {
    return Math.abs(nowNanos - d.begunNanos) >= options.timeoutNanos();
  }

  /** Takes a packet whose own IP header is a fragment's ({@link Packet#isFragment}). */
  public void add(Packet packet) {
    if (depth == MOST_DEPTH || !head.read(packet) || headLength(packet) > WholeFrame.MOST_HEAD) {
      counters.increment(Counter.FRAGMENTS_REFUSED);
      return;
    }
    key.take(packet, head.identification);
    Datagram whole = table.find(key, true);
    if (whole != null) {
      whole.pinned = true;
      takeLate(whole, packet);
    }
    Datagram d = table.find(key, false);
    if (d == null) {
      d = begin();
    }
    d.pinned = true;
    take(d, packet);
    d.pinned = false;
    if (whole != null) {
      whole.pinned = false;
    }
    if (d.isDone()) {
      finish(d, whole);
    } else if (d.pieces.count() == 0) {
      remove(d);
    }
  }

  private long headLength(Packet packet) {
    return head.headEnd - packet.frameOffset();
  }

  private Datagram begin() {
    while (table.isFull()) {
      evict(table.waiting().oldest());
    }
    makeRoom(ENTRY_BYTES);
    buffers.count(ENTRY_BYTES);
    return table.add(key, nowNanos);
  }

  /** What was whole once goes first, then what has been waited for longest. */
  private boolean makeRoom(long bytes) {
    while (!buffers.hasRoom(bytes)) {
      Datagram done = table.done().oldest();
      Datagram waiting = table.waiting().oldest();
      if (done != null) {
        remove(done);
      } else if (waiting != null) {
        evict(waiting);
      } else {
        return false;
      }
    }
    return true;
  }

  private void evict(@Nullable Datagram d) {
    if (d != null) {
      counters.increment(Counter.DATAGRAMS_EVICTED);
      remove(d);
    }
  }

  private void finish(Datagram d, @Nullable Datagram before) {
    if (before != null) {
      remove(before);
    }
    if (mostDone == 0) {
      remove(d);
      return;
    }
    table.finish(d);
    Datagram oldest = table.done().size() > mostDone ? table.done().oldest() : null;
    if (oldest != null) {
      remove(oldest);
    }
  }

  private void remove(Datagram d) {
    buffers.give(d.head);
    buffers.give(d.chosen);
    buffers.give(d.first);
    buffers.give(d.last);
    buffers.count(-ENTRY_BYTES - d.countedBytes);
    table.remove(d);
  }

  /** Makes room for the fragment at hand, at the cost of other datagrams. */
  private boolean hasRoom(Datagram d) {
    if (d.pieces.count() >= options.piecesADatagram()) {
      return false;
    }
    long grows = d.chosen.length < head.end ? Buffers.sizeFor(head.end) : 0;
    // Three readings, should it come to that; a head, should this be the first fragment; pieces.
    long most =
        3L * Math.max(grows, d.chosen.length)
            + WholeFrame.MOST_HEAD
            + 2L * (d.countedBytes + ENTRY_BYTES);
    return makeRoom(most);
  }

  private void take(Datagram d, Packet packet) {
    if (!hasRoom(d)) {
      counters.increment(Counter.FRAGMENTS_REFUSED);
      return;
    }
    counters.increment(Counter.FRAGMENTS);
    if (head.isCut()) {
      counters.increment(Counter.FRAGMENTS_CUT);
    }
    boolean differs = put(d, packet) || d.endCount > 1 || d.reachesBeyondItsEnd();
    if (differs && !d.differs) {
      d.differs = true;
      counters.increment(Counter.DATAGRAMS_DIFFER);
      listener.differ(packet);
    }
    tell(d, packet);
  }

  /** A fragment of a datagram that was whole before it, or of another with the same number. */
  private void takeLate(Datagram d, Packet packet) {
    if (d.repeats == MOST_REPEATS || !hasRoom(d)) {
      return;
    }
    int covered = d.pieces.covered();
    int ends = d.endCount;
    if (put(d, packet) || d.pieces.covered() > covered || d.endCount > ends) {
      counters.increment(Counter.FRAGMENTS_LATE);
      d.repeats++;
      d.toldEnds = 0;
      tell(d, packet);
    }
  }

  /** Puts the fragment at hand to the others; true if it says something else than one of them. */
  private boolean put(Datagram d, Packet packet) {
    if (!head.more) {
      d.end(head.end);
    }
    if (head.start == 0 && !d.hasHead()) {
      takeHead(d, packet);
    }
    int end = head.start + (int) (head.dataTo - head.dataFrom);
    grow(d, end);
    boolean differs = d.differs(packet.segment(), head.dataFrom, head.start, end);
    if (differs && !d.split) {
      d.split(buffers.take(d.chosen.length), buffers.take(d.chosen.length));
    }
    OverlapPolicy policy = options.policies().of(d.version, d.destinationHigh, d.destinationLow);
    int most = 2 * d.pieces.count() + 2;
    if (made.length < most) {
      made = new long[2 * most];
    }
    if (d.add(packet.segment(), head.dataFrom, head.start, end, policy, made)) {
      counters.increment(Counter.FRAGMENTS_OVERLAP);
    }
    buffers.count(d.pieces.extraBytes() - d.countedBytes);
    d.countedBytes = d.pieces.extraBytes();
    return differs;
  }

  private void takeHead(Datagram d, Packet packet) {
    d.headLength = (int) headLength(packet);
    d.head = buffers.take(d.headLength);
    MemorySegment.copy(
        packet.segment(), ValueLayout.JAVA_BYTE, packet.frameOffset(), d.head, 0, d.headLength);
    d.ipAt = (int) (packet.networkOffset() - packet.frameOffset());
    d.nextHeaderAt = (int) (head.nextHeaderAt - packet.frameOffset());
    d.nextHeader = head.nextHeader;
    d.linkType = packet.linkType();
    d.interfaceIndex = packet.interfaceIndex();
  }

  private void grow(Datagram d, int end) {
    if (end <= d.chosen.length) {
      return;
    }
    int size = Buffers.sizeFor(end);
    d.chosen = grown(d.chosen, size, d.pieces.end());
    if (d.split) {
      d.first = grown(d.first, size, d.pieces.end());
      d.last = grown(d.last, size, d.pieces.end());
    }
  }

  private byte[] grown(byte[] from, int size, int used) {
    byte[] to = buffers.take(size);
    System.arraycopy(from, 0, to, 0, used);
    buffers.give(from);
    return to;
  }

  private void tell(Datagram d, Packet packet) {
    for (int at = d.wholeEnd(); at >= 0; at = d.wholeEnd()) {
      boolean isFirst = d.toldEnds == 0 && !d.done;
      d.toldEnds |= 1 << at;
      int end = d.ends[at];
      if (!WholeFrame.fits(d, end)) {
        counters.increment(Counter.FRAGMENTS_REFUSED);
        continue;
      }
      if (isFirst) {
        counters.increment(Counter.DATAGRAMS_REASSEMBLED);
      }
      tell(d, d.chosen, end, packet, isFirst);
      if (d.split && !Datagram.isSame(d.first, d.chosen, end)) {
        tell(d, d.first, end, packet, false);
      }
      if (d.split
          && !Datagram.isSame(d.last, d.chosen, end)
          && !Datagram.isSame(d.last, d.first, end)) {
        tell(d, d.last, end, packet, false);
      }
    }
  }

  private void tell(Datagram d, byte[] reading, int end, Packet packet, boolean chosen) {
    WholeFrame whole = frames[depth];
    if (whole == null) {
      whole = new WholeFrame();
      frames[depth] = whole;
    }
    depth++;
    listener.whole(whole.make(d, reading, end, packet), d.ipAt, packet, chosen);
    depth--;
  }
}
