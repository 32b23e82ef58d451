package tapwarden.inspect.intel;

import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Looks names up that one worker hears. Lists have names of other scripts in ASCII form; whoever
 * says one may say it in UTF-8. To convert costs as much as to inspect some packets, so it is done
 * only if a list has such names, and only for a few of one packet.
 */
public final class NameMatcher {
  /** Names in UTF-8 that are converted of one packet; an honest one has one or two. */
  public static final int MOST_CONVERTED = 4;

  private static final int NONE = -1;

  private final CounterBlock counters;
  private long packet = -1;
  private int converted;

  public NameMatcher(CounterBlock counters) {
    this.counters = counters;
  }

  /**
   * Says what brings the names that follow.
   *
   * @param number of the packet, or anything else that is no other's
   */
  public void begin(long number) {
    if (number != packet) {
      packet = number;
      converted = 0;
    }
  }

  /** As {@link IndicatorSet#matchName(byte[], int, int)}, in either form. */
  public int match(IndicatorSet set, byte[] name, int offset, int length) {
    int found = set.matchName(name, offset, length);
    byte[] ascii = found >= 0 ? null : toAscii(set, name, offset, length);
    return ascii == null ? found : set.matchName(ascii, 0, ascii.length);
  }

  /** The ASCII form of a name in UTF-8; null of any other, or if no list may have it. */
  public byte @Nullable [] toAscii(IndicatorSet set, byte[] name, int offset, int length) {
    if (!set.withInternationalNames() || !InternationalName.isNotAscii(name, offset, length)) {
      return null;
    }
    if (converted == MOST_CONVERTED) {
      counters.increment(Counter.NAMES_NOT_CONVERTED);
      return null;
    }
    converted++;
    return InternationalName.toAscii(name, offset, length);
  }

  /** Of a name that is known to be worth it, on the cold path: no bound but its own. */
  public static int matchAnyForm(IndicatorSet set, byte[] name, int offset, int length) {
    int found = set.matchName(name, offset, length);
    if (found >= 0
        || !set.withInternationalNames()
        || !InternationalName.isNotAscii(name, offset, length)) {
      return found;
    }
    byte[] ascii = InternationalName.toAscii(name, offset, length);
    return ascii == null ? NONE : set.matchName(ascii, 0, ascii.length);
  }
}
