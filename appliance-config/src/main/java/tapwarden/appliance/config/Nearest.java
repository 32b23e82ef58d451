package tapwarden.appliance.config;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the word that a person who misspelled probably meant. */
final class Nearest {
  private static final int LONGEST_WORD = 64;

  private Nearest() {}

  /**
   * The nearest of {@code words}, or null when none is near: at most one slip of the finger for
   * each three letters (a letter too much, missing, wrong, or two swapped).
   */
  static @Nullable String of(String word, Collection<String> words) {
    String wanted = word.toLowerCase(Locale.ROOT).replace('_', '-');
    if (wanted.length() > LONGEST_WORD) {
      return null;
    }
    String best = null;
    int bestDistance = Math.max(1, wanted.length() / 3) + 1;
    for (String candidate : new TreeSet<>(words)) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Optimal string alignment distance. */
  static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, beforePrevious[j - 2] + 1);
        }
        current[j] = least;
      }
      int[] reused = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = reused;
    }
    return previous[b.length()];
  }
}
