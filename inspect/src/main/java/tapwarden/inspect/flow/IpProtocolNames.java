package tapwarden.inspect.flow;

import java.util.Locale;

/** Names of IP protocols as EVE's {@code proto} has them (IANA's keywords; TCP, UDP, ...). */
public final class IpProtocolNames {
  private IpProtocolNames() {}

  /** The name, or the number in three digits where EVE consumers know no name. */
  public static String name(int protocol) {
    return switch (protocol) {
      case 1 -> "ICMP";
      case 2 -> "IGMP";
      case 4 -> "IPv4";
      case 6 -> "TCP";
      case 17 -> "UDP";
      case 33 -> "DCCP";
      case 41 -> "IPv6";
      case 46 -> "RSVP";
      case 47 -> "GRE";
      case 50 -> "ESP";
      case 51 -> "AH";
      case 58 -> "IPv6-ICMP";
      case 59 -> "IPv6-NoNxt";
      case 88 -> "EIGRP";
      case 89 -> "OSPFIGP";
      case 103 -> "PIM";
      case 112 -> "VRRP";
      case 115 -> "L2TP";
      case 132 -> "SCTP";
      case 136 -> "UDPLite";
      case 137 -> "MPLS-in-IP";
      default -> String.format(Locale.ROOT, "%03d", protocol);
    };
  }
}
