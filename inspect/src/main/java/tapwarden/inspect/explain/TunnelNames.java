package tapwarden.inspect.explain;

import tapwarden.inspect.wire.GtpuView;
import tapwarden.inspect.wire.PppView;
import tapwarden.inspect.wire.PppoeView;

/**
 * Names of numbers in tunnels and PPP (IANA registries, RFC 2516, RFC 2661, 3GPP TS 29.060 and
 * 29.281). An unknown number has an empty name, an unknown element its number.
 */
final class TunnelNames {
  private TunnelNames() {}

  static String pppProtocol(int protocol) {
    return switch (protocol) {
      case PppView.IPV4 -> "IPv4";
      case PppView.VJ_COMPRESSED_TCP -> "compressed TCP (Van Jacobson)";
      case PppView.VJ_UNCOMPRESSED_TCP -> "uncompressed TCP (Van Jacobson)";
      case PppView.BRIDGING -> "bridging";
      case PppView.MULTILINK -> "multilink";
      case PppView.IPV6 -> "IPv6";
      case PppView.COMPRESSED -> "compressed or encrypted (MPPE) datagram";
      case PppView.MPLS_UNICAST -> "MPLS unicast";
      case PppView.MPLS_MULTICAST -> "MPLS multicast";
      case PppView.IPCP -> "IPCP, negotiates IPv4";
      case PppView.IPV6CP -> "IPV6CP, negotiates IPv6";
      case PppView.CCP -> "CCP, negotiates compression";
      case PppView.LCP -> "LCP, negotiates the link";
      case PppView.PAP -> "PAP, password in clear text";
      case 0xC025 -> "link quality report";
      case PppView.CHAP -> "CHAP, challenge and response";
      case PppView.EAP -> "EAP";
      default -> "";
    };
  }

  static String pppoeCode(int code) {
    return switch (code) {
      case PppoeView.SESSION_DATA -> "session data";
      case PppoeView.PADO -> "PADO, a concentrator offers itself";
      case PppoeView.PADI -> "PADI, a subscriber looks for a concentrator";
      case PppoeView.PADR -> "PADR, the subscriber chooses one";
      case PppoeView.PADS -> "PADS, the session is confirmed";
      case PppoeView.PADT -> "PADT, the session ends";
      default -> "";
    };
  }

  static String pppoeTag(int tag) {
    return switch (tag) {
      case 0x0101 -> "Service name";
      case 0x0102 -> "Access concentrator name";
      case 0x0103 -> "Host-unique";
      case 0x0104 -> "Cookie";
      case 0x0105 -> "Vendor-specific";
      case 0x0110 -> "Relay session id";
      case 0x0120 -> "Maximum payload";
      case 0x0201 -> "Service name error";
      case 0x0202 -> "Access concentrator error";
      case 0x0203 -> "Generic error";
      default -> "Tag " + Fields.hexText(tag, 4);
    };
  }

  static boolean isPppoeText(int tag) {
    return tag == 0x0101 || tag == 0x0102 || (tag >= 0x0201 && tag <= 0x0203);
  }

  static String l2tpMessage(int type) {
    return switch (type) {
      case 1 -> "SCCRQ, asks for a tunnel";
      case 2 -> "SCCRP, accepts the tunnel";
      case 3 -> "SCCCN, the tunnel is connected";
      case 4 -> "StopCCN, the tunnel ends";
      case 6 -> "HELLO, keep-alive";
      case 7 -> "OCRQ, asks for an outgoing call";
      case 8 -> "OCRP, accepts the outgoing call";
      case 9 -> "OCCN, the outgoing call is connected";
      case 10 -> "ICRQ, announces an incoming call";
      case 11 -> "ICRP, accepts the incoming call";
      case 12 -> "ICCN, the incoming call is connected";
      case 14 -> "CDN, the call ends";
      case 15 -> "WEN, errors on the access line";
      case 16 -> "SLI, sets link parameters";
      default -> "";
    };
  }

  static String l2tpAttribute(int type) {
    return switch (type) {
      case 0 -> "Message type";
      case 1 -> "Result code";
      case 2 -> "Protocol version";
      case 3 -> "Framing capabilities";
      case 4 -> "Bearer capabilities";
      case 5 -> "Tie breaker";
      case 6 -> "Firmware revision";
      case 7 -> "Host name";
      case 8 -> "Vendor name";
      case 9 -> "Assigned tunnel id";
      case 10 -> "Receive window size";
      case 11 -> "Challenge";
      case 13 -> "Challenge response";
      case 14 -> "Assigned session id";
      case 15 -> "Call serial number";
      case 18 -> "Bearer type";
      case 19 -> "Framing type";
      case 21 -> "Called number";
      case 22 -> "Calling number";
      case 24 -> "Connect speed";
      case 30 -> "Proxy authentication name";
      case 38 -> "Receive speed";
      default -> "Attribute " + type;
    };
  }

  static boolean isL2tpText(int type) {
    return type == 7 || type == 8 || type == 21 || type == 22 || type == 30;
  }

  static String gtpMessage(int type) {
    return switch (type) {
      case GtpuView.ECHO_REQUEST -> "echo request";
      case GtpuView.ECHO_RESPONSE -> "echo response";
      case 3 -> "version not supported";
      case 16 -> "create PDP context request";
      case 17 -> "create PDP context response";
      case 18 -> "update PDP context request";
      case 19 -> "update PDP context response";
      case 20 -> "delete PDP context request";
      case 21 -> "delete PDP context response";
      case GtpuView.ERROR_INDICATION -> "error indication: the tunnel is not known";
      case 27 -> "PDU notification request";
      case 28 -> "PDU notification response";
      case GtpuView.SUPPORTED_EXTENSION_HEADERS -> "supported extension headers";
      case 48 -> "identification request";
      case 49 -> "identification response";
      case 50 -> "SGSN context request";
      case 51 -> "SGSN context response";
      case 52 -> "SGSN context acknowledge";
      case 253 -> "tunnel status";
      case GtpuView.END_MARKER -> "end marker: nothing more on this path";
      case GtpuView.T_PDU -> "T-PDU: a subscriber's packet follows";
      default -> "";
    };
  }

  static String gtp2Message(int type) {
    return switch (type) {
      case 1 -> "echo request";
      case 2 -> "echo response";
      case 3 -> "version not supported";
      case 32 -> "create session request";
      case 33 -> "create session response";
      case 34 -> "modify bearer request";
      case 35 -> "modify bearer response";
      case 36 -> "delete session request";
      case 37 -> "delete session response";
      case 64 -> "modify bearer command";
      case 66 -> "delete bearer command";
      case 68 -> "bearer resource command";
      case 95 -> "create bearer request";
      case 96 -> "create bearer response";
      case 97 -> "update bearer request";
      case 98 -> "update bearer response";
      case 99 -> "delete bearer request";
      case 100 -> "delete bearer response";
      case 128 -> "identification request";
      case 129 -> "identification response";
      case 130 -> "context request";
      case 131 -> "context response";
      case 132 -> "context acknowledge";
      case 133 -> "forward relocation request";
      case 134 -> "forward relocation response";
      case 170 -> "release access bearers request";
      case 171 -> "release access bearers response";
      case 176 -> "downlink data notification";
      case 177 -> "downlink data notification acknowledge";
      default -> "";
    };
  }

  static String gtpExtension(int type) {
    return switch (type) {
      case 0x01 -> "MBMS support";
      case 0x03 -> "long PDCP PDU number";
      case 0x20 -> "service class indicator";
      case 0x40 -> "UDP port";
      case 0x81 -> "RAN container";
      case 0x82 -> "long PDCP PDU number";
      case 0x83 -> "Xw RAN container";
      case 0x84 -> "NR RAN container";
      case GtpuView.PDU_SESSION_CONTAINER -> "PDU session container";
      case 0xC0 -> "PDCP PDU number";
      case 0xC1 -> "suspend request";
      case 0xC2 -> "suspend response";
      default -> "";
    };
  }

  /** The next protocol of VXLAN-GPE and of NSH. */
  static String nextProtocol(int protocol) {
    return switch (protocol) {
      case 1 -> "IPv4";
      case 2 -> "IPv6";
      case 3 -> "Ethernet";
      case 4 -> "network service header";
      case 5 -> "MPLS";
      default -> "";
    };
  }

  static String tzspType(int type) {
    return switch (type) {
      case 0 -> "received frame";
      case 1 -> "frame to transmit";
      case 3 -> "configuration";
      case 4 -> "keep-alive";
      case 5 -> "port opener";
      default -> "";
    };
  }

  static String tzspTag(int tag) {
    return switch (tag) {
      case 10 -> "Signal";
      case 11 -> "Silence level";
      case 12 -> "Rate";
      case 13 -> "Timestamp";
      case 15 -> "Contention-free";
      case 16 -> "Not decrypted";
      case 17 -> "Frame check error";
      case 18 -> "Channel";
      case 40 -> "Packet id";
      case 41 -> "Original length";
      case 60 -> "Sensor MAC";
      case 80 -> "Device name";
      case 81 -> "Capture location";
      default -> "Tag " + tag;
    };
  }
}
