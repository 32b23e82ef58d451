package tapwarden.inspect.intel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * Refuses entries that would match the world or one's own network: networks shorter than /8 (IPv4)
 * or /16 (IPv6), IPv6 networks that stand for as much of IPv4, whatever overlaps the home networks,
 * addresses that are nobody's in particular, also as an IPv6 address that stands for them ({@link
 * Ipv4InIpv6}), public suffixes, and names that mean something on one's own network only.
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
  static final String THIS_HOST = "localhost is this host itself";
  static final String ONE_LABEL =
      "neither an address nor a domain: a name of one part, or misspelt";

  private static final byte[] LOCALHOST = "localhost".getBytes(StandardCharsets.US_ASCII);

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
      return name(entry.name, entry.nameLength);
    }
    int version = Entry.isV4(kind) ? 4 : 6;
    if (kind == Entry.NETWORK_V4 || kind == Entry.NETWORK_V6) {
      return network(new Cidr(new IpAddress(version, entry.high, entry.low), entry.detail));
    }
    long meant = version == 4 ? -1 : Ipv4InIpv6.of(entry.high, entry.low);
    String reason = meant < 0 ? null : address(4, 0, meant);
    return reason != null ? reason : address(version, entry.high, entry.low);
  }

  private @Nullable String name(byte[] name, int length) {
    int top = length;
    while (top > 0 && name[top - 1] != '.') {
      top--;
    }
    if (Arrays.equals(name, top, length, LOCALHOST, 0, LOCALHOST.length)) {
      return THIS_HOST;
    }
    if (suffixes.contains(name, length)) {
      return PUBLIC_SUFFIX;
    }
    return top == 0 ? ONE_LABEL : null;
  }

  private @Nullable String address(int version, long high, long low) {
    if (networks.isHome(version, high, low)) {
      return HOME;
    }
    return networks.isExternal(version, high, low) ? null : SPECIAL;
  }

  private @Nullable String network(Cidr network) {
    boolean v4 = network.address().version() == 4;
    if (network.prefix() < (v4 ? LEAST_PREFIX_V4 : LEAST_PREFIX_V6)) {
      return TOO_WIDE;
    }
    if (!v4 && Ipv4InIpv6.isWithin(network)) {
      return ALL_OF_IPV4;
    }
    Cidr meant = v4 ? null : Ipv4InIpv6.of(network);
    String reason = meant == null ? null : network(meant);
    if (reason != null) {
      return reason.equals(TOO_WIDE) ? ALL_OF_IPV4 : reason;
    }
    if (overlapsAny(network, networks.home())) {
      return HOME;
    }
    return overlapsAny(network, SPECIAL_NETWORKS) ? SPECIAL : null;
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
