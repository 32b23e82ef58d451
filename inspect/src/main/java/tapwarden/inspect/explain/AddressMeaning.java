package tapwarden.inspect.explain;

import org.jspecify.annotations.Nullable;

/**
 * What kind of address an address is: the special-purpose registries of IANA (RFC 6890), multicast
 * scopes (RFC 4291 section 2.7) and the two low bits of a hardware address's first octet.
 */
final class AddressMeaning {
  private static final long BROADCAST_MAC = 0xFFFF_FFFF_FFFFL;

  private AddressMeaning() {}

  static String ofMac(long mac, MacVendor vendors) {
    if (mac == BROADCAST_MAC) {
      return "broadcast";
    }
    String known = knownMac(mac);
    if (!known.isEmpty()) {
      return known;
    }
    boolean group = (mac >>> 40 & 1) != 0;
    boolean local = (mac >>> 40 & 2) != 0;
    @Nullable String vendor = local || group ? null : vendors.vendorOf(mac);
    if (vendor != null) {
      return WireText.harmless(vendor);
    }
    String kind = group ? "multicast" : "unicast";
    return local ? kind + ", locally administered" : kind;
  }

  private static String knownMac(long mac) {
    if (mac >>> 24 == 0x01005E) {
      return "IPv4 multicast";
    }
    if (mac >>> 32 == 0x3333) {
      return "IPv6 multicast";
    }
    if (mac == 0) {
      return "unspecified";
    }
    if (mac == 0x01000CCCCCCCL) {
      return "multicast, Cisco CDP, VTP and others";
    }
    if (mac == 0x01000CCCCCCDL) {
      return "multicast, Cisco per-VLAN spanning tree";
    }
    if (mac >>> 4 == 0x0180C200000L) {
      return switch ((int) mac & 0xF) {
        case 0x0 -> "multicast, bridge group (spanning tree)";
        case 0x1 -> "multicast, Ethernet flow control";
        case 0x2 -> "multicast, slow protocols (link aggregation)";
        case 0x3 -> "multicast, port access entity (IEEE 802.1X)";
        case 0xE -> "multicast, nearest bridge (LLDP)";
        default -> "multicast, IEEE 802.1 reserved";
      };
    }
    return "";
  }

  static String ofIp(int version, long high, long low) {
    return version == 4 ? ofIpv4((int) low) : ofIpv6(high, low);
  }

  private static String ofIpv4(int a) {
    if (a == 0) {
      return "unspecified";
    }
    if (a == -1) {
      return "broadcast";
    }
    return switch (a >>> 24) {
      case 0 -> "this network";
      case 10 -> "private";
      case 127 -> "loopback";
      case 100 -> in(a, 0x64400000, 10) ? "shared address space (carrier NAT)" : "public";
      case 169 -> in(a, 0xA9FE0000, 16) ? "link-local" : "public";
      case 172 -> in(a, 0xAC100000, 12) ? "private" : "public";
      case 192 -> ofIpv4In192(a);
      case 198 ->
          in(a, 0xC6336400, 24)
              ? "documentation"
              : in(a, 0xC6120000, 15) ? "benchmarking" : "public";
      case 203 -> in(a, 0xCB007100, 24) ? "documentation" : "public";
      default -> a >>> 28 == 0xE ? ofMulticast(a) : a >>> 28 == 0xF ? "reserved" : "public";
    };
  }

  private static String ofIpv4In192(int a) {
    if (in(a, 0xC0A80000, 16)) {
      return "private";
    }
    if (in(a, 0xC0000200, 24)) {
      return "documentation";
    }
    if (in(a, 0xC0000000, 24)) {
      return "IETF protocol assignments";
    }
    return in(a, 0xC0586300, 24) ? "6to4 relay anycast (deprecated)" : "public";
  }

  private static String ofMulticast(int a) {
    return switch (a) {
      case 0xE0000001 -> "multicast, all hosts";
      case 0xE0000002 -> "multicast, all routers";
      case 0xE0000005 -> "multicast, OSPF routers";
      case 0xE0000006 -> "multicast, OSPF designated routers";
      case 0xE0000009 -> "multicast, RIP routers";
      case 0xE000000A -> "multicast, EIGRP routers";
      case 0xE000000D -> "multicast, PIM routers";
      case 0xE0000012 -> "multicast, VRRP";
      case 0xE0000016 -> "multicast, IGMPv3 routers";
      case 0xE00000FB -> "multicast, mDNS";
      case 0xE00000FC -> "multicast, LLMNR";
      case 0xE0000181 -> "multicast, PTP";
      case 0xEFFFFFFA -> "multicast, SSDP";
      default ->
          in(a, 0xE0000000, 24)
              ? "multicast, this link only"
              : a >>> 24 == 239 ? "multicast, inside the organisation" : "multicast";
    };
  }

  private static boolean in(int address, int prefix, int bits) {
    return (address ^ prefix) >>> (32 - bits) == 0;
  }

  private static String ofIpv6(long high, long low) {
    if (high == 0) {
      return ofIpv6WithoutPrefix(low);
    }
    if (high >>> 56 == 0xFF) {
      return "multicast, " + scope((int) (high >>> 48) & 0xF) + ofIpv6Group(high, low);
    }
    if (high >>> 54 == 0xFE80 >>> 6) {
      return "link-local";
    }
    if (high >>> 54 == 0xFEC0 >>> 6) {
      return "site-local (deprecated)";
    }
    if (high >>> 57 == 0xFC >>> 1) {
      return "unique local";
    }
    if (high >>> 32 == 0x20010DB8L || high >>> 44 == 0x3FFF0) {
      return "documentation";
    }
    if (high >>> 32 == 0x20010000L) {
      return "Teredo";
    }
    if (high >>> 48 == 0x2002) {
      return "6to4";
    }
    if (high == 0x0064_FF9B_0000_0000L && low >>> 32 == 0) {
      return "NAT64";
    }
    if (high >>> 16 == 0x0064_FF9B_0001L) {
      return "NAT64, local use";
    }
    if (high == 0x0100_0000_0000_0000L) {
      return "discard only";
    }
    return high >>> 61 == 1 ? "public" : "reserved";
  }

  private static String ofIpv6WithoutPrefix(long low) {
    if (low == 0) {
      return "unspecified";
    }
    if (low == 1) {
      return "loopback";
    }
    return low >>> 32 == 0xFFFF ? "IPv4-mapped" : "reserved";
  }

  private static String scope(int scope) {
    return switch (scope) {
      case 1 -> "interface-local";
      case 2 -> "link-local";
      case 3 -> "realm-local";
      case 4 -> "admin-local";
      case 5 -> "site-local";
      case 8 -> "organisation-local";
      case 14 -> "global";
      default -> "scope " + scope;
    };
  }

  private static String ofIpv6Group(long high, long low) {
    if ((high & 0x0000_FFFF_FFFF_FFFFL) != 0) {
      return "";
    }
    if (low >>> 24 == 0x1FFL) {
      return ", solicited node";
    }
    return switch ((int) Math.min(low, Integer.MAX_VALUE)) {
      case 1 -> ", all nodes";
      case 2 -> ", all routers";
      case 5 -> ", OSPF routers";
      case 6 -> ", OSPF designated routers";
      case 9 -> ", RIP routers";
      case 0xD -> ", PIM routers";
      case 0x16 -> ", MLDv2 routers";
      case 0xC -> ", SSDP";
      case 0xFB -> ", mDNS";
      case 0x10002 -> ", DHCP agents and servers";
      case 0x10003 -> ", LLMNR";
      default -> "";
    };
  }
}
