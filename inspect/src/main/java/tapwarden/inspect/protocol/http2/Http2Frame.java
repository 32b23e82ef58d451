package tapwarden.inspect.protocol.http2;

/** The numbers of frames (RFC 9113 §4.1, §6). */
final class Http2Frame {
  static final int HEAD_BYTES = 9;

  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int CONTINUATION = 9;

  static final int ACK = 0x01;
  static final int END_HEADERS = 0x04;
  static final int PADDED = 0x08;
  static final int PRIORITY = 0x20;

  static final int SETTING_BYTES = 6;
  static final int PRIORITY_BYTES = 5;
  static final int STREAM_BYTES = 4;
  static final int ERROR_BYTES = 4;

  /** As Suricata writes them. */
  private static final String[] ERRORS = {
    "NOERROR",
    "PROTOCOLERROR",
    "INTERNALERROR",
    "FLOWCONTROLERROR",
    "SETTINGSTIMEOUT",
    "STREAMCLOSED",
    "FRAMESIZEERROR",
    "REFUSEDSTREAM",
    "CANCEL",
    "COMPRESSIONERROR",
    "CONNECTERROR",
    "ENHANCEYOURCALM",
    "INADEQUATESECURITY",
    "HTTP11REQUIRED"
  };

  private Http2Frame() {}

  /** The name of an error's number (§7). */
  static String error(long code) {
    return code >= 0 && code < ERRORS.length ? ERRORS[(int) code] : "UNKNOWN";
  }
}
