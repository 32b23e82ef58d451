package tapwarden.inspect.wire;

import org.jspecify.annotations.Nullable;

/** A network: an address and how many of its leading bits count. Host bits are always zero. */
public record Cidr(IpAddress address, int prefix) {
  public Cidr {
    if (prefix < 0 || prefix > address.bits()) {
      throw new IllegalArgumentException("prefix /" + prefix + " of " + address);
    }
    address = masked(address, prefix);
  }

  /** Reads {@code 10.0.0.0/8}, {@code fc00::/7} or a bare address; null if the text is neither. */
  public static @Nullable Cidr parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    if (slash < 0) {
      return new Cidr(address, address.bits());
    }
    String digits = text.substring(slash + 1);
    if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(Character::isDigit)) {
      return null;
    }
    int prefix = Integer.parseInt(digits);
    return prefix > address.bits() ? null : new Cidr(address, prefix);
  }

  public boolean contains(int version, long high, long low) {
    if (version != address.version()) {
      return false;
    }
    if (version == 4) {
      return ((low ^ address.low()) & maskLow(prefix + 96)) == 0;
    }
    return ((high ^ address.high()) & maskHigh(prefix)) == 0
        && ((low ^ address.low()) & maskLow(prefix)) == 0;
  }

  public boolean contains(IpAddress other) {
    return contains(other.version(), other.high(), other.low());
  }

  private static IpAddress masked(IpAddress a, int prefix) {
    int version = a.version();
    return new IpAddress(
        version, a.high() & maskHigh(version, prefix), a.low() & maskLow(version, prefix));
  }

  /** The bits of an address's upper half that a prefix of that length keeps. */
  static long maskHigh(int version, int prefix) {
    return version == 4 ? 0 : maskHigh(prefix);
  }

  /** The bits of an address's lower half that a prefix of that length keeps. */
  static long maskLow(int version, int prefix) {
    return version == 4 ? maskLow(prefix + 96) & 0xFFFF_FFFFL : maskLow(prefix);
  }

  private static long maskHigh(int prefix) {
    return prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
  }

  private static long maskLow(int prefix) {
    return prefix <= 64 ? 0 : -1L << (128 - prefix);
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
