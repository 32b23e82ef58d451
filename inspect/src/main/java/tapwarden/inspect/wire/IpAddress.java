package tapwarden.inspect.wire;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as a value, for the cold path. The hot path passes the same three numbers around:
 * {@code version} (4 or 6) and the 128 bits in {@code high} and {@code low}. An IPv4 address has
 * {@code high} 0 and the address in the low 32 bits of {@code low}, so the version is always needed
 * to tell 0.0.0.1 from ::1.
 */
public record IpAddress(int version, long high, long low) implements Comparable<IpAddress> {
  public IpAddress {
    if (version != 4 && version != 6) {
      throw new IllegalArgumentException("IP version " + version);
    }
  }

  public static IpAddress v4(int bits) {
    return new IpAddress(4, 0, bits & 0xFFFF_FFFFL);
  }

  /** Length of the address in bits: 32 or 128. */
  public int bits() {
    return version == 4 ? 32 : 128;
  }

  /** Reads dotted IPv4 or any RFC 4291 form of IPv6; null if the text is neither. */
  public static @Nullable IpAddress parse(String text) {
    return IpAddressText.parse(text);
  }

  /** IPv4 dotted, IPv6 as RFC 5952 wants it. */
  @Override
  public String toString() {
    return IpAddressText.format(version, high, low);
  }

  @Override
  public int compareTo(IpAddress other) {
    int c = Integer.compare(version, other.version);
    c = c != 0 ? c : Long.compareUnsigned(high, other.high);
    return c != 0 ? c : Long.compareUnsigned(low, other.low);
  }
}
