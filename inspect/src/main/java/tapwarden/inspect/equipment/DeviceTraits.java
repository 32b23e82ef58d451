package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.claim.Guess;

/** What one device has said of itself. Whatever is said again within the hour changes nothing. */
final class DeviceTraits {
  /** Most texts without room that are told apart for the count. */
  static final int MOST_REFUSED = 64;

  /** Most contradictions that are told of. */
  static final int MOST_CONTRADICTIONS = 16;

  /** A text with the time of its last hour. */
  private static final class Said {
    final String word;
    final String text;
    final PacketPlace first;
    PacketPlace last;
    int period;

    Said(String word, String text, PacketPlace first, int period) {
      this.word = word;
      this.text = text;
      this.first = first;
      this.last = first;
      this.period = period;
    }
  }

  private final List<Said> said = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<Guess> contradictions = new HashSet<>();

  /** Takes note if it is known, and of the hour. */
  boolean isKnown(TraitSeen seen, PacketPlace at) {
    for (Said each : said) {
      if (each.text.equals(seen.text()) && each.word.equals(seen.trait())) {
        if (seen.period() > each.period) {
          each.period = seen.period();
          each.last = at;
        }
        return true;
      }
    }
    return false;
  }

  /** What was said last with that word, or null. */
  @Nullable String latest(String word) {
    Said latest = null;
    for (Said each : said) {
      if (each.word.equals(word) && (latest == null || each.period >= latest.period)) {
        latest = each;
      }
    }
    return latest == null ? null : latest.text;
  }

  /**
   * Makes room for another text with that word.
   *
   * @return how many characters were given up for it; -1 if there is no room
   */
  int makeRoom(TraitSeen seen, TraitLimits limits) {
    int same = 0;
    Said stalest = null;
    for (Said each : said) {
      if (each.word.equals(seen.trait())) {
        same++;
        if (stalest == null || each.period < stalest.period) {
          stalest = each;
        }
      }
    }
    if (same < limits.textsPerTrait() && said.size() < limits.textsPerDevice()) {
      return 0;
    }
    if (stalest == null || seen.period() - stalest.period < TraitLimits.STALE_HOURS) {
      return -1;
    }
    said.remove(stalest);
    return stalest.text.length();
  }

  void add(TraitSeen seen, PacketPlace at) {
    said.add(new Said(seen.trait(), seen.text(), at, seen.period()));
  }

  /** Whether this is the first time that there is no room for that text, as far as remembered. */
  boolean refuse(TraitSeen seen) {
    return refused.size() < MOST_REFUSED && refused.add(seen.trait() + ' ' + seen.text());
  }

  /** Whether the device has not contradicted its declaration so before. */
  boolean isNewContradiction(Guess guess) {
    return contradictions.size() < MOST_CONTRADICTIONS && contradictions.add(guess);
  }

  /** In the order in which they were said first. */
  List<Trait> traits() {
    return said.stream().map(s -> new Trait(s.word, s.text, s.first, s.last)).toList();
  }
}
