package tapwarden.inspect.codec.http;

/**
 * The parts of an authority, {@code user:password@host:port} (RFC 3986 §3.2), in place. Read as
 * those do who take passwords as they were typed.
 */
public final class HostPort {
  /** {@link #port} of an authority that gives none, or none that can be one. */
  public static final int NO_PORT = -1;

  private static final int MOST_PORT = 65_535;

  /** An IPv6 address with brackets and a zone. */
  private static final int MOST_BRACKETED = 64;

  private HostPort() {}

  /**
   * Where the host of an authority starts: behind its last at sign. It ends with a slash, and the
   * like; not so behind a colon and what is no port, for that is a password.
   *
   * @param start where the authority does
   */
  public static int hostStart(byte[] text, int start, int end) {
    int host = start;
    boolean hasColon = false;
    boolean isPassword = false;
    int at = start;
    while (at < end && (isPassword || !endsAuthority(text[at]))) {
      byte b = text[at];
      if (b == '[' && at == host) {
        int most = Math.min(end, at + MOST_BRACKETED);
        int bracket = Ascii.find(text, at, most, ']');
        at = bracket < most ? bracket : at;
      } else if (b == '@') {
        host = at + 1;
        hasColon = false;
        isPassword = false;
      } else if (b == ':') {
        hasColon = true;
      } else {
        isPassword |= hasColon && !Ascii.isDigit(b);
      }
      at++;
    }
    return host;
  }

  /**
   * Where the host ends: behind the bracket of an IPv6 address, else before the colon.
   *
   * @param hostStart as {@link #hostStart} has it
   * @param end where the authority does
   */
  public static int hostEnd(byte[] text, int hostStart, int end) {
    if (hostStart < end && text[hostStart] == '[') {
      return Math.min(end, Ascii.find(text, hostStart, end, ']') + 1);
    }
    return Ascii.find(text, hostStart, end, ':');
  }

  /** The port behind the host; {@link #NO_PORT} if there is none. */
  public static int port(byte[] text, int hostEnd, int end) {
    if (hostEnd >= end || text[hostEnd] != ':') {
      return NO_PORT;
    }
    long port = Ascii.number(text, hostEnd + 1, end);
    return port > 0 && port <= MOST_PORT ? (int) port : NO_PORT;
  }

  private static boolean endsAuthority(byte b) {
    return isSlash(b) || b == '?' || b == '#' || endsAddress(b);
  }

  /** What stands around an address in text. */
  static boolean endsAddress(byte b) {
    return (b >= 0 && b <= ' ') || b == '<' || b == '>' || b == '"';
  }

  static boolean isSlash(byte b) {
    return b == '/' || b == '\\';
  }
}
