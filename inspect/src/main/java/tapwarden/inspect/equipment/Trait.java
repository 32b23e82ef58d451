package tapwarden.inspect.equipment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a device said of itself.
 *
 * @param word what it is: {@code ssh-banner}
 * @param text see {@link TraitText}
 * @param first the packet that said it first
 * @param last the packet that said it first within the last hour in which it was said
 */
public record Trait(String word, String text, PacketPlace first, PacketPlace last) {
  private static final Comparator<Trait> BY_FIRST =
      Comparator.comparingLong((Trait trait) -> trait.first.nanos())
          .thenComparingLong(trait -> trait.first.number())
          .thenComparing(Trait::word)
          .thenComparing(Trait::text);

  /** The word of the protocol in which it was said. */
  public String protocol() {
    return protocolOf(word);
  }

  /** Each text of a trait once, in the order in which they were said first. */
  static List<Trait> merged(List<Trait> traits) {
    Map<List<String>, Trait> byText = new HashMap<>();
    for (Trait trait : traits) {
      byText.merge(List.of(trait.word, trait.text), trait, Trait::merged);
    }
    return byText.values().stream().sorted(BY_FIRST).toList();
  }

  private static Trait merged(Trait a, Trait b) {
    return new Trait(
        a.word,
        a.text,
        a.first.nanos() <= b.first.nanos() ? a.first : b.first,
        a.last.nanos() >= b.last.nanos() ? a.last : b.last);
  }

  /** The word of the protocol that a trait's word begins with. */
  public static String protocolOf(String word) {
    int hyphen = word.indexOf('-');
    return hyphen < 0 ? word : word.substring(0, hyphen);
  }
}
