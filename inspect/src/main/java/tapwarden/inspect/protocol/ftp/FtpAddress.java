package tapwarden.inspect.protocol.ftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/**
 * Where a data connection is to go.
 *
 * @param address null where the text gives the port alone
 */
record FtpAddress(@Nullable IpAddress address, int port) {
  private static final int NUMBERS = 6;
  private static final int MOST_TEXT = 64;
  private static final int MOST_PORT = 0xFFFF;

  /**
   * Four numbers of an address and two of a port, as PORT has them (RFC 959 §5.3.2), and the reply
   * 227 somewhere in its text, mostly in parentheses.
   */
  static @Nullable FtpAddress parseNumbers(byte[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (isDigit(text[at]) && (at == start || !isDigit(text[at - 1]))) {
        FtpAddress found = numbersAt(text, at, end);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable FtpAddress numbersAt(byte[] text, int start, int end) {
    long value = 0;
    int at = start;
    for (int i = 0; i < NUMBERS; i++) {
      int number = 0;
      int first = at;
      while (at < end && at < first + 3 && isDigit(text[at])) {
        number = 10 * number + text[at++] - '0';
      }
      if (at == first || number > 0xFF) {
        return null;
      }
      value = value << 8 | number;
      if (i < NUMBERS - 1 && (at == end || text[at++] != ',')) {
        return null;
      }
    }
    return of(IpAddress.v4((int) (value >>> 16)), (int) value & MOST_PORT);
  }

  /**
   * Three fields between any delimiter, which begins and ends (RFC 2428 §2): {@code |1|192.0.2.1|
   * 6275|}; in the reply 229 the first two are empty, and it is in parentheses.
   */
  static @Nullable FtpAddress parseExtended(byte[] text, int start, int end) {
    if (start >= end) {
      return null;
    }
    byte delimiter = text[start];
    int[] bounds = new int[4];
    int found = 0;
    for (int at = start; at < end && at < start + MOST_TEXT && found < bounds.length; at++) {
      if (text[at] == delimiter) {
        bounds[found++] = at;
      }
    }
    if (found < bounds.length || isDigit(delimiter)) {
      return null;
    }
    int port = 0;
    for (int at = bounds[2] + 1; at < bounds[3]; at++) {
      if (!isDigit(text[at]) || port > MOST_PORT) {
        return null;
      }
      port = 10 * port + text[at] - '0';
    }
    int length = bounds[2] - bounds[1] - 1;
    if (length == 0) {
      return of(null, port);
    }
    IpAddress address = IpAddress.parse(new String(text, bounds[1] + 1, length, ISO_8859_1));
    return address == null ? null : of(address, port);
  }

  /** The same in a reply's text, behind an opening parenthesis. */
  static @Nullable FtpAddress parseExtendedReply(byte[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (text[at] == '(') {
        return parseExtended(text, at + 1, end);
      }
    }
    return null;
  }

  private static @Nullable FtpAddress of(@Nullable IpAddress address, int port) {
    return port == 0 || port > MOST_PORT ? null : new FtpAddress(address, port);
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
