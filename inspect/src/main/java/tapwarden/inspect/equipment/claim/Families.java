package tapwarden.inspect.equipment.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which vendors are the same house, and which roles the same kind of device, so that only what
 * really differs is called a contradiction ({@code families.txt}).
 */
public final class Families {
  private static final String RESOURCE = "families.txt";

  /** Each with the names of one house, in lower case. */
  private final List<List<String>> vendors = new ArrayList<>();

  private final List<List<String>> roles = new ArrayList<>();

  Families(Iterable<String> lines) {
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(":", 2);
      List<String> members = List.of(parts[1].toLowerCase(Locale.ROOT).strip().split(" *, *", -1));
      switch (parts[0].strip()) {
        case "vendors" -> vendors.add(members);
        case "roles" -> roles.add(members);
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  /** The families that come with the product. */
  public static Families standard() {
    return Holder.STANDARD;
  }

  /** Whether the guess cannot be true together with what is declared. */
  public boolean contradicts(Guess guess, @Nullable String vendor, @Nullable String role) {
    return switch (guess.kind()) {
      case VENDOR -> vendor != null && differByVendor(vendor, guess.value());
      case ROLE -> role != null && differByRole(role, guess.value());
      case MODEL, FIRMWARE, SOFTWARE -> false;
    };
  }

  private boolean differByVendor(String declared, String claimed) {
    String a = declared.toLowerCase(Locale.ROOT);
    String b = claimed.toLowerCase(Locale.ROOT);
    if (hasWord(a, b) || hasWord(b, a)) {
      return false;
    }
    for (List<String> house : vendors) {
      if (house.contains(b)) {
        for (String name : house) {
          if (hasWord(a, name)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Only two roles that are both known can differ. */
  private boolean differByRole(String declared, String claimed) {
    int a = kindOf(declared);
    int b = kindOf(claimed);
    return a >= 0 && b >= 0 && a != b;
  }

  private int kindOf(String role) {
    String word = role.toLowerCase(Locale.ROOT);
    for (int i = 0; i < roles.size(); i++) {
      if (roles.get(i).contains(word)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasWord(String text, String words) {
    return !words.isBlank() && Lower.findWhole(text, words, false, 0) >= 0;
  }

  private static final class Holder {
    static final Families STANDARD = new Families(ClaimRules.lines(RESOURCE));
  }
}
