package tapwarden.inspect.stream;

import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * A direction as it reads if it begins at another sequence number than the one that is followed,
 * because a SYN came with either: the first {@link SecondReadings#WINDOW_BYTES}.
 */
final class OtherStart {
  private static final int MOST_SEGMENTS = 256;

  private final StreamShares shares;
  private final int first;
  private final Held held = new Held();
  private boolean answered;
  private int toldBytes;
  private int earlyBytes;

  OtherStart(StreamShares shares, int first) {
    this.shares = shares;
    this.first = first;
  }

  /** Sequence number of the first byte. */
  int first() {
    return first;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** A segment with data, which belongs to this start if it lies in its window. */
  void offer(Packet packet, int sequence, int length) {
    int start = sequence - first;
    int end = start + length;
    if (start < 0 || end > SecondReadings.WINDOW_BYTES || held.covers(start, end)) {
      return;
    }
    if (held.count() == MOST_SEGMENTS) {
      held.coalesce();
    }
    if (held.count() < MOST_SEGMENTS && shares.takeReading(held.growth(start, end))) {
      held.add(packet.segment(), packet.payloadOffset(), start, length, OverlapPolicy.FIRST);
    }
  }

  /** Tells it although more may come. */
  void tellEarly(ReadingTeller teller, TcpStream stream, boolean toServer) {
    if (earlyBytes < SecondReadings.EARLY_BYTES) {
      earlyBytes += tell(teller, stream, toServer);
    }
  }

  /** Tells it when the other side answers; once. */
  void tellAtAnswer(ReadingTeller teller, TcpStream stream, boolean toServer) {
    if (!answered && !held.isEmpty()) {
      answered = true;
      tell(teller, stream, toServer);
    }
  }

  /**
   * Tells what reads on from the start, if there is more than was told.
   *
   * @return how much was told
   */
  int tell(ReadingTeller teller, TcpStream stream, boolean toServer) {
    int length = held.whole();
    if (length <= toldBytes) {
      return 0;
    }
    toldBytes = length;
    byte[] bytes = new byte[length];
    held.bytes().read(0, bytes, 0, length);
    teller.tell(stream, toServer, 0, bytes, length, null);
    return length;
  }

  void release() {
    shares.giveReading(held.capacity());
    held.clear();
  }
}
