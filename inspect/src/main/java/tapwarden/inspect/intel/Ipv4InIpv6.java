package tapwarden.inspect.intel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * IPv6 addresses that stand for an IPv4 address: mapped (::ffff:0:0/96, RFC 4291 section 2.5.5.2),
 * translated (64:ff9b::/96, RFC 6052 section 2.1), and 6to4 (2002::/16, RFC 3056 section 2). The
 * deprecated IPv4-compatible ones (::/96) stand for nothing but themselves.
 */
final class Ipv4InIpv6 {
  /** Networks in which an IPv4 address follows the prefix. */
  private static final List<Cidr> NETWORKS =
      List.of(
          new Cidr(new IpAddress(6, 0, 0xFFFFL << 32), 96),
          new Cidr(new IpAddress(6, 0x0064_FF9BL << 32, 0), 96),
          new Cidr(new IpAddress(6, 0x2002L << 48, 0), 16));

  private Ipv4InIpv6() {}

  /** The IPv4 address that the IPv6 address stands for; -1 if it stands for none. */
  static long of(long high, long low) {
    boolean mapped = high == 0 && low >>> 32 == 0xFFFF;
    boolean translated = high == 0x0064_FF9B_0000_0000L && low >>> 32 == 0;
    if (mapped || translated) {
      return low & 0xFFFF_FFFFL;
    }
    return high >>> 48 == 0x2002 ? (high >>> 16) & 0xFFFF_FFFFL : -1;
  }

  /** The IPv4 network whose addresses those of the IPv6 network stand for; null if it is none. */
  static @Nullable Cidr of(Cidr network) {
    IpAddress address = network.address();
    for (Cidr standing : NETWORKS) {
      if (network.prefix() >= standing.prefix() && standing.contains(address)) {
        int prefix = Math.min(network.prefix() - standing.prefix(), 32);
        return new Cidr(IpAddress.v4((int) of(address.high(), address.low())), prefix);
      }
    }
    return null;
  }

  /**
   * Whether the IPv6 network holds one of those whole in which IPv4 addresses follow the prefix.
   */
  static boolean isWithin(Cidr network) {
    return NETWORKS.stream().anyMatch(standing -> network.contains(standing.address()));
  }
}
