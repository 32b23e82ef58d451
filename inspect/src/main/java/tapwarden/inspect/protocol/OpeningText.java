package tapwarden.inspect.protocol;

/** Reads what a side says first as lines of text, letters in any case. */
public final class OpeningText {
  private static final int LF = '\n';
  private static final int CODE_DIGITS = 3;

  private OpeningText() {}

  /** Whether there is nothing but printable bytes, those beyond ASCII too, and blanks. */
  public static boolean isText(Opening opening) {
    for (int i = 0; i < opening.length(); i++) {
      int octet = opening.u8(i);
      if (octet < ' ' && octet != '\r' && octet != LF && octet != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Bytes of the first line without its end; all there is if it has none. */
  public static int lineLength(Opening opening) {
    int length = 0;
    while (length < opening.length() && opening.u8(length) != LF) {
      length++;
    }
    return length > 0 && opening.u8(length - 1) == '\r' ? length - 1 : length;
  }

  /** Whether the first line is whole, or more of it will not be shown. */
  public static boolean hasLine(Opening opening) {
    if (opening.length() == Opening.MOST_BYTES) {
      return true;
    }
    for (int i = 0; i < opening.length(); i++) {
      if (opening.u8(i) == LF) {
        return true;
      }
    }
    return false;
  }

  /**
   * The number that a reply begins with, as those of FTP and SMTP do, before a blank or a hyphen.
   *
   * @return 0 if the bytes are too few to tell, -1 if there is none
   */
  public static int replyCode(Opening opening) {
    int code = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      if (i == opening.length()) {
        return 0;
      }
      int octet = opening.u8(i);
      if (octet < (i == 0 ? '1' : '0') || octet > '9') {
        return -1;
      }
      code = 10 * code + octet - '0';
    }
    if (opening.length() == CODE_DIGITS) {
      return 0;
    }
    int next = opening.u8(CODE_DIGITS);
    return next == ' ' || next == '-' ? code : -1;
  }

  /** Whether it begins with that word, given in upper case; MORE where only a part is there. */
  public static Recognition begins(Opening opening, String word) {
    int shown = Math.min(word.length(), opening.length());
    return !matches(opening, 0, word, shown)
        ? Recognition.NO
        : shown == word.length() ? Recognition.YES : Recognition.MORE;
  }

  /** Whether that word, given in upper case, is anywhere in it. */
  public static boolean has(Opening opening, String word) {
    for (int at = 0; at + word.length() <= opening.length(); at++) {
      if (matches(opening, at, word, word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(Opening opening, int at, String word, int length) {
    for (int i = 0; i < length; i++) {
      int octet = opening.u8(at + i);
      int upper = octet >= 'a' && octet <= 'z' ? octet - ('a' - 'A') : octet;
      if (upper != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
