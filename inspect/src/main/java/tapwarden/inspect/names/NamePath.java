package tapwarden.inspect.names;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The names from a question to an address, as they lie in a message: the question first, then its
 * aliases. Reused; the bytes must stay while it is in use.
 */
public final class NamePath {
  /** Most names kept: the question and the aliases next to it. Real answers have up to six. */
  public static final int MOST_NAMES = 8;

  private final int[] start = new int[MOST_NAMES];
  private final int[] length = new int[MOST_NAMES];
  private byte[] text = new byte[0];
  private int count;

  /** Starts anew with names in {@code bytes}: lower-case, without a dot at the end. */
  public NamePath clear(byte[] bytes) {
    text = bytes;
    count = 0;
    return this;
  }

  /** Appends a name. Beyond {@link #MOST_NAMES} the last is replaced: it owns the address. */
  public NamePath add(int offset, int bytes) {
    int at = Math.min(count, MOST_NAMES - 1);
    start[at] = offset;
    length[at] = bytes;
    count = at + 1;
    return this;
  }

  /** A hash of the names and of where each ends. */
  long hash(long secret) {
    long hash = secret;
    for (int n = 0; n < count; n++) {
      for (int i = start[n], end = start[n] + length[n]; i < end; i++) {
        hash = (hash ^ text[i]) * 0x100000001B3L;
        hash ^= hash >>> 29;
      }
      hash = (hash ^ length[n]) * 0x9E3779B97F4A7C15L;
    }
    return hash;
  }

  boolean isSame(KnownName known) {
    if (known.aliases().size() != count - 1 || !isSame(0, known.name())) {
      return false;
    }
    for (int n = 1; n < count; n++) {
      if (!isSame(n, known.aliases().get(n - 1))) {
        return false;
      }
    }
    return true;
  }

  private boolean isSame(int n, String name) {
    if (name.length() != length[n]) {
      return false;
    }
    for (int i = 0; i < length[n]; i++) {
      if (name.charAt(i) != (text[start[n] + i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  KnownName toKnownName() {
    List<String> aliases = new ArrayList<>(count - 1);
    for (int n = 1; n < count; n++) {
      aliases.add(text(n));
    }
    return new KnownName(text(0), aliases);
  }

  private String text(int n) {
    return new String(text, start[n], length[n], StandardCharsets.ISO_8859_1);
  }
}
