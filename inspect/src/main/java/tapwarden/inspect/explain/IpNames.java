package tapwarden.inspect.explain;

/**
 * Names of numbers in IP and its companions (IANA registries). An unknown number has an empty name.
 */
final class IpNames {
  private IpNames() {}

  static String protocol(int protocol) {
    return switch (protocol) {
      case 0 -> "IPv6 hop-by-hop options";
      case 1 -> "ICMP";
      case 2 -> "IGMP";
      case 4 -> "IPv4 (IP-in-IP)";
      case 5 -> "ST";
      case 6 -> "TCP";
      case 8 -> "EGP";
      case 9 -> "private interior gateway";
      case 17 -> "UDP";
      case 27 -> "RDP";
      case 33 -> "DCCP";
      case 41 -> "IPv6";
      case 43 -> "IPv6 routing header";
      case 44 -> "IPv6 fragment header";
      case 46 -> "RSVP";
      case 47 -> "GRE";
      case 50 -> "IPsec ESP";
      case 51 -> "IPsec AH";
      case 58 -> "ICMPv6";
      case 59 -> "nothing (no next header)";
      case 60 -> "IPv6 destination options";
      case 88 -> "EIGRP";
      case 89 -> "OSPF";
      case 94 -> "IP-in-IP (IPIP)";
      case 97 -> "EtherIP";
      case 103 -> "PIM";
      case 108 -> "IP payload compression";
      case 112 -> "VRRP";
      case 115 -> "L2TP version 3";
      case 124 -> "IS-IS over IPv4";
      case 132 -> "SCTP";
      case 135 -> "mobility header";
      case 136 -> "UDP-Lite";
      case 137 -> "MPLS-in-IP";
      case 139 -> "HIP";
      case 140 -> "Shim6";
      case 143 -> "Ethernet";
      case 145 -> "network service header";
      case 253, 254 -> "experiments";
      default -> "";
    };
  }

  /** RFC 2474, RFC 2597, RFC 3246, RFC 5865, RFC 8622. */
  static String dscp(int dscp) {
    return switch (dscp) {
      case 0 -> "default (best effort)";
      case 1 -> "LE, lower effort";
      case 46 -> "EF, expedited forwarding";
      case 44 -> "voice admit";
      default -> {
        if ((dscp & 7) == 0) {
          yield "CS" + (dscp >>> 3) + ", class selector";
        }
        int drop = dscp >>> 1 & 3;
        boolean assured = (dscp & 1) == 0 && drop != 0 && dscp >>> 3 >= 1 && dscp >>> 3 <= 4;
        yield assured ? "AF" + (dscp >>> 3) + drop + ", assured forwarding" : "";
      }
    };
  }

  /** RFC 3168 section 5. */
  static String ecn(int ecn) {
    return switch (ecn) {
      case 0 -> "not ECN-capable";
      case 1 -> "ECN-capable, ECT(1)";
      case 2 -> "ECN-capable, ECT(0)";
      default -> "congestion experienced";
    };
  }

  static String ipv4Option(int kind) {
    return switch (kind) {
      case 0 -> "end of options";
      case 1 -> "no operation";
      case 7 -> "record route";
      case 68 -> "timestamp";
      case 130 -> "security";
      case 131 -> "loose source route";
      case 134 -> "commercial security (CIPSO)";
      case 136 -> "stream id";
      case 137 -> "strict source route";
      case 148 -> "router alert";
      default -> "option " + kind;
    };
  }

  static String ipv6Option(int type) {
    return switch (type) {
      case 0x00 -> "Pad1";
      case 0x01 -> "PadN";
      case 0x04 -> "tunnel encapsulation limit";
      case 0x05 -> "router alert";
      case 0x07 -> "CALIPSO";
      case 0x0F -> "performance and diagnostic metrics";
      case 0x1E, 0x3E -> "experiment";
      case 0x63 -> "RPL";
      case 0x6D -> "MPL";
      case 0xC2 -> "jumbo payload";
      case 0xC9 -> "home address";
      default -> "option " + Fields.hexText(type, 2);
    };
  }

  static String routingType(int type) {
    return switch (type) {
      case 0 -> "source route (deprecated by RFC 5095)";
      case 2 -> "mobile IPv6";
      case 3 -> "RPL source route";
      case 4 -> "segment routing";
      default -> "";
    };
  }

  static String icmpType(int type) {
    return switch (type) {
      case 0 -> "echo reply";
      case 3 -> "destination unreachable";
      case 4 -> "source quench (deprecated)";
      case 5 -> "redirect";
      case 8 -> "echo request";
      case 9 -> "router advertisement";
      case 10 -> "router solicitation";
      case 11 -> "time exceeded";
      case 12 -> "parameter problem";
      case 13 -> "timestamp request";
      case 14 -> "timestamp reply";
      case 15 -> "information request";
      case 16 -> "information reply";
      case 17 -> "address mask request";
      case 18 -> "address mask reply";
      case 30 -> "traceroute";
      case 42 -> "extended echo request";
      case 43 -> "extended echo reply";
      default -> "";
    };
  }

  static String icmpCode(int type, int code) {
    return switch (type) {
      case 3 -> unreachable(code);
      case 5 ->
          switch (code) {
            case 0 -> "for the network";
            case 1 -> "for the host";
            case 2 -> "for the service and network";
            case 3 -> "for the service and host";
            default -> "";
          };
      case 11 ->
          switch (code) {
            case 0 -> "time to live ran out in transit";
            case 1 -> "fragments did not arrive in time";
            default -> "";
          };
      case 12 ->
          switch (code) {
            case 0 -> "the pointer shows the error";
            case 1 -> "a required option is missing";
            case 2 -> "bad length";
            default -> "";
          };
      default -> "";
    };
  }

  private static String unreachable(int code) {
    return switch (code) {
      case 0 -> "network unreachable";
      case 1 -> "host unreachable";
      case 2 -> "protocol unreachable";
      case 3 -> "port unreachable";
      case 4 -> "fragmentation needed but forbidden";
      case 5 -> "source route failed";
      case 6 -> "network unknown";
      case 7 -> "host unknown";
      case 8 -> "source host isolated";
      case 9 -> "network administratively prohibited";
      case 10 -> "host administratively prohibited";
      case 11 -> "network unreachable for the service";
      case 12 -> "host unreachable for the service";
      case 13 -> "communication administratively prohibited";
      case 14 -> "host precedence violation";
      case 15 -> "precedence cutoff in effect";
      default -> "";
    };
  }

  static String icmpv6Type(int type) {
    return switch (type) {
      case 1 -> "destination unreachable";
      case 2 -> "packet too big";
      case 3 -> "time exceeded";
      case 4 -> "parameter problem";
      case 128 -> "echo request";
      case 129 -> "echo reply";
      case 130 -> "multicast listener query";
      case 131 -> "multicast listener report";
      case 132 -> "multicast listener done";
      case 133 -> "router solicitation";
      case 134 -> "router advertisement";
      case 135 -> "neighbour solicitation";
      case 136 -> "neighbour advertisement";
      case 137 -> "redirect";
      case 138 -> "router renumbering";
      case 139 -> "node information query";
      case 140 -> "node information response";
      case 143 -> "multicast listener report, version 2";
      case 144 -> "home agent discovery request";
      case 145 -> "home agent discovery reply";
      case 146 -> "mobile prefix solicitation";
      case 147 -> "mobile prefix advertisement";
      case 148 -> "certification path solicitation";
      case 149 -> "certification path advertisement";
      case 151 -> "multicast router advertisement";
      case 152 -> "multicast router solicitation";
      case 153 -> "multicast router termination";
      case 155 -> "RPL control";
      case 160 -> "extended echo request";
      case 161 -> "extended echo reply";
      default -> "";
    };
  }

  static String icmpv6Code(int type, int code) {
    return switch (type) {
      case 1 ->
          switch (code) {
            case 0 -> "no route";
            case 1 -> "administratively prohibited";
            case 2 -> "beyond the scope of the source address";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            case 5 -> "source address failed policy";
            case 6 -> "route rejected";
            case 7 -> "source route failed";
            default -> "";
          };
      case 3 ->
          switch (code) {
            case 0 -> "hop limit ran out in transit";
            case 1 -> "fragments did not arrive in time";
            default -> "";
          };
      case 4 ->
          switch (code) {
            case 0 -> "erroneous header field";
            case 1 -> "unknown next header";
            case 2 -> "unknown option";
            case 3 -> "incomplete header chain in the first fragment";
            default -> "";
          };
      default -> "";
    };
  }

  static String igmpType(int type) {
    return switch (type) {
      case 0x11 -> "membership query";
      case 0x12 -> "membership report, version 1";
      case 0x13 -> "DVMRP";
      case 0x14 -> "PIM version 1";
      case 0x16 -> "membership report, version 2";
      case 0x17 -> "leave group";
      case 0x22 -> "membership report, version 3";
      case 0x30 -> "multicast router advertisement";
      case 0x31 -> "multicast router solicitation";
      case 0x32 -> "multicast router termination";
      default -> "";
    };
  }

  static String tcpOption(int kind) {
    return switch (kind) {
      case 2 -> "maximum segment size";
      case 3 -> "window scale";
      case 4 -> "selective acknowledgment permitted";
      case 5 -> "selective acknowledgment";
      case 8 -> "timestamps";
      case 19 -> "MD5 signature";
      case 27 -> "quick start";
      case 28 -> "user timeout";
      case 29 -> "authentication (TCP-AO)";
      case 30 -> "multipath TCP";
      case 34 -> "fast open cookie";
      case 69 -> "encryption negotiation";
      case 253, 254 -> "experiment";
      default -> "option " + kind;
    };
  }

  static String sctpChunk(int type) {
    return switch (type) {
      case 0 -> "DATA";
      case 1 -> "INIT, opens an association";
      case 2 -> "INIT ACK, the server answers";
      case 3 -> "SACK, selective acknowledgment";
      case 4 -> "HEARTBEAT";
      case 5 -> "HEARTBEAT ACK";
      case 6 -> "ABORT, the association is closed at once";
      case 7 -> "SHUTDOWN";
      case 8 -> "SHUTDOWN ACK";
      case 9 -> "ERROR";
      case 10 -> "COOKIE ECHO, the client proves its address";
      case 11 -> "COOKIE ACK, the association is established";
      case 12 -> "ECNE, congestion notice";
      case 13 -> "CWR, congestion window reduced";
      case 14 -> "SHUTDOWN COMPLETE";
      case 15 -> "AUTH";
      case 64 -> "I-DATA";
      case 128 -> "ASCONF ACK";
      case 130 -> "RE-CONFIG";
      case 132 -> "PAD";
      case 192 -> "FORWARD TSN";
      case 193 -> "ASCONF, address change";
      case 194 -> "I-FORWARD TSN";
      default -> "";
    };
  }

  static String sctpPayload(long protocol) {
    return switch ((int) protocol) {
      case 1 -> "IUA";
      case 2 -> "M2UA";
      case 3 -> "M3UA";
      case 4 -> "SUA";
      case 5 -> "M2PA";
      case 7 -> "H.248";
      case 18 -> "S1AP";
      case 19 -> "RUA";
      case 20 -> "HNBAP";
      case 24 -> "SBc-AP";
      case 25 -> "NBAP";
      case 27 -> "X2AP";
      case 29 -> "LCS-AP";
      case 31 -> "SABP";
      case 43 -> "M2AP";
      case 44 -> "M3AP";
      case 46 -> "Diameter";
      case 47 -> "Diameter over DTLS";
      case 50 -> "WebRTC control";
      case 51 -> "WebRTC string";
      case 53 -> "WebRTC binary";
      case 60 -> "NGAP";
      case 61 -> "XnAP";
      case 62 -> "F1AP";
      case 64 -> "E1AP";
      case 66 -> "NGAP over DTLS";
      case 67 -> "XnAP over DTLS";
      case 68 -> "F1AP over DTLS";
      case 69 -> "E1AP over DTLS";
      default -> "";
    };
  }
}
