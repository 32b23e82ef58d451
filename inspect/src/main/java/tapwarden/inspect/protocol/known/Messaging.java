package tapwarden.inspect.protocol.known;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Messages between people and between programs. */
public final class Messaging {
  private Messaging() {}

  /** AMQP 0-8 to 1.0: the word, and a version of which one number at most is above ten. */
  public static final class Amqp extends KnownProtocol {
    private static final byte[] WORD = "AMQP".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 8;

    public Amqp() {
      super("amqp", Carrier.TCP, FirstBytes.of('A'));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition word = opening.begins(WORD);
      if (word != Recognition.YES || opening.length() < LENGTH) {
        return word == Recognition.NO ? word : Recognition.MORE;
      }
      boolean small = true;
      for (int at = WORD.length; at < LENGTH; at++) {
        small &= opening.u8(at) <= 10;
      }
      return yesIf(small);
    }
  }

  /**
   * XMPP (RFC 6120 §4.2), called jabber in EVE: a stream's opening tag, perhaps after XML's own.
   */
  public static final class Jabber extends KnownProtocol {
    private static final Words STREAM = Words.of("<stream:stream ", "<stream:stream>");
    private static final Words DECLARATION = Words.of("<?xml ");
    private static final int MOST_DECLARATION_BYTES = 128;

    public Jabber() {
      super("jabber", Carrier.TCP, FirstBytes.of('<'));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition stream = STREAM.begin(opening);
      if (stream != Recognition.NO) {
        return stream;
      }
      Recognition declaration = DECLARATION.begin(opening);
      if (declaration != Recognition.YES) {
        return declaration;
      }
      int most = Math.min(opening.length(), MOST_DECLARATION_BYTES);
      int at = Lines.indexOf(opening, '>', 0, most);
      if (at < 0) {
        return most == MOST_DECLARATION_BYTES ? Recognition.NO : Recognition.MORE;
      }
      do {
        at++;
      } while (at < opening.length() && opening.u8(at) <= ' ');
      return STREAM.at(opening, at);
    }
  }

  /** Internet relay chat (RFC 2812 §3, and capability negotiation): either side's first words. */
  public static final class Irc extends KnownProtocol {
    private static final Words CAPABILITIES = Words.of("CAP LS", "CAP REQ ");
    private static final Words NICK = Words.of("NICK ");
    private static final Words USER = Words.of("USER ");
    private static final Words PASS = Words.of("PASS ");
    private static final Words JOIN = Words.of("JOIN #", "JOIN &");
    private static final Words SERVER = Words.of("NOTICE AUTH :", "NOTICE * :");
    private static final Words NUMBERED = Words.of("NOTICE ", "001 ", "020 ", "433 ", "451 ");
    private static final int LONGEST_NICK = 64;

    public Irc() {
      super("irc", Carrier.TCP, FirstBytes.ofText(":CJNPU"));
    }

    @Override
    Recognition look(Opening opening) {
      return opening.u8(0) == ':' ? prefixed(opening) : line(opening, 0, 1);
    }

    /** A line; of another one, if what goes before it proves nothing. */
    private static Recognition line(Opening opening, int at, int further) {
      int nick = NICK.lengthAt(opening, at);
      if (nick > 0) {
        return nick(opening, at + nick);
      }
      Recognition known = CAPABILITIES.at(opening, at);
      known = known == Recognition.NO ? SERVER.at(opening, at) : known;
      known = known == Recognition.NO ? JOIN.at(opening, at) : known;
      if (known == Recognition.YES || known == Recognition.MORE || nick < 0) {
        return known == Recognition.NO ? Recognition.MORE : known;
      }
      int user = USER.lengthAt(opening, at);
      if (user != 0) {
        return user < 0 ? Recognition.MORE : user(opening, at + user);
      }
      int pass = further == 0 ? 0 : PASS.lengthAt(opening, at);
      if (pass == 0) {
        return Recognition.NO;
      }
      int end = Lines.end(opening, at);
      return pass < 0 || end < 0 ? Recognition.MORE : line(opening, end + 1, further - 1);
    }

    /** A name of one word, and no more in the line. */
    private static Recognition nick(Opening opening, int from) {
      int end = Lines.end(opening, from);
      int to = end < 0 ? opening.length() : Lines.textEnd(opening, end);
      boolean plausible = to - from <= LONGEST_NICK + 1;
      for (int at = from; plausible && at < to; at++) {
        int c = opening.u8(at);
        plausible = (c > ' ' && c < 0x7F) || (c == '\r' && end < 0 && at == to - 1);
      }
      if (!plausible || (end >= 0 && to == from)) {
        return Recognition.NO;
      }
      return end < 0 ? Recognition.MORE : Recognition.YES;
    }

    /** Four words of which the last begins with a colon; FTP and POP3 have one. */
    private static Recognition user(Opening opening, int from) {
      int end = Lines.end(opening, from);
      int to = end < 0 ? opening.length() : Lines.textEnd(opening, end);
      int at = from;
      for (int word = 0; word < 3; word++) {
        int space = Lines.indexOf(opening, ' ', at, to);
        if (space < 0) {
          return end < 0 && Lines.mayBeText(opening) ? Recognition.MORE : Recognition.NO;
        }
        if (space == at) {
          return Recognition.NO;
        }
        at = space + 1;
      }
      if (at >= to) {
        return end < 0 ? Recognition.MORE : Recognition.NO;
      }
      return yesIf(opening.u8(at) == ':' || Lines.indexOf(opening, ' ', at, to) < 0);
    }

    /** A server's line: a colon, its name, then what it says. */
    private static Recognition prefixed(Opening opening) {
      int most = Math.min(opening.length(), 1 + LONGEST_NICK);
      int space = Lines.indexOf(opening, ' ', 1, most);
      if (!Lines.isPrintable(opening, 1, space < 0 ? most : space) || space == 1) {
        return Recognition.NO;
      }
      if (space < 0) {
        return most == 1 + LONGEST_NICK ? Recognition.NO : Recognition.MORE;
      }
      return NUMBERED.at(opening, space + 1);
    }
  }
}
