package tapwarden.inspect.equipment.claim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The table of known texts. The first rule that says something of a kind is believed, so the
 * particular ones come first and the bare names of vendors last. The cost is linear in the text.
 */
public final class ClaimRules {
  /** Longest text that is looked at, in characters. */
  static final int MOST_CHARS = 1024;

  private static final String RESOURCE = "claims.txt";
  private static final String VENDOR_MARK = "= ";

  /** Traits that are no prose: names that people give, addresses, fingerprints, others' words. */
  private static final List<String> NO_PROSE =
      List.of(
          "name",
          "fqdn",
          "ja3",
          "ja4",
          "hassh",
          "fingerprint",
          "user-agent",
          "location",
          "contact",
          "address",
          "uuid",
          "usn",
          "community",
          "parameters",
          "id");

  private final List<ClaimRule> rules = new ArrayList<>();

  ClaimRules(Iterable<String> lines) {
    List<ClaimRule> vendors = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(VENDOR_MARK)) {
        String[] parts = line.substring(VENDOR_MARK.length()).split(":", 2);
        for (String words : parts[1].split(",", -1)) {
          vendors.add(ClaimRule.vendor(parts[0].strip(), words.strip()));
        }
      } else {
        rules.add(ClaimRule.parse(line));
      }
    }
    rules.addAll(vendors);
  }

  /** The table that comes with the product. */
  public static ClaimRules standard() {
    return Holder.STANDARD;
  }

  List<ClaimRule> rules() {
    return rules;
  }

  /**
   * What a device says of itself with that text, at most one guess of each kind.
   *
   * @param trait the word for what the text is, such as {@code ssh-banner}
   */
  public List<Guess> guesses(String trait, String text) {
    String said = text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    String lower = Lower.of(said);
    Bigrams pairs = Bigrams.of(lower);
    boolean prose = isProse(trait);
    Map<ClaimKind, String> found = new EnumMap<>(ClaimKind.class);
    for (ClaimRule rule : rules) {
      boolean isSought = pairs.mayContain(rule.pairs()) && rule.appliesTo(trait, prose);
      int at = isSought ? rule.find(lower) : -1;
      if (at < 0) {
        continue;
      }
      for (ClaimTemplate template : rule.templates()) {
        if (!found.containsKey(template.kind())) {
          String value = template.valueOf(said, lower, at);
          if (value != null) {
            found.put(template.kind(), value);
          }
        }
      }
    }
    return found.entrySet().stream().map(e -> new Guess(e.getKey(), e.getValue())).toList();
  }

  /** Whether the device's vendor may have written the text. */
  static boolean isProse(String trait) {
    for (String end : NO_PROSE) {
      if (trait.endsWith(end)) {
        return false;
      }
    }
    return true;
  }

  static List<String> lines(String resource) {
    try (InputStream in = ClaimRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final ClaimRules STANDARD = new ClaimRules(lines(RESOURCE));
  }
}
