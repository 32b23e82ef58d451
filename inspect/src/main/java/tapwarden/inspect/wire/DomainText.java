package tapwarden.inspect.wire;

/**
 * Domain names as text: labels joined by dots, a dot or a backslash within a label preceded by a
 * backslash (RFC 1035 §5.1, RFC 4343 §2.1). One label {@code a\.b} is not two.
 */
public final class DomainText {
  private DomainText() {}

  /** Whether the byte at {@code at} is a dot between labels of the name that starts at from. */
  public static boolean isSeparator(byte[] text, int from, int at) {
    if (text[at] != '.') {
      return false;
    }
    int escapes = at;
    while (escapes > from && text[escapes - 1] == '\\') {
      escapes--;
    }
    return (at - escapes & 1) == 0;
  }

  /** The same for characters; the name starts at the first. */
  public static boolean isSeparator(CharSequence text, int at) {
    if (text.charAt(at) != '.') {
      return false;
    }
    int escapes = at;
    while (escapes > 0 && text.charAt(escapes - 1) == '\\') {
      escapes--;
    }
    return (at - escapes & 1) == 0;
  }

  /** Whether {@code name} is {@code ancestor} or below it; both in lower case. */
  public static boolean isAtOrBelow(String name, String ancestor) {
    int start = name.length() - ancestor.length();
    return name.endsWith(ancestor) && (start == 0 || isSeparator(name, start - 1));
  }
}
