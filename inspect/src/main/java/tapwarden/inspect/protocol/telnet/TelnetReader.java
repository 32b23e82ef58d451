package tapwarden.inspect.protocol.telnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.StreamReader;

/**
 * One Telnet connection, up to where a password is asked for: then, or at its end, one event tells
 * of it. Text of the server is kept only as long as the client has typed nothing, for from then on
 * it is echo.
 */
final class TelnetReader implements StreamReader {
  static final String EVENT = "telnet";

  /** Bytes of the server's text in which a prompt is looked for. */
  static final int MOST_TEXT_BYTES = 8 * 1024;

  /** Bytes of a direction that are read at most. */
  static final int MOST_BYTES = 64 * 1024;

  private static final int MOST_TERMINAL_BYTES = 64;
  private static final byte[] USER = "USER".getBytes(US_ASCII);
  private static final byte[] NOTHING = {};
  private static final int IS = 0;
  private static final int INFO = 2;
  private static final int ENCRYPT_START = 3;
  private static final int TLS_FOLLOWS = 1;
  private static final int VALUE = 1;
  private static final int WINDOW_BYTES = 4;

  private final ScreenText screen = new ScreenText();
  private Direction fromClient = new Direction(true);
  private Direction fromServer = new Direction(false);
  private Prompts prompts = new Prompts();

  /** The report of the call at hand. */
  private @Nullable Report report;

  private boolean begun;

  /** The flow has it the wrong way round. */
  private boolean swapped;

  private boolean turnedRound;

  private boolean typed;
  private boolean bannerTold;
  private int textBytes;
  private byte[] terminal = NOTHING;
  private int columns;
  private int rows;
  private boolean told;
  private boolean handedOver;

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (!begun) {
      begun = true;
      FlowSnapshot flow = report.flow();
      swapped =
          TelnetProtocol.isPort(flow.clientPort()) && !TelnetProtocol.isPort(flow.serverPort());
    }
    Direction direction = toServer == swapped ? fromServer : fromClient;
    if (told || direction.over) {
      return false;
    }
    this.report = report;
    int wanted = Math.min(length, MOST_BYTES - direction.bytes);
    int taken = direction.parser.read(direction, segment, offset, wanted);
    if (handedOver) {
      tell(report);
      report.handOver(taken);
      return false;
    }
    direction.bytes += taken;
    direction.over = direction.parser.isStopped() || direction.bytes == MOST_BYTES;
    if (prompts.asksForPassword()
        || textBytes >= MOST_TEXT_BYTES
        || (fromClient.over && fromServer.over)) {
      tell(report);
    }
    return !told && !direction.over;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    Direction direction = toServer == swapped ? fromServer : fromClient;
    direction.parser.forget();
    // What is missing may have been typed, or asked for.
    typed = true;
    return !told && !direction.over;
  }

  @Override
  public void close(Report report) {
    if (begun) {
      tell(report);
    }
  }

  private void tell(Report report) {
    if (told) {
      return;
    }
    told = true;
    tellBanner(report);
    if (!report.wants(EVENT)) {
      return;
    }
    JsonWriter json = report.begin(EVENT);
    json.name("tapwarden").beginObject().name(EVENT).beginObject();
    fromClient.options.writeAgreed(json, "client_options", fromServer.options);
    fromServer.options.writeAgreed(json, "server_options", fromClient.options);
    if (terminal.length > 0) {
      json.name("terminal_type").value(terminal, 0, terminal.length);
    }
    if (columns > 0 || rows > 0) {
      json.name("window").beginObject().field("columns", columns).field("rows", rows).endObject();
    }
    if (screen.length() > 0) {
      json.name("banner").value(screen.bytes(), 0, screen.length());
    }
    json.field("login_prompt", prompts.asksForName());
    json.field("password_prompt", prompts.asksForPassword());
    json.endObject().endObject();
    report.end(json);
  }

  /** As soon as the text is complete. */
  private void tellBanner(Report report) {
    if (!bannerTold && screen.length() > 0) {
      bannerTold = true;
      Side server = Side.of(swapped);
      report.trait("telnet-banner", server, screen.bytes(), 0, screen.length());
    }
  }

  /** What was taken for the server has a terminal: it is the client. */
  private void turnRound() {
    if (turnedRound) {
      return;
    }
    turnedRound = true;
    typed |= textBytes > 0;
    swapped = !swapped;
    Direction client = fromServer;
    fromServer = fromClient;
    fromClient = client;
    fromClient.isClient = true;
    fromServer.isClient = false;
    screen.clear();
    prompts = new Prompts();
  }

  private void readTerminal(byte[] bytes, int length) {
    if (terminal.length == 0 && length > 1 && bytes[0] == IS) {
      terminal = Arrays.copyOfRange(bytes, 1, Math.min(length, 1 + MOST_TERMINAL_BYTES));
    }
  }

  private void readWindow(byte[] bytes, int length) {
    if (length == WINDOW_BYTES) {
      columns = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
      rows = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
    }
  }

  /**
   * A user's name that is taken for an option of the login program (RFC 1572 §2): {@code -froot}
   * lets in without a password where the server hands it on.
   */
  private void readEnvironment(byte[] bytes, int length) {
    if (length == 0 || (bytes[0] != IS && bytes[0] != INFO)) {
      return;
    }
    for (int at = 2; at + USER.length + 1 < length; at++) {
      if (Arrays.equals(bytes, at, at + USER.length, USER, 0, USER.length)
          && bytes[at + USER.length] == VALUE
          && bytes[at + USER.length + 1] == '-'
          && report != null) {
        report.oddity("user_is_an_option");
        return;
      }
    }
  }

  /** One direction's text and commands. */
  private final class Direction implements TelnetParser.Listener {
    final TelnetParser parser = new TelnetParser();
    final TelnetSide options = new TelnetSide();
    private boolean isClient;
    int bytes;
    boolean over;
    boolean tlsFollows;

    Direction(boolean isClient) {
      this.isClient = isClient;
    }

    @Override
    public boolean onText(int octet) {
      if (isClient) {
        typed = true;
        return true;
      }
      if (!typed && !screen.isFull()) {
        screen.take(octet);
      }
      prompts.take(octet);
      return ++textBytes < MOST_TEXT_BYTES && !prompts.asksForPassword();
    }

    @Override
    public void onOption(int verb, int option) {
      options.take(verb, option);
      if (!isClient && verb == TelnetParser.WILL && TelnetOption.isOfTerminal(option)) {
        turnRound();
      }
    }

    @Override
    public boolean onParameters(int option, byte[] given, int length) {
      switch (option) {
        case TelnetOption.TERMINAL_TYPE -> readTerminal(given, length);
        case TelnetOption.WINDOW_SIZE -> readWindow(given, length);
        case TelnetOption.NEW_ENVIRON -> readEnvironment(given, length);
        case TelnetOption.ENCRYPT -> {
          return !(length > 0 && given[0] == ENCRYPT_START);
        }
        case TelnetOption.COMPRESS, TelnetOption.COMPRESS_2 -> {
          return false;
        }
        case TelnetOption.START_TLS -> {
          tlsFollows |= length > 0 && given[0] == TLS_FOLLOWS;
          handedOver = fromClient.tlsFollows && fromServer.tlsFollows;
          return !handedOver;
        }
        default -> {}
      }
      return true;
    }
  }
}
