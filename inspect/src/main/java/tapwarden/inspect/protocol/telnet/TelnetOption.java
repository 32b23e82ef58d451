package tapwarden.inspect.protocol.telnet;

/** Options by IANA's registry. */
final class TelnetOption {
  static final int TERMINAL_TYPE = 24;
  static final int WINDOW_SIZE = 31;
  static final int TERMINAL_SPEED = 32;
  static final int DISPLAY = 35;
  static final int ENCRYPT = 38;
  static final int NEW_ENVIRON = 39;
  static final int START_TLS = 46;
  static final int COMPRESS = 85;
  static final int COMPRESS_2 = 86;

  private static final int EXTENDED = 255;
  private static final int FIRST_HIGH = 138;
  private static final int LAST_HIGH = 140;

  private static final String[] NAMES = {
    "binary",
    "echo",
    "reconnection",
    "suppress-go-ahead",
    "message-size",
    "status",
    "timing-mark",
    "rcte",
    "line-width",
    "page-size",
    "carriage-return",
    "tab-stops",
    "tab-disposition",
    "formfeed",
    "vertical-tab-stops",
    "vertical-tab-disposition",
    "linefeed",
    "extended-ascii",
    "logout",
    "byte-macro",
    "data-entry-terminal",
    "supdup",
    "supdup-output",
    "send-location",
    "terminal-type",
    "end-of-record",
    "tacacs-user-id",
    "output-marking",
    "terminal-location",
    "3270-regime",
    "x3-pad",
    "window-size",
    "terminal-speed",
    "remote-flow-control",
    "linemode",
    "x-display-location",
    "environ",
    "authentication",
    "encrypt",
    "new-environ",
    "tn3270e",
    "xauth",
    "charset",
    "remote-serial-port",
    "com-port-control",
    "suppress-local-echo",
    "start-tls",
    "kermit",
    "send-url",
    "forward-x"
  };

  private TelnetOption() {}

  static boolean isKnown(int option) {
    return option < NAMES.length
        || (option >= FIRST_HIGH && option <= LAST_HIGH)
        || option == COMPRESS
        || option == COMPRESS_2
        || option == EXTENDED;
  }

  static String name(int option) {
    return option < NAMES.length ? NAMES[option] : Integer.toString(option);
  }

  /** What only the side with the terminal has. */
  static boolean isOfTerminal(int option) {
    return option == TERMINAL_TYPE
        || option == WINDOW_SIZE
        || option == TERMINAL_SPEED
        || option == DISPLAY
        || option == NEW_ENVIRON;
  }
}
