package tapwarden.inspect.explain;

import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.wire.EtherType;

/**
 * Names of numbers below IP: link types (tcpdump group), EtherTypes and LLC access points (IEEE,
 * IANA), ARP (IANA), devices (Linux). An unknown number has an empty name.
 */
final class LinkNames {
  private LinkNames() {}

  static String linkType(int linkType) {
    String name =
        switch (linkType) {
          case LinkType.NULL -> "BSD loopback";
          case LinkType.ETHERNET -> "Ethernet";
          case LinkType.PPP -> "PPP";
          case LinkType.PPP_HDLC -> "PPP in HDLC framing";
          case LinkType.PPP_ETHER -> "PPPoE session";
          case LinkType.RAW -> "raw IP";
          case LinkType.C_HDLC -> "Cisco HDLC";
          case LinkType.IEEE802_11 -> "IEEE 802.11";
          case LinkType.FRELAY -> "frame relay";
          case LinkType.LOOP -> "OpenBSD loopback";
          case LinkType.LINUX_SLL -> "Linux cooked capture";
          case LinkType.IEEE802_11_RADIOTAP -> "IEEE 802.11 with radiotap";
          case LinkType.IPV4 -> "raw IPv4";
          case LinkType.IPV6 -> "raw IPv6";
          case LinkType.NFLOG -> "netfilter log";
          case LinkType.LINUX_SLL2 -> "Linux cooked capture, version 2";
          default -> "not supported";
        };
    return "link type " + linkType + " (" + name + ")";
  }

  /** An EtherType, or the IEEE 802.3 length that stands in its place. */
  static String typeOrLength(int type) {
    if (type >= EtherType.MINIMUM) {
      return etherType(type);
    }
    return type <= EtherType.MAXIMUM_LENGTH
        ? "IEEE 802.3 length, " + type + " bytes"
        : "neither a type nor a length";
  }

  static String etherType(int type) {
    return switch (type) {
      case EtherType.IPV4 -> "IPv4";
      case EtherType.ARP -> "ARP";
      case 0x0842 -> "Wake-on-LAN";
      case 0x0BAD -> "Banyan VINES";
      case EtherType.CDP -> "CDP";
      case 0x22EA -> "stream reservation";
      case EtherType.ERSPAN_III -> "ERSPAN type III";
      case 0x22F0 -> "AVTP";
      case 0x22F3 -> "TRILL";
      case 0x6002 -> "DEC MOP";
      case 0x6003 -> "DECnet";
      case EtherType.TRANSPARENT_ETHERNET_BRIDGING -> "Ethernet (transparent bridging)";
      case EtherType.RAW_FRAME_RELAY -> "frame relay";
      case EtherType.REVERSE_ARP -> "reverse ARP";
      case 0x809B -> "AppleTalk";
      case 0x80F3 -> "AppleTalk ARP";
      case EtherType.VLAN -> "VLAN tag (IEEE 802.1Q)";
      case 0x8102 -> "SLPP";
      case 0x8137 -> "IPX";
      case 0x8204 -> "QNX";
      case EtherType.IPV6 -> "IPv6";
      case 0x8808 -> "Ethernet flow control";
      case 0x8809 -> "slow protocols (link aggregation)";
      case EtherType.PPP -> "PPP";
      case EtherType.WCCP -> "WCCP";
      case EtherType.MPLS -> "MPLS";
      case EtherType.MPLS_UPSTREAM -> "MPLS, upstream-assigned label";
      case EtherType.PPPOE_DISCOVERY -> "PPPoE discovery";
      case EtherType.PPPOE_SESSION -> "PPPoE session";
      case EtherType.JUMBO_LLC -> "jumbo LLC";
      case 0x887B -> "HomePlug 1.0";
      case EtherType.EAPOL -> "EAPOL (IEEE 802.1X)";
      case 0x8892 -> "PROFINET";
      case 0x8899 -> "Realtek remote control";
      case 0x889A -> "HyperSCSI";
      case 0x88A2 -> "ATA over Ethernet";
      case 0x88A4 -> "EtherCAT";
      case EtherType.PROVIDER_BRIDGING -> "service VLAN tag (IEEE 802.1ad)";
      case 0x88AB -> "Ethernet POWERLINK";
      case 0x88B8 -> "GOOSE (IEC 61850)";
      case 0x88B9 -> "GSE management (IEC 61850)";
      case 0x88BA -> "sampled values (IEC 61850)";
      case EtherType.ERSPAN -> "ERSPAN";
      case EtherType.LLDP -> "LLDP";
      case 0x88CD -> "SERCOS III";
      case 0x88E1 -> "HomePlug AV";
      case 0x88E3 -> "media redundancy (MRP)";
      case 0x88E5 -> "MACsec (IEEE 802.1AE)";
      case EtherType.BACKBONE_BRIDGING -> "backbone service tag (IEEE 802.1ah)";
      case 0x88F5 -> "MVRP";
      case 0x88F7 -> "PTP (IEEE 1588)";
      case 0x88F8 -> "NC-SI";
      case 0x88FB -> "PRP";
      case 0x8902 -> "connectivity fault management";
      case EtherType.FABRIC_PATH -> "FabricPath";
      case EtherType.CISCO_METADATA -> "Cisco metadata (TrustSec)";
      case 0x8906 -> "Fibre Channel over Ethernet";
      case 0x8914 -> "FCoE initialisation";
      case 0x8915 -> "RoCE";
      case EtherType.VN_TAG -> "VN-Tag";
      case 0x892F -> "HSR";
      case EtherType.E_TAG -> "E-Tag (IEEE 802.1BR)";
      case EtherType.NSH -> "network service header";
      case 0x9000 -> "Ethernet loopback test";
      case EtherType.QINQ_OLD, EtherType.QINQ_OLD_2 -> "VLAN tag (before IEEE 802.1ad)";
      default -> "";
    };
  }

  static String serviceAccessPoint(int sap) {
    return switch (sap & 0xFE) {
      case 0x00 -> "null";
      case 0x04 -> "SNA";
      case 0x06 -> "IP";
      case 0x42 -> "spanning tree";
      case 0x7E -> "X.25";
      case 0x80 -> "XNS";
      case 0xAA -> "SNAP";
      case 0xE0 -> "IPX";
      case 0xF0 -> "NetBIOS";
      case 0xFE -> sap == 0xFF ? "global" : "ISO network layer (IS-IS, CLNP)";
      default -> "";
    };
  }

  static String organisation(int oui) {
    return switch (oui) {
      case 0x000000 -> "an EtherType follows";
      case 0x00000C -> "Cisco";
      case 0x0000F8 -> "Cisco, an EtherType follows";
      case 0x080007 -> "Apple";
      case 0x0080C2 -> "IEEE 802.1";
      default -> "";
    };
  }

  static String snapProtocol(int oui, int id) {
    return switch (oui) {
      case 0x00000C ->
          switch (id) {
            case 0x0111 -> "UDLD";
            case 0x010B -> "per-VLAN spanning tree";
            case 0x2000 -> "CDP";
            case 0x2003 -> "VTP";
            case 0x2004 -> "DTP";
            default -> "";
          };
      case 0x0080C2 ->
          switch (id) {
            case 0x0001 -> "bridged Ethernet with frame check sequence";
            case 0x0007 -> "bridged Ethernet";
            case 0x000E -> "bridge protocol data unit";
            default -> "";
          };
      default -> etherType(id);
    };
  }

  static String arpOperation(int operation) {
    return switch (operation) {
      case 1 -> "request: who has the target address?";
      case 2 -> "reply: the sender has the sender address";
      case 3 -> "reverse request";
      case 4 -> "reverse reply";
      case 8 -> "inverse request";
      case 9 -> "inverse reply";
      default -> "";
    };
  }

  /** ARP hardware types, which Linux uses for its devices too. */
  static String hardware(int type) {
    return switch (type) {
      case 1 -> "Ethernet";
      case 6 -> "IEEE 802";
      case 15 -> "frame relay";
      case 24 -> "FireWire";
      case 32 -> "InfiniBand";
      case 256 -> "SLIP";
      case 280 -> "CAN";
      case 512 -> "PPP";
      case 513 -> "Cisco HDLC";
      case 768 -> "IP-in-IP tunnel";
      case 769 -> "IPv6-in-IP tunnel";
      case 770 -> "frame relay access device";
      case 772 -> "loopback";
      case 776 -> "6in4 tunnel";
      case 778 -> "GRE over IP";
      case 801 -> "IEEE 802.11";
      case 802 -> "IEEE 802.11 with prism header";
      case 803 -> "IEEE 802.11 with radiotap";
      case 823 -> "GRE over IPv6";
      case 824 -> "netlink";
      case 826 -> "vsock monitor";
      case 65534 -> "none (raw IP)";
      default -> "";
    };
  }

  static String packetType(int type) {
    return switch (type) {
      case 0 -> "sent to this machine";
      case 1 -> "broadcast";
      case 2 -> "multicast";
      case 3 -> "sent to another machine";
      case 4 -> "sent by this machine";
      default -> "";
    };
  }

  static String eapolType(int type) {
    return switch (type) {
      case 0 -> "EAP packet";
      case 1 -> "start";
      case 2 -> "log-off";
      case 3 -> "key";
      case 4 -> "encapsulated alert";
      case 5 -> "MACsec key agreement";
      default -> "";
    };
  }

  static String mplsLabel(int label) {
    return switch (label) {
      case 0 -> "IPv4 explicit null";
      case 1 -> "router alert";
      case 2 -> "IPv6 explicit null";
      case 3 -> "implicit null";
      case 7 -> "entropy label indicator";
      case 13 -> "generic associated channel";
      case 14 -> "OAM alert";
      case 15 -> "extension";
      default -> "";
    };
  }

  static String vlanPriority(int priority) {
    return switch (priority) {
      case 0 -> "best effort";
      case 1 -> "background";
      case 2 -> "excellent effort";
      case 3 -> "critical applications";
      case 4 -> "video";
      case 5 -> "voice";
      case 6 -> "internetwork control";
      case 7 -> "network control";
      default -> "";
    };
  }
}
