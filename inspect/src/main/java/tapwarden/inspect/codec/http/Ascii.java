package tapwarden.inspect.codec.http;

/** Text of the wire, in place: bytes from {@code start} up to and without {@code end}. */
public final class Ascii {
  private static final int MOST_DIGITS = 18;

  private Ascii() {}

  /** The letter in lower case; all else as it is. */
  public static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }

  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** What may stand between the words of a start line (RFC 9112 §3), bare CR included. */
  public static boolean isSeparator(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r' && b != '\n');
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** What methods and header names are made of (RFC 9110 §5.6.2). */
  public static boolean isToken(byte b) {
    return switch (b) {
      case '!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~' -> true;
      default -> isDigit(b) || (lower(b) >= 'a' && lower(b) <= 'z');
    };
  }

  /** Whether it is that word, whatever the case. */
  public static boolean is(byte[] text, int start, int end, byte[] lowerCaseWord) {
    return end - start == lowerCaseWord.length && begins(text, start, end, lowerCaseWord);
  }

  /** Whether it begins with that word, whatever the case. */
  public static boolean begins(byte[] text, int start, int end, byte[] lowerCaseWord) {
    if (end - start < lowerCaseWord.length) {
      return false;
    }
    for (int i = 0; i < lowerCaseWord.length; i++) {
      if (lower(text[start + i]) != lowerCaseWord[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where that byte is first; {@code end} if it is not there. */
  public static int find(byte[] text, int start, int end, int wanted) {
    int at = start;
    while (at < end && text[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Behind the blanks at the start. */
  public static int skipBlanks(byte[] text, int start, int end) {
    int at = start;
    while (at < end && isBlank(text[at])) {
      at++;
    }
    return at;
  }

  /** Before the blanks, and the carriage returns, at the end. */
  public static int trimEnd(byte[] text, int start, int end) {
    int at = end;
    while (at > start && (isBlank(text[at - 1]) || text[at - 1] == '\r')) {
      at--;
    }
    return at;
  }

  /**
   * The number that it is; -1 if it is none, or has more than 18 digits behind zeros. Digits only:
   * a sign is none.
   */
  public static long number(byte[] text, int start, int end) {
    int first = start;
    while (first < end - 1 && text[first] == '0') {
      first++;
    }
    if (start >= end || end - first > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = first; i < end; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      number = number * 10 + text[i] - '0';
    }
    return number;
  }
}
