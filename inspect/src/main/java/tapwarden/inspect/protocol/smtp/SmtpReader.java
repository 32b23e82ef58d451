package tapwarden.inspect.protocol.smtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.codec.mail.MailFacts;
import tapwarden.inspect.codec.mail.MailField;
import tapwarden.inspect.codec.mail.MailReader;
import tapwarden.inspect.codec.text.LineReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.protocol.smtp.Expected.Kind;

/**
 * One SMTP connection: commands, pipelined or not, the messages that they carry (by DATA, RFC 5321
 * §4.1.1.4, or in chunks, RFC 3030), and of the replies as much as is needed to tell commands from
 * messages and secrets. Tells of each mail when its message is over or it is given up. Ends where
 * TLS begins.
 */
final class SmtpReader implements StreamReader {
  /** Events of one connection. */
  static final int MOST_EVENTS = 1_000;

  /** Lines in succession that are no command, or no reply, after which it is no SMTP. */
  static final int MOST_MALFORMED = 8;

  private static final int TLS_HANDSHAKE = 0x16;
  private static final int GREETING = 220;
  private static final int AUTHENTICATED = 235;
  private static final int CHALLENGE = 334;
  private static final int FIRST_FAILURE = 400;

  /** What the client's next bytes are. */
  private enum Mode {
    COMMANDS,
    SECRETS,
    MESSAGE,
    CHUNK
  }

  private final LineReader commandLines;
  private final LineReader messageLines;
  private final ReplyLines replyLines;
  private final MailFacts facts;
  private final MailReader mail;
  private final SmtpSession session = new SmtpSession();
  private final Expected expected = new Expected();

  private boolean begun;

  /** The flow has it the wrong way round. */
  private boolean swapped;

  private boolean serverSeen;
  private boolean greeted;
  private boolean over;
  private Mode mode = Mode.COMMANDS;
  private long chunkLeft;
  private boolean lastChunk;

  /** A message of the mail at hand has begun. */
  private boolean hasMessage;

  /** Each recipient's reply is told apart (RFC 2033). */
  private boolean isLocal;

  private int events;
  private int malformed;

  SmtpReader(SmtpProtocol protocol) {
    commandLines = new LineReader(protocol.memory, protocol.line);
    messageLines = new LineReader(protocol.memory, protocol.line);
    replyLines = new ReplyLines(new LineReader(protocol.memory, protocol.line));
    facts = new MailFacts(protocol.memory);
    mail = new MailReader(protocol.memory, facts);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (over) {
      return false;
    }
    if (!begun && length > 0) {
      begun = true;
      byte first = segment.get(ValueLayout.JAVA_BYTE, offset);
      swapped = toServer && first >= '0' && first <= '9';
    }
    if (toServer == swapped) {
      replies(report, segment, offset, length);
    } else {
      said(report, segment, offset, offset + length);
    }
    return !over;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    expected.clear();
    if (toServer == swapped) {
      replyLines.lose();
    } else if (mode == Mode.CHUNK && bytes <= chunkLeft) {
      messageLines.lose();
      chunkLeft -= bytes;
      endChunkIfWhole(report);
    } else if (mode == Mode.MESSAGE) {
      messageLines.lose();
    } else {
      commandLines.lose();
      mode = mode == Mode.CHUNK ? Mode.COMMANDS : mode;
    }
    return !over;
  }

  @Override
  public void close(Report report) {
    tellIfOpen(report);
    if (events == 0 && (session.helo.length > 0 || session.mechanism.length > 0)) {
      tell(report, "");
    }
    commandLines.forget();
    messageLines.forget();
    replyLines.forget();
    mail.end();
    facts.clear();
  }

  /** Bytes of the client. */
  private void said(Report report, MemorySegment segment, long offset, long end) {
    long at = offset;
    while (at < end && !over) {
      switch (mode) {
        case MESSAGE -> at = message(report, segment, at, end);
        case CHUNK -> at = chunk(report, segment, at, end);
        case COMMANDS, SECRETS -> {
          boolean isTls =
              isTlsLookedFor()
                  && !commandLines.isBegun()
                  && segment.get(ValueLayout.JAVA_BYTE, at) == TLS_HANDSHAKE;
          if (isTls) {
            handOver(report, at - offset);
            return;
          }
          at = commands(report, segment, at, end);
        }
      }
    }
  }

  private long commands(Report report, MemorySegment segment, long at, long end) {
    commandLines.feed(segment, at, (int) (end - at));
    boolean mayGoOn = true;
    while (mayGoOn
        && !over
        && (mode == Mode.COMMANDS || mode == Mode.SECRETS)
        && commandLines.next()) {
      byte[] line = commandLines.bytes();
      int length = commandLines.length();
      if (length > 0 && (mode == Mode.COMMANDS || isCommandAmongSecrets(line, length))) {
        mode = Mode.COMMANDS;
        command(report, line, length);
      }
      // Behind any line TLS may begin.
      mayGoOn = !isTlsLookedFor();
    }
    return commandLines.position();
  }

  /** Whether the client alone shows that TLS is spoken from some line on. */
  private boolean isTlsLookedFor() {
    return !serverSeen && session.secured;
  }

  /** Secrets are in base64, without blanks and colons. */
  private static boolean isCommandAmongSecrets(byte[] line, int length) {
    return SmtpLine.begins(line, length, "MAIL FROM:") || SmtpLine.begins(line, length, "EHLO ");
  }

  private void command(Report report, byte[] line, int length) {
    if (!SmtpLine.isCommand(line, length)) {
      malformed(report, "command_malformed");
      return;
    }
    malformed = 0;
    if (expected.has(Kind.STARTTLS)) {
      // RFC 3207 §4.2: it must not be believed; who does is open to injected commands.
      report.oddity("command_behind_starttls");
    }
    Kind kind = Kind.ANY;
    if (SmtpLine.begins(line, length, "MAIL FROM:")) {
      tellIfOpen(report);
      addPath(MailField.SENDER, line, "MAIL FROM:".length(), length);
    } else if (SmtpLine.begins(line, length, "RCPT TO:")) {
      if (facts.has(MailField.SENDER)) {
        addPath(MailField.RECIPIENT, line, "RCPT TO:".length(), length);
      }
    } else if (SmtpLine.is(line, length, "DATA")) {
      kind = Kind.DATA;
      mode = Mode.MESSAGE;
    } else if (SmtpLine.is(line, length, "BDAT")) {
      expect(Kind.ANY);
      beginChunk(report, line, length);
      return;
    } else {
      kind = otherCommand(report, line, length);
    }
    expect(kind);
  }

  private Kind otherCommand(Report report, byte[] line, int length) {
    if (SmtpLine.is(line, length, "EHLO")
        || SmtpLine.is(line, length, "HELO")
        || SmtpLine.is(line, length, "LHLO")) {
      tellIfOpen(report);
      isLocal = line[0] == 'L' || line[0] == 'l';
      session.greets(line, SmtpLine.skipBlanks(line, 4, length), length);
    } else if (SmtpLine.is(line, length, "RSET") || SmtpLine.is(line, length, "QUIT")) {
      tellIfOpen(report);
    } else if (SmtpLine.is(line, length, "STARTTLS")) {
      session.secured = !serverSeen;
      return Kind.STARTTLS;
    } else if (SmtpLine.is(line, length, "AUTH")) {
      int from = SmtpLine.skipBlanks(line, 4, length);
      session.authenticates(line, from, SmtpLine.wordEnd(line, from, length));
      mode = Mode.SECRETS;
      return Kind.AUTH;
    }
    return Kind.ANY;
  }

  private void expect(Kind kind) {
    if (serverSeen) {
      expected.add(kind);
    }
  }

  private void addPath(MailField field, byte[] line, int from, int length) {
    int start = SmtpLine.skipBlanks(line, from, length);
    facts.add(field, line, start, SmtpLine.pathEnd(line, start, length));
  }

  private void beginChunk(Report report, byte[] line, int length) {
    int from = SmtpLine.skipBlanks(line, 4, length);
    int to = SmtpLine.wordEnd(line, from, length);
    int word = SmtpLine.skipBlanks(line, to, length);
    long size = SmtpLine.number(line, from, to);
    boolean last = isLast(line, word, length);
    if (size < 0 || (word < length && !last)) {
      report.oddity("chunk_malformed");
      return;
    }
    hasMessage = true;
    chunkLeft = size;
    lastChunk = last;
    mode = Mode.CHUNK;
    endChunkIfWhole(report);
  }

  private static boolean isLast(byte[] line, int from, int length) {
    return length - from == 4
        && (line[from] | 0x20) == 'l'
        && (line[from + 1] | 0x20) == 'a'
        && (line[from + 2] | 0x20) == 's'
        && (line[from + 3] | 0x20) == 't';
  }

  private long chunk(Report report, MemorySegment segment, long at, long end) {
    int some = (int) Math.min(chunkLeft, end - at);
    messageLines.feed(segment, at, some);
    while (messageLines.next()) {
      mail.line(messageLines.bytes(), 0, messageLines.length());
    }
    chunkLeft -= some;
    endChunkIfWhole(report);
    return at + some;
  }

  private void endChunkIfWhole(Report report) {
    if (chunkLeft > 0) {
      return;
    }
    mode = Mode.COMMANDS;
    if (lastChunk) {
      if (messageLines.last()) {
        mail.line(messageLines.bytes(), 0, messageLines.length());
      }
      endMessage(report);
    }
  }

  private long message(Report report, MemorySegment segment, long at, long end) {
    messageLines.feed(segment, at, (int) (end - at));
    while (mode == Mode.MESSAGE && messageLines.next()) {
      byte[] line = messageLines.bytes();
      int length = messageLines.length();
      hasMessage = true;
      if (length == 1 && line[0] == '.') {
        mode = Mode.COMMANDS;
        for (int i = 1; isLocal && i < facts.count(MailField.RECIPIENT); i++) {
          expect(Kind.ANY);
        }
        expect(Kind.ANY);
        endMessage(report);
      } else {
        // A point that begins a line is doubled (RFC 5321 §4.5.2).
        mail.line(line, length > 0 && line[0] == '.' ? 1 : 0, length);
      }
    }
    return messageLines.position();
  }

  private void endMessage(Report report) {
    mail.end();
    tell(report, "PARSE_DONE");
  }

  private void replies(Report report, MemorySegment segment, long offset, int length) {
    serverSeen |= length > 0;
    replyLines.feed(segment, offset, length);
    while (!over && replyLines.next()) {
      switch (replyLines.kind()) {
        case NONE -> malformed(report, "reply_malformed");
        case FIRST -> greet(report);
        case PART -> malformed = 0;
        case LAST -> {
          greet(report);
          malformed = 0;
          reply(report, replyLines.code(), replyLines.position() - offset);
        }
      }
    }
  }

  private void greet(Report report) {
    if (!greeted && expected.first() == Kind.NOTHING && replyLines.code() == GREETING) {
      greeted = true;
      Side server = Side.of(swapped);
      report.trait("smtp-banner", server, replyLines.bytes(), 4, replyLines.textLength());
    }
  }

  private void reply(Report report, int code, long taken) {
    Kind kind = expected.first();
    switch (kind) {
      case DATA -> {
        // Some servers say 250 and mean 354.
        if (code >= FIRST_FAILURE && mode == Mode.MESSAGE) {
          mode = Mode.COMMANDS;
          messageLines.forget();
          mail.end();
          hasMessage = false;
        }
      }
      case AUTH -> {
        if (code == CHALLENGE) {
          return;
        }
        session.authenticated = code == AUTHENTICATED;
        mode = mode == Mode.SECRETS ? Mode.COMMANDS : mode;
      }
      case STARTTLS -> {
        if (code == GREETING) {
          handOver(report, taken);
        }
      }
      case NOTHING -> {
        if (mode == Mode.MESSAGE && hasMessage && code / 100 != 3) {
          // The end of the message was not seen.
          mode = Mode.COMMANDS;
          messageLines.forget();
          endMessage(report);
        }
      }
      case ANY -> {}
    }
    expected.remove();
  }

  private void handOver(Report report, long taken) {
    session.secured = true;
    tellIfOpen(report);
    if (events == 0) {
      tell(report, "");
    }
    over = true;
    report.handOver((int) taken);
  }

  private void tellIfOpen(Report report) {
    if (hasMessage || facts.has(MailField.SENDER)) {
      String status = !hasMessage ? "" : mail.isInBody() ? "BODY_STARTED" : "HEADER_STARTED";
      mail.end();
      tell(report, status);
    }
  }

  private void tell(Report report, String status) {
    if (events == MOST_EVENTS) {
      report.oddity("many_mails");
    } else if (events < MOST_EVENTS && report.wants(SmtpEve.EVENT)) {
      SmtpEve.write(report, events, session, facts, status);
    }
    if (facts.isCut()) {
      report.oddity("mail_cut");
    }
    events++;
    hasMessage = false;
    facts.clear();
  }

  private void malformed(Report report, String what) {
    report.oddity(what);
    if (++malformed == MOST_MALFORMED) {
      over = true;
      report.violated(what);
    }
  }
}
