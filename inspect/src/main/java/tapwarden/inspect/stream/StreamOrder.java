package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Puts the data of one direction in order and hands it on: at once what comes in order, where it
 * lies; the rest when what is missing has come, or will not come any more.
 */
final class StreamOrder {
  /** A mirror delivers late at most so long: RFC 9293's retransmissions come later. */
  static final long REORDER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Where no acknowledgment tells, a byte is given up so long after it was missed. */
  static final long MISSING_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After so long a silence a last byte that comes again is a keep-alive (RFC 9293 3.8.4). */
  static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StreamOptions options;
  private final CounterBlock counters;
  private final StreamListener listener;
  private final StreamShares shares;
  private final Ambiguities ambiguities;

  StreamOrder(
      StreamOptions options,
      CounterBlock counters,
      StreamListener listener,
      StreamShares shares,
      Ambiguities ambiguities) {
    this.options = options;
    this.counters = counters;
    this.listener = listener;
    this.shares = shares;
    this.ambiguities = ambiguities;
  }

  /** Data of a direction that somebody wants, or that lingers. */
  void take(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      int sequence,
      int length) {
    int ahead = sequence - half.next;
    long offset = packet.payloadOffset();
    int start = Math.max(0, ahead);
    int behind = start - ahead;
    if (behind > 0) {
      again(stream, half, toServer, packet, behind, Math.min(behind, length));
      if (behind >= length) {
        return;
      }
    }
    half.dataNanos = packet.timestampNanos();
    if (start == 0 && half.held.isEmpty()) {
      int cut = packet.wirePayloadLength() - length;
      pass(stream, half, toServer, packet.segment(), offset + behind, length - behind);
      if (cut > 0) {
        miss(stream, half, toServer, cut);
      }
      return;
    }
    keep(stream, half, toServer, packet, offset + behind, start, length - behind);
  }

  /** Bytes that were handed on before. A keep-alive repeats the last one, with any value. */
  private void again(
      TcpStream stream, StreamHalf half, boolean toServer, Packet packet, int back, int length) {
    boolean lastByte = back == 1 && packet.wirePayloadLength() == 1;
    if (lastByte && half.isAcknowledged()) {
      return;
    }
    long offset = packet.payloadOffset();
    int at = half.differs(packet.segment(), offset, back, length);
    if (at < 0) {
      return;
    }
    boolean probe = lastByte && packet.timestampNanos() - half.dataNanos >= KEEP_ALIVE_NANOS;
    ambiguities.retransmitted(
        stream, half, toServer, back - at, packet, offset + at, length - at, !probe);
  }

  /** Data behind something that is missing, or before something that came too early. */
  private void keep(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      long offset,
      int start,
      int length) {
    if (start > options.heldBytesADirection()) {
      stray(stream, half, toServer, packet, offset, start, length);
      return;
    }
    Held held = half.held;
    if (start == 0 && length <= held.first()) {
      pass(stream, half, toServer, packet.segment(), offset, length);
      forward(half, length);
    } else if (!hold(stream, half, toServer, packet, offset, start, length)) {
      counters.increment(Counter.STREAM_HELD_FULL);
      int next = half.next;
      if (held.isEmpty()) {
        miss(stream, half, toServer, start);
      } else {
        flush(stream, half, toServer);
      }
      if (!half.over || half.lingers()) {
        // What is at hand is nearer now, or comes in order.
        int gone = half.next - (next + start);
        int left = length - Math.max(0, gone);
        if (left > 0) {
          resume(stream, half, toServer, packet, offset + length - left, left, -Math.min(0, gone));
        }
      }
      return;
    }
    if (drain(stream, half, toServer)) {
      half.missedNanos = packet.timestampNanos();
    }
  }

  /** Goes on with a segment for which there was no room, now that nothing waits. */
  private void resume(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      long offset,
      int length,
      int start) {
    if (start == 0) {
      pass(stream, half, toServer, packet.segment(), offset, length);
    } else {
      keep(stream, half, toServer, packet, offset, start, length);
    }
  }

  /** False if there is no room for it. */
  private boolean hold(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      Packet packet,
      long offset,
      int start,
      int length) {
    Held held = half.held;
    int end = start + length;
    int differs = held.differs(packet.segment(), offset, start, length);
    if (differs < 0 && held.covers(start, end)) {
      return true;
    }
    if (held.count() >= options.heldSegmentsADirection()) {
      held.coalesce();
    }
    if (end > options.heldBytesADirection() || held.count() >= options.heldSegmentsADirection()) {
      return false;
    }
    OverlapPolicy policy = policy(half, packet);
    if (differs >= 0) {
      ambiguities.overlapping(
          stream, half, toServer, policy, differs, packet, offset, start, length);
    }
    if (!takeGrowth(half, start, end)) {
      return false;
    }
    if (held.isEmpty()) {
      half.missedNanos = packet.timestampNanos();
    }
    held.add(packet.segment(), offset, start, length, policy);
    shares.settle(half);
    return true;
  }

  private boolean takeGrowth(StreamHalf half, int start, int end) {
    Held held = half.held;
    if (shares.takeHeld(held.growth(start, end))) {
      return true;
    }
    if (!held.isForked()) {
      return false;
    }
    counters.increment(Counter.STREAM_READINGS_REFUSED);
    shares.giveHeld(held.readingsCapacity());
    held.join();
    return shares.takeHeld(held.growth(start, end));
  }

  private OverlapPolicy policy(StreamHalf half, Packet packet) {
    OverlapPolicy policy = half.policy;
    if (policy == null) {
      policy =
          options
              .policies()
              .of(packet.ipVersion(), packet.destinationHigh(), packet.destinationLow());
      half.policy = policy;
    }
    return policy;
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
    flush(stream, half, toServer);
    miss(stream, half, toServer, sequence - half.next);
    pass(stream, half, toServer, packet.segment(), offset, length);
  }

  /** Hands on what waits and is whole; false if there was nothing. */
  private boolean drain(TcpStream stream, StreamHalf half, boolean toServer) {
    Held held = half.held;
    int whole = held.isEmpty() ? 0 : held.whole();
    if (whole == 0) {
      return false;
    }
    boolean forked = held.isForked() && ambiguities.begin(half);
    long position = half.position;
    HeldBytes bytes = held.bytes();
    for (int done = 0; done < whole; ) {
      int some = bytes.some(done, whole - done);
      pass(stream, half, toServer, MemorySegment.ofArray(bytes.at(done)), bytes.within(done), some);
      done += some;
    }
    if (forked) {
      ambiguities.drained(half, position, whole);
    }
    forward(half, whole);
    return true;
  }

  /** Forgets the first of what waits: it was handed on, or is missing. */
  private void forward(StreamHalf half, int by) {
    int before = half.held.capacity();
    half.held.advance(by);
    shares.giveHeld(before - half.held.capacity());
    shares.settle(half);
  }

  /** Hands on what comes next, without a byte that is urgent. */
  private void pass(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      MemorySegment segment,
      long offset,
      int length) {
    if (!half.hasUrgent) {
      hand(stream, half, toServer, segment, offset, length);
      return;
    }
    int ahead = half.urgentSequence - half.next;
    if (ahead < 0 || ahead >= length) {
      half.hasUrgent = ahead >= 0;
      hand(stream, half, toServer, segment, offset, length);
      return;
    }
    half.hasUrgent = false;
    if (ahead > 0) {
      hand(stream, half, toServer, segment, offset, ahead);
    }
    if (half.over && !half.lingers()) {
      half.missed(length - ahead);
      return;
    }
    ambiguities.urgent(stream, half, toServer, segment, offset + ahead);
    record(half, segment, offset + ahead, 1);
    if (ahead + 1 < length) {
      hand(stream, half, toServer, segment, offset + ahead + 1, length - ahead - 1);
    }
  }

  private void hand(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      MemorySegment segment,
      long offset,
      int length) {
    if (half.over) {
      if (half.lingers()) {
        record(half, segment, offset, length);
      } else {
        half.missed(length);
      }
      return;
    }
    ambiguities.answered(stream, !toServer);
    boolean more = listener.data(stream, toServer, segment, offset, length);
    record(half, segment, offset, length);
    end(half, more);
  }

  private void record(StreamHalf half, MemorySegment segment, long offset, int length) {
    int grows = half.recentGrowth(length);
    if (grows > 0 && shares.takeRecent(half, grows)) {
      half.growRecent(grows);
    }
    half.passed(segment, offset, length);
  }

  private void miss(TcpStream stream, StreamHalf half, boolean toServer, int length) {
    if (half.over) {
      half.missed(length);
      return;
    }
    counters.add(Counter.STREAM_BYTES_MISSING, length);
    boolean more = listener.gap(stream, toServer, length);
    half.missed(length);
    end(half, more);
  }

  private void end(StreamHalf half, boolean more) {
    if (!more) {
      half.end();
    } else if (half.position >= half.depthBytes) {
      counters.increment(Counter.STREAMS_DEEP);
      half.end();
    }
  }

  /** Gives up waiting where waiting is in vain. */
  void expire(TcpStream stream, StreamHalf half, boolean toServer, long nanos) {
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
    if (gap > 0) {
      forward(half, gap);
      miss(stream, half, toServer, gap);
    }
    drain(stream, half, toServer);
  }

  /** Hands on all that waits, behind gaps. */
  void flush(TcpStream stream, StreamHalf half, boolean toServer) {
    while (!half.held.isEmpty()) {
      skipGap(stream, half, toServer);
    }
  }
}
