package tapwarden.inspect.codec.http;

/**
 * Finds the empty line that ends a head, however the head is cut: what was seen is remembered in
 * one bit. A line ends with a line feed; carriage returns before it do not count (RFC 9112 §2.2).
 * In a response blanks do not either: there are clients that take such a line for empty.
 */
public final class HeadScanner {
  private boolean lineHasText;
  private boolean blanksCount = true;

  /** At the start of a line. */
  public void reset() {
    reset(false);
  }

  /**
   * At the start of a line.
   *
   * @param ofResponse whether the head is a response's, of HTTP
   */
  public void reset(boolean ofResponse) {
    lineHasText = false;
    blanksCount = !ofResponse;
  }

  /**
   * Looks through the next bytes.
   *
   * @return behind the empty line; -1 if it is not there
   */
  public int scan(byte[] bytes, int from, int to) {
    boolean text = lineHasText;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\n') {
        if (!text) {
          lineHasText = false;
          return at + 1;
        }
        text = false;
      } else if (b != '\r' && (blanksCount || !Ascii.isBlank(b))) {
        text = true;
      }
    }
    lineHasText = text;
    return -1;
  }
}
