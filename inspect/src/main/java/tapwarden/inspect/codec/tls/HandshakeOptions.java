package tapwarden.inspect.codec.tls;

/**
 * Limits of one direction's clear handshake.
 *
 * @param mostHelloBytes bytes kept of a hello; of a longer one its beginning is delivered. The
 *     longest that the lengths in a hello can say, and that OpenSSL takes, has 131,396 bytes (RFC
 *     8446 §4.1.2); common ones are below 2 KiB
 * @param mostCertificateBytes bytes kept of a certificate message, likewise
 * @param mostRecords records read; then the direction is {@link HandshakeState#LIMITED}. High,
 *     because the longest hello may be cut into records of one byte
 */
public record HandshakeOptions(int mostHelloBytes, int mostCertificateBytes, int mostRecords) {
  public static final int DEFAULT_MOST_HELLO_BYTES = 131_396;
  public static final int DEFAULT_MOST_CERTIFICATE_BYTES = 64 * 1024;
  public static final int DEFAULT_MOST_RECORDS = 144 * 1024;

  public static final HandshakeOptions DEFAULTS =
      new HandshakeOptions(
          DEFAULT_MOST_HELLO_BYTES, DEFAULT_MOST_CERTIFICATE_BYTES, DEFAULT_MOST_RECORDS);

  public HandshakeOptions {
    if (mostHelloBytes < 1 || mostCertificateBytes < 1 || mostRecords < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }

  /** Bytes kept of a message of this type. */
  int kept(int type) {
    return switch (type) {
      case HandshakeType.CLIENT_HELLO,
          HandshakeType.SERVER_HELLO,
          HandshakeType.HELLO_RETRY_REQUEST,
          HandshakeType.SSL2_CLIENT_HELLO ->
          mostHelloBytes;
      case HandshakeType.CERTIFICATE -> mostCertificateBytes;
      default -> 0;
    };
  }
}
