package tapwarden.inspect.protocol.telnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Sees in text, byte by byte, whether it asks for a name or a password. */
final class Prompts {
  private static final byte[][] NAMES = {
    "login".getBytes(US_ASCII),
    "username".getBytes(US_ASCII),
    "user name".getBytes(US_ASCII),
    "user".getBytes(US_ASCII),
    "login as".getBytes(US_ASCII),
    "account".getBytes(US_ASCII)
  };
  private static final byte[][] PASSWORDS = {
    "password".getBytes(US_ASCII), "passwd".getBytes(US_ASCII), "passcode".getBytes(US_ASCII)
  };
  private static final int MOST = 16;

  /** The last letters, in lower case, the newest last. */
  private final byte[] tail = new byte[MOST];

  private boolean forName;
  private boolean forPassword;

  void take(int octet) {
    if (octet == ':') {
      forName |= endsWithAny(NAMES);
      forPassword |= endsWithAny(PASSWORDS);
    }
    if (octet == ' ' && tail[MOST - 1] == ' ') {
      return;
    }
    System.arraycopy(tail, 1, tail, 0, MOST - 1);
    tail[MOST - 1] = (byte) (octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet);
  }

  boolean asksForName() {
    return forName;
  }

  boolean asksForPassword() {
    return forPassword;
  }

  private boolean endsWithAny(byte[][] words) {
    int end = tail[MOST - 1] == ' ' ? MOST - 1 : MOST;
    for (byte[] word : words) {
      int at = 0;
      while (at < word.length && tail[end - word.length + at] == word[at]) {
        at++;
      }
      if (at == word.length) {
        return true;
      }
    }
    return false;
  }
}
