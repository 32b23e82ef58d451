package tapwarden.inspect.codec.tls;

/** Numbers of handshake messages (RFC 8446 §4), as far as they are told apart here. */
public final class HandshakeType {
  public static final int HELLO_REQUEST = 0;
  public static final int CLIENT_HELLO = 1;
  public static final int SERVER_HELLO = 2;
  public static final int HELLO_VERIFY_REQUEST = 3;
  public static final int NEW_SESSION_TICKET = 4;
  public static final int HELLO_RETRY_REQUEST = 6;
  public static final int CERTIFICATE = 11;

  /** Ours: an SSL 2 CLIENT-HELLO, whose body starts with the version. */
  public static final int SSL2_CLIENT_HELLO = 0x201;

  /** Ours: an SSL 2 SERVER-HELLO; its body is not delivered. */
  public static final int SSL2_SERVER_HELLO = 0x204;

  private static final int LAST = 25;
  private static final int NEXT_PROTOCOL = 67;

  private HandshakeType() {}

  /**
   * Whether a handshake may open with it: hellos and requests for one, and the certificates of one
   * whose hello was not captured.
   */
  static boolean opens(int type) {
    return type <= HELLO_VERIFY_REQUEST || type == HELLO_RETRY_REQUEST || type == CERTIFICATE;
  }

  static boolean isKnown(int type) {
    return type <= LAST || type == NEXT_PROTOCOL;
  }
}
