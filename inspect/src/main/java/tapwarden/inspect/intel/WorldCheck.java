package tapwarden.inspect.intel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * Refuses entries that would match the world or one's own network: networks shorter than /8 (IPv4)
 * or /16 (IPv6), IPv6 networks that hold as much of IPv4 (mapped, RFC 4291; translated, RFC 6052;
 * 6to4, RFC 3056), whatever overlaps the home networks, addresses that are nobody's in particular,
 * and public suffixes.
 */
final class WorldCheck {
  /** Shortest prefixes accepted. */
  static final int LEAST_PREFIX_V4 = 8;

  static final int LEAST_PREFIX_V6 = 16;

  static final String TOO_WIDE =
      "network wider than /" + LEAST_PREFIX_V4 + " (IPv6: /" + LEAST_PREFIX_V6 + ")";
  static final String ALL_OF_IPV4 =
      "IPv6 network that stands for an IPv4 network wider than /" + LEAST_PREFIX_V4;
  static final String HOME = "in or around networks.home";
  static final String SPECIAL = "loopback, link-local, multicast, broadcast or unspecified";
  static final String PUBLIC_SUFFIX = "public suffix: anybody may have names below it";

  /** Networks in which an IPv4 address follows the prefix. */
  private static final List<Cidr> STANDING_FOR_V4 =
      List.of(
          new Cidr(new IpAddress(6, 0, 0xFFFFL << 32), 96),
          new Cidr(new IpAddress(6, 0x0064_FF9BL << 32, 0), 96),
          new Cidr(new IpAddress(6, 0x2002L << 48, 0), 16));

  private static final List<Cidr> SPECIAL_NETWORKS =
      List.of(
          new Cidr(IpAddress.v4(0), 32),
          new Cidr(IpAddress.v4(0x7F00_0000), 8),
          new Cidr(IpAddress.v4(0xA9FE_0000), 16),
          new Cidr(IpAddress.v4(0xE000_0000), 4),
          new Cidr(IpAddress.v4(0xFFFF_FFFF), 32),
          new Cidr(new IpAddress(6, 0, 0), 127),
          new Cidr(new IpAddress(6, 0xFE80L << 48, 0), 10),
          new Cidr(new IpAddress(6, 0xFFL << 56, 0), 8));

  private final Networks networks;
  private final PublicSuffixes suffixes;

  WorldCheck(Networks networks, PublicSuffixes suffixes) {
    this.networks = networks;
    this.suffixes = suffixes;
  }

  /** Null, or why what the parser read is not to be looked up. */
  @Nullable String refusal(LineParser entry) {
    int kind = entry.kind;
    if (kind == Entry.NAME) {
      return suffixes.contains(entry.name, entry.nameLength) ? PUBLIC_SUFFIX : null;
    }
    int version = Entry.isV4(kind) ? 4 : 6;
    if (kind == Entry.NETWORK_V4 || kind == Entry.NETWORK_V6) {
      return network(new Cidr(new IpAddress(version, entry.high, entry.low), entry.detail));
    }
    if (networks.isHome(version, entry.high, entry.low)) {
      return HOME;
    }
    return networks.isExternal(version, entry.high, entry.low) ? null : SPECIAL;
  }

  private @Nullable String network(Cidr network) {
    boolean v4 = network.address().version() == 4;
    if (network.prefix() < (v4 ? LEAST_PREFIX_V4 : LEAST_PREFIX_V6)) {
      return TOO_WIDE;
    }
    if (!v4 && standsForMostOfV4(network)) {
      return ALL_OF_IPV4;
    }
    if (overlapsAny(network, networks.home())) {
      return HOME;
    }
    return overlapsAny(network, SPECIAL_NETWORKS) ? SPECIAL : null;
  }

  private static boolean standsForMostOfV4(Cidr network) {
    for (Cidr standing : STANDING_FOR_V4) {
      if (network.prefix() < standing.prefix() + LEAST_PREFIX_V4
          && (network.contains(standing.address()) || standing.contains(network.address()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean overlapsAny(Cidr network, List<Cidr> others) {
    for (Cidr other : others) {
      if (other.contains(network.address()) || network.contains(other.address())) {
        return true;
      }
    }
    return false;
  }
}
