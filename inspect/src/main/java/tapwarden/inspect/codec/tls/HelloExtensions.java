package tapwarden.inspect.codec.tls;

import tapwarden.inspect.wire.Bytes;

/**
 * Goes over the extensions of a hello in their order (RFC 8446 §4.2), as many as there are: {@link
 * #next} until it is false. Reusable, no allocation.
 */
public final class HelloExtensions {
  public static final int SERVER_NAME = 0;
  public static final int SUPPORTED_GROUPS = 10;
  public static final int EC_POINT_FORMATS = 11;
  public static final int SIGNATURE_ALGORITHMS = 13;
  public static final int ALPN = 16;
  public static final int SESSION_TICKET = 35;
  public static final int PRE_SHARED_KEY = 41;
  public static final int EARLY_DATA = 42;
  public static final int SUPPORTED_VERSIONS = 43;
  public static final int KEY_SHARE = 51;
  public static final int ENCRYPTED_CLIENT_HELLO = 0xFE0D;

  /** Key share's number in drafts of TLS 1.3 up to 22. */
  static final int OLD_KEY_SHARE = 40;

  private static final int HEADER = 4;

  private byte[] bytes = {};
  private int end;
  private int next;
  private int type;
  private int offset;
  private int length;

  void start(byte[] of, int from, int end) {
    this.bytes = of;
    this.next = from;
    this.end = end;
  }

  /** Moves to the next extension; false behind the last that is whole. */
  public boolean next() {
    if (next + HEADER > end) {
      return false;
    }
    int dataBytes = Bytes.u16(bytes, next + 2);
    if (next + HEADER + dataBytes > end) {
      return false;
    }
    type = Bytes.u16(bytes, next);
    offset = next + HEADER;
    length = dataBytes;
    next = offset + dataBytes;
    return true;
  }

  public int type() {
    return type;
  }

  /** Where the extension's data starts in the hello's bytes. */
  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** Whether no byte is left behind the last whole extension. */
  boolean isAtEnd() {
    return next == end;
  }
}
