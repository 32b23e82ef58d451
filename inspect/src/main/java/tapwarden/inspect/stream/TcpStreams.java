package tapwarden.inspect.stream;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Checksums;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.wire.TcpView;

/**
 * Puts the segments of one worker's connections in order (RFC 9293, as seen from the middle) and
 * hands on what they say. A segment that comes in order is handed on where it lies, and allocates
 * nothing; what comes too early is kept, within bounds, until what is missing has come, or the
 * other side has acknowledged it although the tap never saw it, or too much is waiting: then the
 * direction goes on behind a gap.
 *
 * <p>What was handed on stays: a retransmission that says something else is told as ambiguous, as
 * is a difference between segments that wait; there {@link StreamOptions#policies} decide which
 * reading goes on. A SYN that comes again with another number begins anew as long as no byte was
 * handed on. A RST ends nothing here: whoever forges one must not close the tap's eyes.
 */
public final class TcpStreams {
  private final StreamOptions options;
  private final CounterBlock counters;
  private final TcpStream[] streams;
  private final int[] free;
  private final StreamMemory memory;
  private final StreamShares shares;
  private final Ambiguities ambiguities;
  private final StreamOrder order;
  private int freeCount;
  private int used;

  /**
   * @param workers among how many the bounds are shared
   */
  public TcpStreams(
      StreamOptions options, int workers, CounterBlock counters, StreamListener listener) {
    this.options = options;
    this.counters = counters;
    streams = new TcpStream[Math.max(1, options.streams() / workers)];
    free = new int[streams.length];
    memory = new StreamMemory(options.memoryBytes() / workers);
    shares = new StreamShares(memory, counters);
    ambiguities = new Ambiguities(counters, listener, shares);
    order = new StreamOrder(options, counters, listener, shares, ambiguities);
  }

  /** Begins to follow a connection; null if too many are being followed. */
  public @Nullable TcpStream open() {
    if (isFull()) {
      counters.increment(Counter.STREAMS_NOT_FOLLOWED);
      return null;
    }
    TcpStream stream;
    if (freeCount > 0) {
      stream = streams[free[--freeCount]];
    } else {
      stream = new TcpStream(used);
      streams[used++] = stream;
    }
    stream.depth(true, options.depthBytes());
    stream.depth(false, options.depthBytes());
    counters.increment(Counter.STREAMS_FOLLOWED);
    return stream;
  }

  /**
   * Tells where a direction begins, or goes on, when the connection was not followed before.
   *
   * @param next sequence number of the first byte that will be taken
   */
  public void begin(TcpStream stream, boolean toServer, int next) {
    stream.half(toServer).start(next);
  }

  /**
   * Whether a segment is a SYN that comes again with another number: from here on the connection is
   * to be followed, although nothing was said yet.
   */
  public static boolean isOtherStart(Flow flow, Packet packet, boolean toServer) {
    return (packet.tcpFlags() & (TcpView.SYN | TcpView.RST)) == TcpView.SYN
        && flow.firstSequence(toServer) != (int) packet.tcpSequence() + 1;
  }

  /**
   * Tells where both directions begin or go on.
   *
   * @param packet the segment from which on the connection is followed, which the flow knows
   */
  public void begin(TcpStream stream, Flow flow, Packet packet, boolean toServer) {
    boolean isSyn = (packet.tcpFlags() & TcpView.SYN) != 0;
    int first = (int) packet.tcpSequence() + (isSyn ? 1 : 0);
    int flags = toServer ? flow.tcpFlagsToServer() : flow.tcpFlagsToClient();
    if (!isSyn && (flags & TcpView.SYN) != 0) {
      first = flow.firstSequence(toServer);
    } else if (!isSyn && flow.isSequenceMissing(toServer)) {
      first = flow.missingSequence(toServer);
    }
    begin(stream, toServer, first);
    if (isOtherStart(flow, packet, toServer)) {
      counters.increment(Counter.STREAM_SYN_DIFFERS);
      ambiguities.otherStart(stream.half(toServer), flow.firstSequence(toServer));
    }
    if (flow.knowsSequence(!toServer)) {
      begin(stream, !toServer, flow.nextSequence(!toServer));
    }
  }

  /** A SYN seen late has shown that who was taken for the client is the server. */
  public void turnRound(TcpStream stream) {
    stream.turnRound();
  }

  /** The stream of that number; it was opened and not closed since. */
  public TcpStream at(int slot) {
    return streams[slot];
  }

  /** Most streams that are followed at a time; their numbers are below it. */
  public int capacity() {
    return streams.length;
  }

  /** Whether another one has to be closed before one can be opened. */
  public boolean isFull() {
    return size() == streams.length;
  }

  /** Streams that are being followed. */
  public int size() {
    return used - freeCount;
  }

  /** What the streams keep; readers take their part of it. */
  public StreamMemory memory() {
    return memory;
  }

  /** Ends following: what still waits is handed on, behind gaps, and so are second readings. */
  public void close(TcpStream stream) {
    close(stream, true);
    close(stream, false);
    stream.reset();
    free[freeCount++] = stream.slot;
  }

  private void close(TcpStream stream, boolean toServer) {
    StreamHalf half = stream.half(toServer);
    shares.enter(half);
    order.flush(stream, half, toServer);
    ambiguities.close(stream, half, toServer);
    shares.forget(half);
    shares.giveRecent(half);
    shares.leave();
  }

  /** A TCP segment of the stream. */
  public void segment(TcpStream stream, Packet packet, boolean toServer) {
    int flags = packet.tcpFlags();
    StreamHalf half = stream.half(toServer);
    if ((flags & TcpView.RST) != 0 || !isBelievable(half, packet)) {
      return;
    }
    long nanos = packet.timestampNanos();
    ambiguities.now(nanos);
    shares.enter(half);
    int sequence = (int) packet.tcpSequence();
    if ((flags & TcpView.SYN) != 0) {
      synchronise(half, ++sequence);
    }
    if ((flags & TcpView.ACK) != 0) {
      acknowledge(stream.half(!toServer), (int) packet.tcpAcknowledgment());
    }
    int length = packet.payloadLength();
    if (length > 0 && (!half.over || half.lingers())) {
      data(stream, half, toServer, packet, sequence, length);
    }
    if ((flags & TcpView.FIN) != 0 && half.started && half.held.isEmpty()) {
      half.finSequence = sequence + packet.wirePayloadLength();
      half.hasFin = half.finSequence == half.next;
    }
    // The other direction's turn comes with its own next segment: what it says is told with one.
    order.expire(stream, half, toServer, nanos);
    if (half.readings != null || half.otherStart != null) {
      ambiguities.heard(stream, half, toServer);
    }
    // Others need the room more than one whose beginning might yet come again.
    half.received |= half.over && isCrowded();
    shares.leave();
  }

  private boolean isCrowded() {
    return size() > streams.length - streams.length / 4;
  }

  private void data(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      int sequence,
      int length) {
    if (!half.started) {
      half.start(sequence);
    }
    OtherStart other = half.otherStart;
    if (other != null) {
      other.offer(packet, sequence, length);
    }
    if ((packet.tcpFlags() & TcpView.URG) != 0) {
      urgent(stream, half, toServer, packet, sequence, length);
    }
    order.take(stream, half, toServer, packet, sequence, length);
  }

  /**
   * The segment has a right checksum, or a wrong one that {@link ChecksumPolicy} says nothing
   * against.
   */
  private boolean isBelievable(StreamHalf half, Packet packet) {
    Checksums.Verdict verdict = Checksums.transport(packet);
    if (verdict != Checksums.Verdict.BAD) {
      half.checksumsRight |= verdict == Checksums.Verdict.GOOD;
      return true;
    }
    boolean used =
        switch (options.checksums()) {
          case DISTRUST -> !half.checksumsRight;
          case USE -> true;
          case IGNORE -> false;
        };
    counters.increment(used ? Counter.STREAM_BAD_CHECKSUMS_USED : Counter.STREAM_BAD_CHECKSUMS);
    return used;
  }

  private void synchronise(StreamHalf half, int first) {
    int begun = half.next - (int) half.position;
    boolean differs = half.started && begun != first;
    boolean anew = half.position == 0 && half.held.isEmpty();
    if (anew) {
      half.start(first);
    }
    if (differs) {
      counters.increment(Counter.STREAM_SYN_DIFFERS);
      ambiguities.otherStart(half, anew ? begun : first);
    }
  }

  private void acknowledge(StreamHalf half, int number) {
    if (!half.started) {
      return;
    }
    OtherStart other = half.otherStart;
    if (other != null
        && number == other.first()
        && other.isEmpty()
        && half.position == 0
        && half.held.isEmpty()) {
      // The receiver has taken the other SYN.
      int begun = half.next;
      half.start(number);
      ambiguities.otherStart(half, begun);
      return;
    }
    if (number - half.acknowledged > 0) {
      half.acknowledged = number;
      half.acknowledges = true;
    }
    if (half.hasFin && number == half.finSequence + 1) {
      half.over = true;
      half.received = true;
    } else if (half.over) {
      half.received |= half.isAcknowledged();
    }
  }

  /**
   * Urgent data: the pointer shows behind the last urgent byte (RFC 6093 section 3.1), and most
   * receivers, as BSD, Linux and Windows do unless an application asks otherwise, take that byte
   * out of the stream. So does the main reading; that it stays in line is another. A pointer of 0
   * means the first byte, as to Linux. Of urgent bytes that are yet to come the last one counts.
   */
  private void urgent(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      int sequence,
      int length) {
    counters.increment(Counter.STREAM_URGENT_SEGMENTS);
    int pointer = TcpView.urgentPointer(packet.segment(), packet.transportOffset());
    int ahead = Math.max(0, pointer - 1);
    int urgent = sequence + ahead;
    if (urgent - half.next >= 0) {
      if (!half.hasUrgent || urgent - half.urgentSequence > 0) {
        half.hasUrgent = true;
        half.urgentSequence = urgent;
      }
    } else if (ahead < length) {
      long offset = packet.payloadOffset() + ahead;
      ambiguities.urgentAgain(stream, half, toServer, half.next - urgent, packet, offset);
    }
  }
}
