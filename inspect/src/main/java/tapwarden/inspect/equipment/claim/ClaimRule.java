package tapwarden.inspect.equipment.claim;

import java.util.ArrayList;
import java.util.List;

/**
 * If a text has these words, it says that: one line of {@code claims.txt}.
 *
 * @param words in lower case; a whole word or several
 * @param endOpen whether the last may go on
 * @param scopes beginnings of the traits that it applies to; empty for every trait that is prose
 */
record ClaimRule(
    String words, boolean endOpen, List<String> scopes, List<ClaimTemplate> templates) {
  private static final String PROSE = "*";

  /** Reads {@code words | scopes | kind=value ; kind=value}. */
  static ClaimRule parse(String line) {
    String[] columns = line.split(" \\| ", -1);
    if (columns.length != 3 || columns[0].isBlank()) {
      throw new IllegalArgumentException("not three columns: " + line);
    }
    String words = columns[0].strip();
    boolean endOpen = words.endsWith("*");
    String scopes = columns[1].strip();
    List<ClaimTemplate> templates = new ArrayList<>();
    for (String template : columns[2].split(" ; ", -1)) {
      templates.add(ClaimTemplate.parse(template));
    }
    return new ClaimRule(
        Lower.of(endOpen ? words.substring(0, words.length() - 1) : words),
        endOpen,
        scopes.equals(PROSE) ? List.of() : List.of(scopes.split(", *", -1)),
        List.copyOf(templates));
  }

  /** A rule that says nothing but the vendor. */
  static ClaimRule vendor(String vendor, String words) {
    return parse(words + " | * | vendor=" + vendor);
  }

  boolean appliesTo(String trait, boolean prose) {
    if (scopes.isEmpty()) {
      return prose;
    }
    for (String scope : scopes) {
      if (trait.startsWith(scope)) {
        return true;
      }
    }
    return false;
  }

  /** Where the text has the words, or -1. */
  int find(String lower) {
    return Lower.findWhole(lower, words, endOpen, 0);
  }
}
