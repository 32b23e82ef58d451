package tapwarden.inspect.protocol.ftp;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.OpeningText;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Recognises FTP by the server's greeting, which SMTP begins alike ({@code 220}), so that it must
 * name FTP or be on its port, or by what the client says first.
 */
final class FtpProtocol implements Protocol {
  static final int PORT = 21;

  /** Longest line that is kept. */
  static final int MOST_LINE_BYTES = 4_096;

  private static final int POP3_PORT = 110;
  private static final int GREETING = 220;
  private static final int MOST_CODE = 559;

  private static final String[] SURE_COMMANDS = {"AUTH TLS", "AUTH SSL"};

  /** POP3 has {@code USER} too, but a server that greets otherwise. */
  private static final String[] COMMANDS = {
    "USER ", "FEAT", "SYST", "PASV", "EPSV", "PORT ", "EPRT ", "STOR "
  };

  private static final String[] COMMANDS_ON_PORT = {
    "USER ", "FEAT", "SYST", "PASV", "EPSV", "PORT ", "EPRT ", "STOR ", "PASS ", "TYPE ", "CWD ",
    "PWD", "LIST", "NLST", "RETR ", "HELP", "OPTS ", "CLNT ", "QUIT", "NOOP", "SIZE ", "MDTM "
  };

  final StreamMemory memory;

  /** The line at hand. */
  final byte[] line = new byte[MOST_LINE_BYTES];

  FtpProtocol(ProtocolContext context) {
    memory = context.memory();
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new FtpReader(this);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    boolean isReply = firstByte >= '1' && firstByte <= '5';
    int letter = firstByte | 0x20;
    return isStream && (isReply || (letter >= 'a' && letter <= 'z'));
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.length() == 0 || !mayBegin(opening.isStream(), opening.u8(0))) {
      return Recognition.NO;
    }
    // Where a connection was taken up late the sides may be exchanged.
    int code = OpeningText.replyCode(opening);
    return code < 0 ? command(opening) : reply(opening, code);
  }

  private static Recognition reply(Opening opening, int code) {
    boolean onPort = opening.isPort(PORT);
    if (!OpeningText.isText(opening) || code > MOST_CODE) {
      return Recognition.NO;
    }
    if (code != GREETING && code != 0 && !onPort) {
      return Recognition.NO;
    }
    if (code == 0 || !OpeningText.hasLine(opening)) {
      return Recognition.MORE;
    }
    boolean namesMail = OpeningText.has(opening, "SMTP");
    if (OpeningText.has(opening, "FTP") && !namesMail) {
      return code == GREETING ? Recognition.YES : Recognition.LIKELY;
    }
    if (namesMail || OpeningText.has(opening, "MAIL")) {
      return Recognition.NO;
    }
    boolean onPortOfMail = opening.isPort(25) || opening.isPort(587);
    return onPort ? Recognition.LIKELY : onPortOfMail ? Recognition.NO : Recognition.MORE;
  }

  /** What a client may begin with. */
  private static Recognition command(Opening opening) {
    // USER and PASS are POP3's first words as well.
    if (!OpeningText.isText(opening) || opening.isPort(POP3_PORT)) {
      return Recognition.NO;
    }
    boolean onPort = opening.isPort(PORT);
    for (String word : SURE_COMMANDS) {
      Recognition begins = OpeningText.begins(opening, word);
      if (begins != Recognition.NO) {
        return begins;
      }
    }
    for (String word : onPort ? COMMANDS_ON_PORT : COMMANDS) {
      Recognition begins = OpeningText.begins(opening, word);
      if (begins != Recognition.NO) {
        return begins == Recognition.MORE || !OpeningText.hasLine(opening)
            ? Recognition.MORE
            : isOneWordAtMost(opening, word.length()) ? Recognition.LIKELY : Recognition.NO;
      }
    }
    return Recognition.NO;
  }

  /** An IRC client gives four words with its name. */
  private static boolean isOneWordAtMost(Opening opening, int from) {
    int end = OpeningText.lineLength(opening);
    for (int i = from + 1; i < end; i++) {
      if (opening.u8(i) == ' ') {
        return opening.isPort(PORT);
      }
    }
    return true;
  }
}
