package tapwarden.inspect.codec.tls;

/** Reserved values that clients sprinkle in so that servers stay tolerant (RFC 8701). */
public final class Grease {
  private Grease() {}

  /** Whether a cipher suite, extension, group, version or signature algorithm is one of them. */
  public static boolean isGrease(int value) {
    return (value & 0x0F0F) == 0x0A0A && value >>> 8 == (value & 0xFF);
  }
}
