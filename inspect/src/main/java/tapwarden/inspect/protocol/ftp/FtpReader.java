package tapwarden.inspect.protocol.ftp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.text.LineReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One FTP control connection: pairs commands with replies in their order, tells of each pair, and
 * says which data connections are to be expected. Ends where TLS begins.
 */
final class FtpReader implements StreamReader {
  /** Commands that may wait for a reply; more are told without. */
  static final int MOST_WAITING = 16;

  /** Events of one connection. */
  static final int MOST_EVENTS = 1_000;

  /** Lines in succession that are no command, or no reply, after which it is no FTP. */
  static final int MOST_MALFORMED = 8;

  private static final int FIRST_TELNET_COMMAND = 0xF0;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int FIRST_FINAL_CODE = 200;
  private static final int SECURED = 234;
  private static final int GREETING = 220;

  private final FtpProtocol protocol;
  private final LineReader linesToServer;
  private final LineReader linesToClient;
  private final FtpReplies replies;
  private final ArrayDeque<FtpCommand> waiting = new ArrayDeque<>(2);

  private boolean begun;

  /** The flow has it the wrong way round. */
  private boolean swapped;

  private boolean asksForTls;
  private boolean greeted;
  private boolean over;
  private int events;
  private int malformed;

  private final FtpChannels channels = new FtpChannels();

  FtpReader(FtpProtocol protocol) {
    this.protocol = protocol;
    linesToServer = new LineReader(protocol.memory, protocol.line);
    linesToClient = new LineReader(protocol.memory, protocol.line);
    replies = new FtpReplies(protocol.memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    LineReader lines = toServer ? linesToServer : linesToClient;
    lines.feed(segment, offset, length);
    while (!over) {
      if (toServer && asksForTls && beginsTls(report, lines, segment)) {
        over = true;
        report.handOver((int) (lines.position() - offset));
        return false;
      }
      if (!lines.next()) {
        break;
      }
      if (lines.isCut() && lines.length() == 0) {
        continue;
      }
      if (!begun) {
        begun = true;
        swapped = toServer && FtpReplies.code(lines.bytes(), lines.length()) > 0;
      }
      if (toServer != swapped) {
        command(report, lines);
      } else if (reply(report, lines)) {
        over = true;
        report.handOver((int) (lines.position() - offset));
      }
    }
    return !over;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    (toServer ? linesToServer : linesToClient).lose();
    replies.lose();
    tellWaiting(report);
    return !over;
  }

  @Override
  public void close(Report report) {
    tellWaiting(report);
    linesToServer.forget();
    linesToClient.forget();
    replies.release();
  }

  /** Whether the client goes on with TLS, and the replies are not in the capture. */
  private static boolean beginsTls(Report report, LineReader lines, MemorySegment segment) {
    return !lines.isBegun()
        && lines.left() > 0
        && report.tcpFlags(false) == 0
        && segment.get(ValueLayout.JAVA_BYTE, lines.position()) == TLS_HANDSHAKE;
  }

  private void command(Report report, LineReader lines) {
    byte[] line = lines.bytes();
    int end = lines.length();
    int start = 0;
    // ABOR comes behind an interrupt of Telnet (RFC 959 §4.1.3).
    while (start < end && (line[start] & 0xFF) >= FIRST_TELNET_COMMAND) {
      start++;
    }
    if (start == end) {
      return;
    }
    FtpCommand command = FtpCommand.parse(line, start, end, lines.isCut());
    if (command == null) {
      malformed(report, "command_malformed");
      return;
    }
    malformed = 0;
    asksForTls |= command.is("AUTH");
    if (command.is("EHLO") || command.is("HELO") || command.is("LHLO")) {
      violate(report, "mail_command");
      return;
    }
    if (waiting.size() == MOST_WAITING) {
      report.oddity("many_commands_waiting");
      tell(report, waiting.poll());
    }
    if (!protocol.memory.take(command.bytes())) {
      command = command.withoutArgument();
    }
    waiting.add(command);
    channels.command(report, command, swapped);
  }

  /**
   * A line of the server.
   *
   * @return true if both sides speak TLS from here on
   */
  private boolean reply(Report report, LineReader lines) {
    FtpReplies.Line line = replies.take(lines.bytes(), lines.length(), lines.isCut());
    if (line == FtpReplies.Line.NONE) {
      malformed(report, "reply_malformed");
      return false;
    }
    malformed = 0;
    if (line == FtpReplies.Line.PART || replies.code() < FIRST_FINAL_CODE) {
      return false;
    }
    FtpCommand command = waiting.poll();
    int code = replies.code();
    if (command == null) {
      greet(report);
    } else if (code == FtpChannels.PASSIVE || code == FtpChannels.EXTENDED_PASSIVE) {
      channels.reply(report, command, code, replies, swapped, waiting);
    }
    tell(report, command);
    return command != null && code == SECURED && command.is("AUTH");
  }

  private void greet(Report report) {
    if (!greeted && replies.code() == GREETING && replies.firstLength() > 0) {
      greeted = true;
      Side server = Side.of(swapped);
      report.trait("ftp-banner", server, replies.text(), 0, replies.firstLength());
    }
  }

  private void tellWaiting(Report report) {
    while (!waiting.isEmpty()) {
      tell(report, waiting.poll());
    }
    if (!replies.isEmpty()) {
      tell(report, null);
    }
  }

  private void tell(Report report, @Nullable FtpCommand command) {
    if (events == MOST_EVENTS) {
      report.oddity("many_commands");
    } else if (events < MOST_EVENTS && report.wants(FtpEve.EVENT)) {
      FtpEve.write(report, events, command, replies);
    }
    events++;
    replies.clear();
    if (command != null) {
      protocol.memory.give(command.bytes());
    }
  }

  private void malformed(Report report, String what) {
    report.oddity(what);
    if (++malformed == MOST_MALFORMED) {
      violate(report, what);
    }
  }

  private void violate(Report report, String what) {
    over = true;
    report.violated(what);
  }
}
