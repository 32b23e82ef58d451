package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Sees to it that a direction which can be read in more than one way is read in each: keeps {@link
 * SecondReadings} of it, says that it is ambiguous, and tells the readings. A direction that is not
 * costs nothing here.
 */
final class Ambiguities {
  private final CounterBlock counters;
  private final StreamListener listener;
  private final StreamShares shares;
  private final ReadingTeller teller;

  Ambiguities(CounterBlock counters, StreamListener listener, StreamShares shares) {
    this.counters = counters;
    this.listener = listener;
    this.shares = shares;
    teller = new ReadingTeller(listener, counters);
  }

  /** Packet time. */
  void now(long nanos) {
    teller.now(nanos);
  }

  /** The readings of a direction, from its beginning if that is remembered; null if too late. */
  private @Nullable SecondReadings readings(StreamHalf half) {
    SecondReadings readings = half.readings;
    if (readings != null) {
      return readings;
    }
    long from = half.firstRecent();
    if (half.position > SecondReadings.WINDOW_BYTES) {
      counters.increment(Counter.STREAM_READINGS_REFUSED);
      return null;
    }
    readings = new SecondReadings(shares, from);
    byte[] known = half.recentCopy();
    readings.append(MemorySegment.ofArray(known), 0, known.length);
    half.readings = readings;
    return readings;
  }

  /** Keeps the readings of a direction from now on; false if it is too late. */
  boolean begin(StreamHalf half) {
    return readings(half) != null;
  }

  /**
   * Bytes that were handed on come again as other bytes.
   *
   * @param back how far before what comes next
   * @param telling whether that is worth an event
   */
  void retransmitted(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      int back,
      Packet packet,
      long offset,
      int length,
      boolean telling) {
    long position = half.position - back;
    SecondReadings readings = readings(half);
    if (readings != null) {
      MemorySegment segment = packet.segment();
      readings.piece(position, segment, offset, length);
      if (!readings.replace(SecondReadings.LATEST, position, segment, offset, length)) {
        counters.increment(Counter.STREAM_READINGS_REFUSED);
      }
    }
    if (telling) {
      counters.increment(Counter.STREAM_OVERLAPS_DIFFER);
      listener.ambiguous(
          stream, toServer, Ambiguity.RETRANSMISSION, position, packet.segment(), offset, length);
    }
  }

  /**
   * A segment that is about to wait differs from another that waits.
   *
   * @param differs where it differs first
   */
  void overlapping(
      TcpStream stream,
      StreamHalf half,
      boolean toServer,
      OverlapPolicy policy,
      int differs,
      Packet packet,
      long offset,
      int start,
      int length) {
    Held held = half.held;
    int end = start + length;
    long position = half.position + differs;
    counters.increment(Counter.STREAM_OVERLAPS_DIFFER);
    int common = Math.min(end, held.coveredUntil(differs)) - differs;
    if (held.laterWins(differs, start, end, policy)) {
      HeldBytes bytes = held.bytes();
      MemorySegment page = MemorySegment.ofArray(bytes.at(differs));
      int some = bytes.some(differs, common);
      listener.ambiguous(
          stream, toServer, Ambiguity.OVERLAP, position, page, bytes.within(differs), some);
    } else {
      long at = offset + differs - start;
      listener.ambiguous(
          stream, toServer, Ambiguity.OVERLAP, position, packet.segment(), at, common);
    }
    if (held.isForked()) {
      return;
    }
    if (position < SecondReadings.WINDOW_BYTES && shares.takeHeld(held.forkGrowth())) {
      held.fork(policy);
    } else {
      counters.increment(Counter.STREAM_READINGS_REFUSED);
    }
  }

  /** What waited was handed on as the receiver's policy reads it; keeps what others read. */
  void drained(StreamHalf half, long position, int whole) {
    SecondReadings readings = half.readings;
    HeldBytes main = half.held.bytes();
    for (int i = 0; readings != null && i < Held.READINGS.length; i++) {
      HeldBytes other = half.held.reading(i);
      for (int done = 0; other != null && done < whole; ) {
        int some = main.some(done, whole - done);
        MemorySegment page = MemorySegment.ofArray(other.at(done));
        int within = other.within(done);
        if (main.mismatch(page, within, done, some) >= 0
            && !readings.replace(i, position + done, page, within, some)) {
          counters.increment(Counter.STREAM_READINGS_REFUSED);
        }
        done += some;
      }
    }
  }

  /** The next byte is urgent, and the main reading goes on without it. */
  void urgent(
      TcpStream stream, StreamHalf half, boolean toServer, MemorySegment segment, long offset) {
    keepUrgent(half, half.position, true);
    listener.ambiguous(stream, toServer, Ambiguity.URGENT, half.position, segment, offset, 1);
  }

  /** A byte that was handed on is said to have been urgent. */
  void urgentAgain(
      TcpStream stream, StreamHalf half, boolean toServer, int back, Packet packet, long offset) {
    if (back > half.position - half.firstRecent()) {
      return;
    }
    long position = half.position - back;
    keepUrgent(half, position, false);
    listener.ambiguous(stream, toServer, Ambiguity.URGENT, position, packet.segment(), offset, 1);
  }

  private void keepUrgent(StreamHalf half, long position, boolean left) {
    SecondReadings readings = readings(half);
    if (readings != null && !readings.urgent(position, left)) {
      counters.increment(Counter.STREAM_READINGS_REFUSED);
    }
  }

  /** A direction may begin elsewhere; the last such number counts. */
  void otherStart(StreamHalf half, int first) {
    OtherStart before = half.otherStart;
    if (before != null) {
      if (before.first() == first) {
        return;
      }
      counters.add(Counter.STREAM_READINGS_REFUSED, before.first() == half.next ? 0 : 1);
      before.release();
    }
    half.otherStart = new OtherStart(shares, first);
  }

  /** The other side is about to say something. */
  void answered(TcpStream stream, boolean toServer) {
    StreamHalf half = stream.half(toServer);
    SecondReadings readings = half.readings;
    if (readings != null && readings.isToTellAtAnswer()) {
      readings.tell(teller, stream, toServer);
    }
    OtherStart other = half.otherStart;
    if (other != null) {
      other.tellAtAnswer(teller, stream, toServer);
    }
  }

  /** The sender of an ambiguous direction has said something. */
  void heard(TcpStream stream, StreamHalf half, boolean toServer) {
    SecondReadings readings = half.readings;
    if (readings != null && (readings.isToTellEarly() || readings.isToTellComplete())) {
      readings.tell(teller, stream, toServer);
    }
    OtherStart other = half.otherStart;
    if (other != null) {
      other.tellEarly(teller, stream, toServer);
    }
  }

  /** Tells what is left to tell, and gives the memory back. */
  void close(TcpStream stream, StreamHalf half, boolean toServer) {
    SecondReadings readings = half.readings;
    if (readings != null) {
      if (readings.isToTell()) {
        readings.tell(teller, stream, toServer);
      }
      readings.release();
      half.readings = null;
    }
    OtherStart other = half.otherStart;
    if (other != null) {
      other.tell(teller, stream, toServer);
      other.release();
      half.otherStart = null;
    }
  }
}
