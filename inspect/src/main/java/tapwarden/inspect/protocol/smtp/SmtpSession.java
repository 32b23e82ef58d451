package tapwarden.inspect.protocol.smtp;

import java.util.Arrays;

/** What is known of a connection beyond its mails. */
final class SmtpSession {
  private static final int MOST_HELO = 256;
  private static final int MOST_MECHANISM = 32;
  private static final byte[] NOTHING = {};

  /** What the client calls itself. */
  byte[] helo = NOTHING;

  /** By which the client authenticates (RFC 4954); in upper case. */
  byte[] mechanism = NOTHING;

  boolean authenticated;

  /** TLS follows. */
  boolean secured;

  void greets(byte[] line, int from, int to) {
    helo = Arrays.copyOfRange(line, from, Math.min(to, from + MOST_HELO));
  }

  /** A mechanism's name (RFC 4422 §3.1); anything else may be a secret. */
  void authenticates(byte[] line, int from, int to) {
    byte[] name = Arrays.copyOfRange(line, from, Math.min(to, from + MOST_MECHANISM));
    for (int i = 0; i < name.length; i++) {
      int octet = name[i];
      if (octet >= 'a' && octet <= 'z') {
        name[i] = (byte) (octet - ('a' - 'A'));
      } else if (!(octet >= 'A' && octet <= 'Z')
          && !(octet >= '0' && octet <= '9')
          && octet != '-'
          && octet != '_') {
        name = NOTHING;
      }
    }
    mechanism = name;
  }
}
