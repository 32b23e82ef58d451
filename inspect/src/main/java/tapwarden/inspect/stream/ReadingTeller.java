package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Hands second readings to the listener, no more than {@link #MOST_BYTES_A_SECOND}: a sender makes
 * up to fifteen readings out of one direction, and must not make the tap's work fifteenfold.
 */
final class ReadingTeller {
  /** Most bytes of second readings that one worker searches in a second of packet time. */
  static final long MOST_BYTES_A_SECOND = 16L << 20;

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StreamListener listener;
  private final CounterBlock counters;
  private final byte[] scratch = new byte[SecondReadings.WINDOW_BYTES];
  private final MemorySegment scratchSegment = MemorySegment.ofArray(scratch);
  private long nowNanos;
  private long sinceNanos;
  private long toldBytes;

  ReadingTeller(StreamListener listener, CounterBlock counters) {
    this.listener = listener;
    this.counters = counters;
  }

  /** Packet time. */
  void now(long nanos) {
    nowNanos = nanos;
  }

  /**
   * One reading.
   *
   * @param leftOut bits of bytes that are not in it
   */
  void tell(
      TcpStream stream,
      boolean toServer,
      long position,
      byte[] reading,
      int length,
      long @Nullable [] leftOut) {
    if (length == 0 || !isAllowed(length)) {
      counters.add(Counter.STREAM_READINGS_REFUSED, length == 0 ? 0 : 1);
      return;
    }
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (leftOut == null || (leftOut[i >> 6] & 1L << i) == 0) {
        scratch[count++] = reading[i];
      }
    }
    counters.increment(Counter.STREAM_READINGS);
    if (count > 0) {
      listener.alternative(stream, toServer, position, scratchSegment, 0, count);
    }
  }

  private boolean isAllowed(int bytes) {
    long passed = nowNanos - sinceNanos;
    if (passed >= SECOND_NANOS || passed < 0) {
      sinceNanos = nowNanos;
      toldBytes = 0;
    }
    toldBytes += bytes;
    return toldBytes <= MOST_BYTES_A_SECOND;
  }
}
