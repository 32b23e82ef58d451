package tapwarden.inspect.protocol.smtp;

/** Words of command lines, in any case of letters. */
final class SmtpLine {
  private SmtpLine() {}

  /** Whether the line begins with that word, given in upper case, and then a blank or nothing. */
  static boolean is(byte[] line, int length, String word) {
    return begins(line, length, word) && (length == word.length() || line[word.length()] == ' ');
  }

  static boolean begins(byte[] line, int length, String word) {
    if (length < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      int octet = line[i];
      if ((octet >= 'a' && octet <= 'z' ? octet - ('a' - 'A') : octet) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int skipBlanks(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] == ' ') {
      at++;
    }
    return at;
  }

  static int wordEnd(byte[] line, int from, int length) {
    int at = from;
    while (at < length && line[at] != ' ') {
      at++;
    }
    return at;
  }

  /** Where a path (RFC 5321 §4.1.2) ends: its local part may have blanks in quotes. */
  static int pathEnd(byte[] line, int from, int length) {
    boolean quoted = false;
    int at = from;
    while (at < length && (quoted || line[at] != ' ')) {
      if (line[at] == '"') {
        quoted = !quoted;
      } else if (line[at] == '\\') {
        at++;
      }
      at++;
    }
    return Math.min(at, length);
  }

  /** Whether it begins with a word of letters, as every command does. */
  static boolean isCommand(byte[] line, int length) {
    int end = wordEnd(line, 0, length);
    if (end == 0 || end > 16) {
      return false;
    }
    for (int i = 0; i < end; i++) {
      int letter = line[i] | 0x20;
      if ((letter < 'a' || letter > 'z') && line[i] != '-' && line[i] != ':') {
        return false;
      }
    }
    return true;
  }

  /** A number, or -1 where there is none, or a larger one than fits. */
  static long number(byte[] line, int from, int to) {
    if (from == to || to - from > 15) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return -1;
      }
      number = 10 * number + line[i] - '0';
    }
    return number;
  }
}
