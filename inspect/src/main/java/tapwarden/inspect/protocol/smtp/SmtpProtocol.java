package tapwarden.inspect.protocol.smtp;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.OpeningText;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Recognises SMTP by the server's greeting, which FTP begins alike ({@code 220}), so that it must
 * name SMTP or be on a port of it, or by the client's.
 */
final class SmtpProtocol implements Protocol {
  /** Longest line that is kept; RFC 5321 §4.5.3.1 asks for 1,000. */
  static final int MOST_LINE_BYTES = 4_096;

  private static final int[] PORTS = {24, 25, 26, 587, 2_525};
  private static final int PORT_OF_FTP = 21;
  private static final int GREETING = 220;
  private static final int MOST_CODE = 559;
  private static final String[] SURE_COMMANDS = {"EHLO", "LHLO", "MAIL FROM:", "RCPT TO:"};
  private static final String HELO = "HELO";

  final StreamMemory memory;

  /** The line at hand. */
  final byte[] line = new byte[MOST_LINE_BYTES];

  SmtpProtocol(ProtocolContext context) {
    memory = context.memory();
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new SmtpReader(this);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    boolean isReply = firstByte >= '1' && firstByte <= '5';
    int letter = firstByte | 0x20;
    return isStream && (isReply || "ehlmr".indexOf(letter) >= 0);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.length() == 0 || !mayBegin(opening.isStream(), opening.u8(0))) {
      return Recognition.NO;
    }
    if (!OpeningText.isText(opening)) {
      return Recognition.NO;
    }
    int code = OpeningText.replyCode(opening);
    return code < 0 ? command(opening) : reply(opening, code);
  }

  private static boolean isOnPort(Opening opening) {
    for (int port : PORTS) {
      if (opening.isPort(port)) {
        return true;
      }
    }
    return false;
  }

  private static Recognition reply(Opening opening, int code) {
    boolean onPort = isOnPort(opening);
    if (code > MOST_CODE || (code != GREETING && code != 0 && !onPort)) {
      return Recognition.NO;
    }
    if (code == 0 || !OpeningText.hasLine(opening)) {
      return Recognition.MORE;
    }
    if (OpeningText.has(opening, "SMTP")) {
      return Recognition.YES;
    }
    if (OpeningText.has(opening, "FTP")) {
      return Recognition.NO;
    }
    boolean namesMail = OpeningText.has(opening, "MAIL");
    if (onPort || namesMail) {
      return Recognition.LIKELY;
    }
    return opening.isPort(PORT_OF_FTP) ? Recognition.NO : Recognition.MORE;
  }

  private static Recognition command(Opening opening) {
    for (String word : SURE_COMMANDS) {
      Recognition begins = OpeningText.begins(opening, word);
      if (begins != Recognition.NO) {
        return begins == Recognition.YES ? behind(opening, word, begins) : begins;
      }
    }
    Recognition begins = OpeningText.begins(opening, HELO);
    return begins == Recognition.YES ? behind(opening, HELO, Recognition.LIKELY) : begins;
  }

  /** A word ends with a colon, or is followed by a blank or the line's end. */
  private static Recognition behind(Opening opening, String word, Recognition then) {
    if (word.endsWith(":")) {
      return then;
    }
    if (opening.length() == word.length()) {
      return Recognition.MORE;
    }
    int next = opening.u8(word.length());
    return next == ' ' || next == '\r' || next == '\n' ? then : Recognition.NO;
  }
}
