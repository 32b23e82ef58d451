package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Reading of mail and news. What a server greets with is vague, and sure by its own words only. */
public final class Mail {
  private Mail() {}

  /** IMAP 4 (RFC 9051 §7.1, §2.2.1): the server's greeting, or a tag and a command. */
  public static final class Imap extends KnownProtocol {
    private static final int PORT = 143;
    private static final Words GREETING = Words.of("* OK ", "* PREAUTH ", "* BYE ");
    private static final Words OWN_WORDS = Words.of("IMAP", "[CAPABILITY ");
    private static final Words COMMANDS =
        Words.of(
            "CAPABILITY\r\n",
            "AUTHENTICATE ",
            "STARTTLS\r\n",
            "LOGIN ",
            "ID (",
            "ID NIL",
            "SELECT ",
            "NOOP\r\n",
            "LOGOUT\r\n");
    private static final int LONGEST_TAG = 12;

    public Imap() {
      super("imap", Carrier.TCP, FirstBytes.of('*', '.').and('0', '9').and('A', 'Z').and('a', 'z'));
    }

    @Override
    Recognition look(Opening opening) {
      return opening.u8(0) == '*' ? greeting(opening) : command(opening);
    }

    private static Recognition greeting(Opening opening) {
      Recognition said = GREETING.begin(opening);
      if (said != Recognition.YES) {
        return said;
      }
      int end = Lines.end(opening, 0);
      int to = end < 0 ? opening.length() : end;
      if (!Lines.mayBeText(opening)) {
        return Recognition.NO;
      }
      if (OWN_WORDS.isWithin(opening, 0, to)) {
        return Recognition.YES;
      }
      return end < 0 && to < Opening.MOST_BYTES ? Recognition.MORE : Recognition.LIKELY;
    }

    private static Recognition command(Opening opening) {
      int most = Math.min(opening.length(), LONGEST_TAG + 1);
      int tag = 0;
      boolean digit = false;
      while (tag < most && isTagCharacter(opening.u8(tag))) {
        digit |= Lines.isDigit(opening.u8(tag++));
      }
      if (tag == most) {
        return most > LONGEST_TAG ? Recognition.NO : Recognition.MORE;
      }
      if (tag == 0 || opening.u8(tag) != ' ') {
        return Recognition.NO;
      }
      Recognition command = COMMANDS.at(opening, tag + 1);
      if (command != Recognition.YES) {
        return command;
      }
      // Every client numbers its tags; what does not may be another's two words.
      return digit ? Recognition.YES : likelyOn(opening, PORT);
    }

    private static boolean isTagCharacter(int c) {
      return Lines.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '.';
    }
  }

  /** POP 3 (RFC 1939 §4, RFC 2449): the server's greeting, or a command that others lack. */
  public static final class Pop3 extends KnownProtocol {
    private static final int PORT = 110;
    private static final Words GREETING = Words.of("+OK");
    private static final Words OWN_WORDS = Words.of("POP");
    private static final Words OWN_COMMANDS = Words.of("CAPA\r\n", "APOP ", "STLS\r\n");
    private static final Words COMMANDS = Words.of("USER ", "AUTH");

    public Pop3() {
      super("pop3", Carrier.TCP, FirstBytes.ofText("+ACSU"));
    }

    @Override
    Recognition look(Opening opening) {
      if (opening.u8(0) == '+') {
        return greeting(opening);
      }
      Recognition own = OWN_COMMANDS.begin(opening);
      if (own != Recognition.NO || !opening.isPort(PORT)) {
        return own;
      }
      // FTP begins with the same words, but not there.
      return COMMANDS.begin(opening);
    }

    /** Redis says the same in answer to much. */
    private static Recognition greeting(Opening opening) {
      Recognition said = GREETING.begin(opening);
      if (said != Recognition.YES) {
        return said;
      }
      int end = Lines.end(opening, 0);
      int to = end < 0 ? opening.length() : end;
      if (!Lines.mayBeText(opening)) {
        return Recognition.NO;
      }
      int at = Lines.indexOf(opening, '<', 0, to);
      boolean stamp = at > 0 && Lines.indexOf(opening, '@', at, to) > 0;
      boolean stampEnds = stamp && Lines.indexOf(opening, '>', at, to) > 0;
      if (stampEnds || OWN_WORDS.isWithin(opening, 3, to)) {
        return Recognition.YES;
      }
      return end < 0 && to < Opening.MOST_BYTES ? Recognition.MORE : likelyOn(opening, PORT);
    }
  }

  /** Network news (RFC 3977 §5.1): a greeting that names it, or a command that others lack. */
  public static final class Nntp extends KnownProtocol {
    private static final int PORT = 119;
    private static final Words GREETING = Words.of("200 ", "201 ");
    private static final Words OWN_WORDS =
        Words.of("NNTP", "InterNetNews", "INN ", "posting ok", "posting allowed", "no posting");
    private static final Words COMMANDS =
        Words.of("MODE READER\r\n", "MODE STREAM\r\n", "AUTHINFO USER ", "XOVER ", "IHAVE <");

    public Nntp() {
      super("nntp", Carrier.TCP, FirstBytes.ofText("2AIMX"));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition command = COMMANDS.begin(opening);
      if (command != Recognition.NO) {
        return command;
      }
      Recognition greeting = GREETING.begin(opening);
      if (greeting != Recognition.YES) {
        return greeting;
      }
      int end = Lines.end(opening, 0);
      int to = end < 0 ? opening.length() : end;
      if (!Lines.mayBeText(opening)) {
        return Recognition.NO;
      }
      if (OWN_WORDS.isWithin(opening, 4, to)) {
        return Recognition.YES;
      }
      return end < 0 && to < Opening.MOST_BYTES ? Recognition.MORE : likelyOn(opening, PORT);
    }
  }
}
