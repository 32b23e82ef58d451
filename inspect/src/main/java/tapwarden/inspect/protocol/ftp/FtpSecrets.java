package tapwarden.inspect.protocol.ftp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import tapwarden.inspect.codec.http.Ascii;

/**
 * Where a password stands in a line: behind a word that asks for one. Servers repeat lines that
 * they do not take, and what they do not take may be such a word with something before it.
 */
final class FtpSecrets {
  /** How the words end; longer ones first. */
  private static final String[] WORDS = {"PASSWD", "PASS", "PSWD", "ACCT"};

  private static final byte[][] LOWER_CASE = new byte[WORDS.length][];

  static {
    for (int i = 0; i < WORDS.length; i++) {
      LOWER_CASE[i] = WORDS[i].toLowerCase(java.util.Locale.ROOT).getBytes(US_ASCII);
    }
  }

  private FtpSecrets() {}

  /**
   * Whether what follows a command is a secret.
   *
   * @param command in upper case
   */
  static boolean isBefore(String command) {
    for (String word : WORDS) {
      if (command.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where a secret starts; {@code end} if there is none.
   *
   * @param withinWords whether letters may stand before a word, as where it is unknown
   */
  static int start(byte[] line, int start, int end, boolean withinWords) {
    for (int at = start; at < end; at++) {
      byte first = Ascii.lower(line[at]);
      if ((first == 'p' || first == 'a')
          && (withinWords || at == start || !isLetter(line[at - 1]))) {
        int wordEnd = wordEnd(line, at, end);
        if (wordEnd > at && Ascii.skipBlanks(line, wordEnd, end) > wordEnd) {
          return wordEnd;
        }
      }
    }
    return end;
  }

  private static int wordEnd(byte[] line, int at, int end) {
    for (byte[] word : LOWER_CASE) {
      if (Ascii.begins(line, at, end, word)) {
        return at + word.length;
      }
    }
    return at;
  }

  private static boolean isLetter(byte b) {
    byte lower = Ascii.lower(b);
    return lower >= 'a' && lower <= 'z';
  }
}
