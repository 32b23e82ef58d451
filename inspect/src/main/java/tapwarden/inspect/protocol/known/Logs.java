package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** What devices write down elsewhere. */
public final class Logs {
  private Logs() {}

  /**
   * Syslog (RFC 5424 §6, RFC 3164 §4): a priority up to 191 in angle brackets, then version 1 or a
   * month; other text only at its ports. Over TCP perhaps behind its length (RFC 6587 §3.4.1).
   */
  public static final class Syslog extends KnownProtocol {
    private static final int[] PORTS = {514, 601, 1514};
    private static final int MOST_PRIORITY = 191;
    private static final Words SURE =
        Words.of(
            "1 2", "1 - ", "jan ", "feb ", "mar ", "apr ", "may ", "jun ", "jul ", "aug ", "sep ",
            "oct ", "nov ", "dec ");
    private static final int SHOWN_TEXT = 32;

    public Syslog() {
      super("syslog", Carrier.BOTH, FirstBytes.of('<').and('0', '9'));
    }

    @Override
    Recognition look(Opening opening) {
      if (!opening.isStream() || opening.u8(0) == '<') {
        return message(opening, 0);
      }
      int length = Lines.afterDigits(opening, 0);
      if (length == opening.length()) {
        return length <= 5 ? Recognition.MORE : Recognition.NO;
      }
      return length == 0 || length > 5 || opening.u8(length) != ' '
          ? Recognition.NO
          : message(opening, length + 1);
    }

    private static Recognition message(Opening opening, int at) {
      if (at >= opening.length()) {
        return Recognition.MORE;
      }
      int end = Lines.afterDigits(opening, at + 1);
      int digits = end - at - 1;
      if (opening.u8(at) != '<' || digits > 3) {
        return Recognition.NO;
      }
      if (end >= opening.length()) {
        return Recognition.MORE;
      }
      if (digits == 0 || opening.u8(end) != '>' || priority(opening, at + 1, end) < 0) {
        return Recognition.NO;
      }
      Recognition sure = SURE.at(opening, end + 1);
      if (sure != Recognition.NO) {
        return sure;
      }
      int shown = Math.min(opening.length(), end + 1 + SHOWN_TEXT);
      return isText(opening, end + 1, shown) ? likelyOn(opening, PORTS) : Recognition.NO;
    }

    /** The number; -1 if it is too large or has a zero before it. */
    private static int priority(Opening opening, int from, int to) {
      int number = 0;
      for (int at = from; at < to; at++) {
        number = number * 10 + opening.u8(at) - '0';
      }
      boolean padded = to - from > 1 && opening.u8(from) == '0';
      return padded || number > MOST_PRIORITY ? -1 : number;
    }

    /** Printable or of UTF-8, and at least a byte. */
    private static boolean isText(Opening opening, int from, int to) {
      for (int at = from; at < to; at++) {
        int c = opening.u8(at);
        if (c < 0x20 && c != '\t' && c != '\r' && c != '\n') {
          return false;
        }
      }
      return to > from;
    }
  }
}
