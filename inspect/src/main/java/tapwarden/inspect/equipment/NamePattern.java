package tapwarden.inspect.equipment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.DomainText;

/**
 * A host name ({@code host.example}) or everything below one ({@code *.example}, any depth, not
 * {@code example} itself). Compared label by label, without regard to ASCII case or a final dot; an
 * escaped dot parts no labels, see {@link DomainText}.
 */
final class NamePattern {
  private static final int MOST_CHARACTERS = 253;

  private final String name;
  private final boolean below;

  private NamePattern(String name, boolean below) {
    this.name = name;
    this.below = below;
  }

  /** Null if the text is neither form. */
  static @Nullable NamePattern parse(String text) {
    boolean below = text.startsWith("*.");
    String name = (below ? text.substring(2) : text).toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.isEmpty() || name.length() > MOST_CHARACTERS) {
      return null;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean emptyLabel = c == '.' && (i == 0 || name.charAt(i - 1) == '.');
      boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (emptyLabel || (!allowed && c != '.')) {
        return null;
      }
    }
    return name.endsWith(".") ? null : new NamePattern(name, below);
  }

  boolean matches(CharSequence candidate) {
    int end = candidate.length();
    if (end > 0 && DomainText.isSeparator(candidate, end - 1)) {
      end--;
    }
    int start = end - name.length();
    if (below ? start < 2 || !DomainText.isSeparator(candidate, start - 1) : start != 0) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (lower(candidate.charAt(start + i)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
