package tapwarden.inspect.equipment.claim;

import java.util.ArrayList;
import java.util.List;

/**
 * If a text has these words, it says that: one line of {@code claims.txt}.
 *
 * @param words in lower case; a whole word or several
 * @param pairs of the words
 * @param endOpen whether the last may go on
 * @param bare whether it goes by a vendor's name alone
 * @param scopes beginnings of the traits that it applies to; empty for every trait that is prose
 */
record ClaimRule(
    String words,
    Bigrams pairs,
    boolean endOpen,
    boolean bare,
    List<String> scopes,
    List<ClaimTemplate> templates) {
  private static final String PROSE = "*";
  private static final String CERTIFICATE = "subject";

  /** Reads {@code words | scopes | kind=value ; kind=value}. */
  static ClaimRule parse(String line) {
    return parse(line, false);
  }

  private static ClaimRule parse(String line, boolean bare) {
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
    String sought = Lower.of(endOpen ? words.substring(0, words.length() - 1) : words);
    return new ClaimRule(
        sought,
        Bigrams.of(sought),
        endOpen,
        bare,
        scopes.equals(PROSE) ? List.of() : List.of(scopes.split(", *", -1)),
        List.copyOf(templates));
  }

  /** A rule that says nothing but the vendor. */
  static ClaimRule vendor(String vendor, String words) {
    return parse(words + " | * | vendor=" + vendor, true);
  }

  boolean appliesTo(String trait, boolean prose) {
    if (scopes.isEmpty()) {
      // Certificates hold names of people's choice beside the maker's.
      return prose && (bare || !trait.endsWith(CERTIFICATE));
    }
    for (String scope : scopes) {
      if (trait.startsWith(scope)) {
        return true;
      }
    }
    return false;
  }

  /** Where the text has the words, other than within the name of a host; or -1. */
  int find(String lower) {
    int at = Lower.findWhole(lower, words, endOpen, 0);
    while (at >= 0 && isInHostName(lower, at)) {
      at = Lower.findWhole(lower, words, endOpen, at + 1);
    }
    return at;
  }

  /** Whether it stands between the dots of a name such as {@code mail.vendor.example}. */
  private boolean isInHostName(String lower, int at) {
    int behind = at + words.length();
    boolean dotBefore = at > 0 && (lower.charAt(at - 1) == '.' || lower.charAt(at - 1) == '@');
    boolean labelBehind =
        behind + 1 < lower.length()
            && lower.charAt(behind) == '.'
            && Lower.isLetter(lower.charAt(behind + 1));
    return dotBefore || labelBehind;
  }
}
