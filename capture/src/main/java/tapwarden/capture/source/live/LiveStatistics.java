package tapwarden.capture.source.live;

import tapwarden.capture.source.SourceStatistics;

/**
 * Extends libpcap's 32-bit counters to 64 bits: the difference to the reading before is added, so a
 * counter that wraps goes on. Right as long as there is a reading every 2^31 frames; a difference
 * beyond that means that the counter went back (a driver that was reset) and adds nothing.
 */
final class LiveStatistics {
  private static final long MASK = 0xFFFF_FFFFL;
  private static final long LARGEST_STEP = 1L << 31;

  private final long[] last = new long[3];
  private final long[] total = new long[3];

  /** Takes a new reading; each value is 0 to 2^32 - 1. */
  SourceStatistics update(long received, long dropped, long interfaceDropped) {
    extend(0, received);
    extend(1, dropped);
    extend(2, interfaceDropped);
    return latest();
  }

  /** The totals as of the last reading. */
  SourceStatistics latest() {
    return new SourceStatistics(total[0], total[1], total[2], 0);
  }

  private void extend(int counter, long reading) {
    long step = (reading - last[counter]) & MASK;
    last[counter] = reading;
    total[counter] += step < LARGEST_STEP ? step : 0;
  }
}
