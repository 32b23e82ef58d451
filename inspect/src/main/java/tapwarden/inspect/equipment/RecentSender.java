package tapwarden.inspect.equipment;

import org.jspecify.annotations.Nullable;

/**
 * A sender that was looked at lately and of which nothing more can be learnt from a packet like the
 * last: as long as the epoch is the same, its frames are only counted.
 */
final class RecentSender {
  long mac = -1;
  long high;
  long low;
  int tag = -1;
  long epoch = -1;
  @Nullable Device device;
  @Nullable Sighting declared;
  boolean transit;

  boolean is(long senderMac, long addressHigh, long addressLow, int senderTag, long now) {
    return low == addressLow
        && mac == senderMac
        && high == addressHigh
        && tag == senderTag
        && epoch == now;
  }

  void set(long senderMac, long addressHigh, long addressLow, int senderTag, long now) {
    mac = senderMac;
    high = addressHigh;
    low = addressLow;
    tag = senderTag;
    epoch = now;
  }
}
