package tapwarden.inspect.codec.tls;

/** Protocol versions as they stand in hellos, and their names in EVE. */
public final class TlsVersion {
  public static final int SSL_2 = 0x0002;
  public static final int SSL_3 = 0x0300;
  public static final int TLS_1_0 = 0x0301;
  public static final int TLS_1_1 = 0x0302;
  public static final int TLS_1_2 = 0x0303;
  public static final int TLS_1_3 = 0x0304;
  public static final int DTLS_1_0 = 0xFEFF;
  public static final int DTLS_1_2 = 0xFEFD;
  public static final int DTLS_1_3 = 0xFEFC;

  /** What OpenSSL sent as DTLS before RFC 4347. */
  public static final int DTLS_BEFORE_1_0 = 0x0100;

  /** Drafts of TLS 1.3 are 0x7F00 plus the draft's number. */
  private static final int DRAFT = 0x7F;

  private TlsVersion() {}

  /** The name that EVE's {@code tls.version} has: {@code TLSv1}, {@code TLS 1.2}, ... */
  public static String name(int version) {
    return switch (version) {
      case SSL_2 -> "SSLv2";
      case SSL_3 -> "SSLv3";
      case TLS_1_0 -> "TLSv1";
      case TLS_1_1 -> "TLS 1.1";
      case TLS_1_2 -> "TLS 1.2";
      case TLS_1_3 -> "TLS 1.3";
      case DTLS_1_0, DTLS_BEFORE_1_0 -> "DTLS 1.0";
      case DTLS_1_2 -> "DTLS 1.2";
      case DTLS_1_3 -> "DTLS 1.3";
      default ->
          isDraft(version)
              ? "TLS 1.3 draft-" + (version & 0xFF)
              : "0x" + Integer.toHexString(0x1_0000 | version).substring(1);
    };
  }

  static boolean isDraft(int version) {
    return version >>> 8 == DRAFT;
  }

  /** Whether a hello in a TLS record may say so. */
  static boolean isTls(int version) {
    return version >>> 8 == 3 || isDraft(version);
  }

  static boolean isDtls(int version) {
    return version >>> 8 == 0xFE || version == DTLS_BEFORE_1_0;
  }
}
