package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Checksums;
import tapwarden.inspect.decode.Packet;

/**
 * Puts the segments of one worker's connections in order (RFC 9293, as seen from the middle) and
 * hands on what they say. A segment that comes in order is handed on where it lies, and allocates
 * nothing; what comes too early is kept, within bounds, until what is missing has come, or the
 * other side has acknowledged it although the tap never saw it, or too much is waiting: then the
 * direction goes on behind a gap.
 *
 * <p>What was handed on stays: a retransmission that says something else is told as ambiguous, as
 * is a difference between segments that wait; there {@link StreamOptions#policy} decides which
 * reading goes on. A SYN that comes again with another number begins anew as long as no byte was
 * handed on. A RST ends nothing here: whoever forges one must not close the tap's eyes.
 */
public final class TcpStreams {
  /** A mirror delivers late at most so long: RFC 9293's retransmissions come later. */
  static final long REORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Where no acknowledgment tells, a byte is given up so long after it was missed. */
  static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int RST = 0x04;
  private static final int ACK = 0x10;
  private static final int URG = 0x20;

  private final StreamOptions options;
  private final CounterBlock counters;
  private final StreamListener listener;
  private final TcpStream[] streams;
  private final int[] free;
  private final StreamMemory memory;
  private int freeCount;
  private int used;

  /**
   * @param workers among how many the bounds are shared
   */
  public TcpStreams(
      StreamOptions options, int workers, CounterBlock counters, StreamListener listener) {
    this.options = options;
    this.counters = counters;
    this.listener = listener;
    streams = new TcpStream[Math.max(1, options.streams() / workers)];
    free = new int[streams.length];
    memory = new StreamMemory(options.memoryBytes() / workers);
  }

  /** Begins to follow a connection; null if too many are being followed. */
  public @Nullable TcpStream open() {
    if (freeCount == 0 && used == streams.length) {
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

  /** Streams that are being followed. */
  public int size() {
    return used - freeCount;
  }

  /** What the streams keep; readers take their part of it. */
  public StreamMemory memory() {
    return memory;
  }

  /** Ends following: what still waits is handed on, behind gaps. */
  public void close(TcpStream stream) {
    flush(stream, true);
    flush(stream, false);
    release(stream.client);
    release(stream.server);
    stream.reset();
    free[freeCount++] = stream.slot;
  }

  private void release(StreamHalf half) {
    memory.give(half.held.capacity() + half.recentBytes());
    half.held.clear();
  }

  /** A TCP segment of the stream. */
  public void segment(TcpStream stream, Packet packet, boolean toServer) {
    int flags = packet.tcpFlags();
    if ((flags & RST) != 0) {
      return;
    }
    StreamHalf half = stream.half(toServer);
    if (!isBelievable(half, packet)) {
      counters.increment(Counter.STREAM_BAD_CHECKSUMS);
      return;
    }
    int sequence = (int) packet.tcpSequence();
    if ((flags & SYN) != 0) {
      synchronise(half, sequence + 1);
      sequence++;
    }
    if ((flags & ACK) != 0) {
      acknowledge(stream.half(!toServer), (int) packet.tcpAcknowledgment());
    }
    int length = packet.payloadLength();
    if (length > 0 && !half.over) {
      if (!half.started) {
        half.start(sequence);
      }
      if ((flags & URG) != 0) {
        counters.increment(Counter.STREAM_URGENT_SEGMENTS);
      }
      take(stream, half, toServer, packet, sequence, length);
    }
    if ((flags & FIN) != 0 && half.started && half.held.isEmpty()) {
      int end = sequence + packet.wirePayloadLength();
      half.over |= end == half.next;
    }
    // The other direction's turn comes with its own next segment: what it says is told with one.
    expire(stream, toServer, packet.timestampNanos());
  }

  /**
   * Whether the receiver will take the segment, going by its checksum: a wrong one is a decoy
   * unless the sender's are all wrong here, as where addresses were made anonymous.
   */
  private static boolean isBelievable(StreamHalf half, Packet packet) {
    Checksums.Verdict verdict = Checksums.transport(packet);
    half.checksumsRight |= verdict == Checksums.Verdict.GOOD;
    return verdict != Checksums.Verdict.BAD || !half.checksumsRight;
  }

  private void synchronise(StreamHalf half, int first) {
    if (half.started && half.next - (int) half.position != first) {
      counters.increment(Counter.STREAM_SYN_DIFFERS);
    }
    if (half.position == 0 && half.held.isEmpty()) {
      half.start(first);
    }
  }

  private static void acknowledge(StreamHalf half, int number) {
    if (half.started && number - half.acknowledged > 0) {
      half.acknowledged = number;
      half.acknowledges = true;
    }
  }

  private void take(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      int sequence,
      int length) {
    int ahead = sequence - half.next;
    long offset = packet.payloadOffset();
    int cut = packet.wirePayloadLength() - length;
    int start = Math.max(0, ahead);
    int behind = start - ahead;
    if (behind > 0) {
      again(stream, half, toServer, packet, behind, Math.min(behind, length));
      if (behind >= length) {
        return;
      }
    }
    if (start == 0 && half.held.isEmpty()) {
      pass(stream, half, toServer, packet.segment(), offset + behind, length - behind);
      if (cut > 0 && !half.over) {
        miss(stream, half, toServer, cut);
      }
      return;
    }
    wait(stream, half, toServer, packet, offset + behind, start, length - behind);
  }

  /** Bytes that were handed on before. A keep-alive repeats the last one, with any value. */
  private void again(
      TcpStream stream, StreamHalf half, boolean toServer, Packet packet, int back, int length) {
    if (back == 1 && packet.wirePayloadLength() <= 1) {
      return;
    }
    long offset = packet.payloadOffset();
    int at = half.differs(packet.segment(), offset, back, length);
    if (at >= 0) {
      differ(
          stream,
          toServer,
          Ambiguity.RETRANSMISSION,
          half.position - back + at,
          packet,
          offset + at,
          length - at);
    }
  }

  private void differ(
      TcpStream stream,
      boolean toServer,
      Ambiguity kind,
      long position,
      Packet packet,
      long offset,
      int length) {
    counters.increment(Counter.STREAM_OVERLAPS_DIFFER);
    listener.ambiguous(stream, toServer, kind, position, packet.segment(), offset, length);
  }

  private void wait(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      long offset,
      int start,
      int length) {
    int end = start + length;
    if (start > options.heldBytesADirection()) {
      stray(stream, half, toServer, packet, offset, start, length);
      return;
    }
    Held held = half.held;
    if (held.isEmpty() && start > 0) {
      half.missedNanos = packet.timestampNanos();
    }
    int grows = held.capacityFor(end) - held.capacity();
    if (end > options.heldBytesADirection()
        || held.count() >= options.heldSegmentsADirection()
        || !memory.take(grows)) {
      counters.increment(Counter.STREAM_HELD_FULL);
      int next = half.next;
      if (held.isEmpty()) {
        miss(stream, half, toServer, start);
      } else {
        flush(stream, toServer);
      }
      if (!half.over) {
        // What is at hand is nearer now, or comes in order.
        take(stream, half, toServer, packet, next + start, length);
      }
      return;
    }
    int differs = held.add(packet.segment(), offset, start, length, options.policy());
    if (differs >= 0) {
      int at = differs - start;
      differ(
          stream,
          toServer,
          Ambiguity.OVERLAP,
          half.position + differs,
          packet,
          offset + at,
          length - at);
    }
    if (drain(stream, half, toServer)) {
      half.missedNanos = packet.timestampNanos();
    }
  }

  /**
   * A segment far ahead. It is what the receiver waits for if he has acknowledged about so much;
   * where the tap does not see acknowledgments, if another one ended where it begins. Else the
   * receiver will not take it, and neither does the tap.
   */
  private void stray(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      long offset,
      int start,
      int length) {
    int sequence = half.next + start;
    boolean expected =
        half.acknowledges
            ? Math.abs(sequence - half.acknowledged) <= options.heldBytesADirection()
            : half.hasStrayed && half.strayNext == sequence;
    half.hasStrayed = true;
    half.strayNext = sequence + length;
    if (!expected) {
      counters.increment(Counter.STREAM_OUT_OF_WINDOW);
      return;
    }
    half.hasStrayed = false;
    flush(stream, toServer);
    if (!half.over) {
      miss(stream, half, toServer, sequence - half.next);
    }
    if (!half.over) {
      pass(stream, half, toServer, packet.segment(), offset, length);
    }
  }

  /** Hands on what waits and is whole; false if there was nothing. */
  private boolean drain(TcpStream stream, StreamHalf half, boolean toServer) {
    int whole = half.held.whole();
    if (whole == 0) {
      return false;
    }
    pass(stream, half, toServer, half.held.segment(), 0, whole);
    advance(half.held, whole);
    return true;
  }

  private void pass(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      MemorySegment segment,
      long offset,
      int length) {
    if (half.over) {
      half.missed(length);
      return;
    }
    boolean more = listener.data(stream, toServer, segment, offset, length);
    int grows = more ? half.recentGrowth(length) : 0;
    if (grows > 0 && memory.take(grows)) {
      half.growRecent(grows);
    }
    half.passed(segment, offset, length);
    end(half, more);
  }

  private void miss(TcpStream stream, StreamHalf half, boolean toServer, int length) {
    counters.add(Counter.STREAM_BYTES_MISSING, length);
    boolean more = half.over || listener.gap(stream, toServer, length);
    half.missed(length);
    end(half, more);
  }

  private void end(StreamHalf half, boolean more) {
    if (half.over) {
      return;
    }
    if (!more) {
      half.over = true;
    } else if (half.position >= half.depthBytes) {
      counters.increment(Counter.STREAMS_DEEP);
      half.over = true;
    }
  }

  /** Gives up waiting where waiting is in vain. */
  private void expire(TcpStream stream, boolean toServer, long nanos) {
    StreamHalf half = stream.half(toServer);
    if (half.held.isEmpty()) {
      return;
    }
    long waited = nanos - half.missedNanos;
    boolean acknowledged = half.acknowledges && half.acknowledged - half.next > 0;
    if (waited > MISSING_NANOS || (acknowledged && waited > REORDER_NANOS)) {
      skipGap(stream, half, toServer);
      half.missedNanos = nanos;
    }
  }

  private void skipGap(TcpStream stream, StreamHalf half, boolean toServer) {
    int gap = half.held.first();
    advance(half.held, gap);
    miss(stream, half, toServer, gap);
    drain(stream, half, toServer);
  }

  private void advance(Held held, int by) {
    int before = held.capacity();
    held.advance(by);
    memory.give(before - held.capacity());
  }

  private void flush(TcpStream stream, boolean toServer) {
    StreamHalf half = stream.half(toServer);
    while (!half.held.isEmpty()) {
      skipGap(stream, half, toServer);
    }
  }
}
