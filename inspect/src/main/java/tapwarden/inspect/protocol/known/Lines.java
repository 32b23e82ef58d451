package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;

/** Lines of text in an opening. Places are bytes from its start. */
final class Lines {
  private Lines() {}

  /** The place of the line feed that ends the line; -1 if it is not shown. */
  static int end(Opening opening, int from) {
    for (int at = from; at < opening.length(); at++) {
      if (opening.u8(at) == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** The same without a carriage return before it. */
  static int textEnd(Opening opening, int lineFeed) {
    return lineFeed > 0 && opening.u8(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
  }

  /** Whether there is nothing but printable ASCII and tabs between the two places. */
  static boolean isPrintable(Opening opening, int from, int to) {
    for (int at = from; at < to; at++) {
      int c = opening.u8(at);
      if ((c < 0x20 || c > 0x7E) && c != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Whether what is shown may be the beginning of text: a line that is printable so far. */
  static boolean mayBeText(Opening opening) {
    int lineFeed = end(opening, 0);
    int to = lineFeed >= 0 ? textEnd(opening, lineFeed) : opening.length();
    if (lineFeed < 0 && to > 0 && opening.u8(to - 1) == '\r') {
      to--;
    }
    return isPrintable(opening, 0, to);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The first place from there on that is no digit, or the end of what is shown. */
  static int afterDigits(Opening opening, int from) {
    int at = from;
    while (at < opening.length() && isDigit(opening.u8(at))) {
      at++;
    }
    return at;
  }

  /** The first place of that byte between the two, or -1. */
  static int indexOf(Opening opening, int c, int from, int to) {
    for (int at = from; at < to; at++) {
      if (opening.u8(at) == c) {
        return at;
      }
    }
    return -1;
  }
}
