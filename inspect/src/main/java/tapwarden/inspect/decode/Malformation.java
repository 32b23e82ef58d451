package tapwarden.inspect.decode;

import java.util.Locale;

/**
 * Everything that can be wrong with a frame, one code each. Fewer than 64, so that a set is one
 * long. The codes are public: they name EVE {@code anomaly} events and counters.
 *
 * <p>A code that speaks of truncation is also set where the capture, not the sender, cut the frame:
 * {@link Packet#isCut()} tells the two apart.
 */
public enum Malformation {
  LAYER_LIMIT("more layers than are decoded of one frame"),
  LINK_TRUNCATED("frame ends inside the link-layer header"),
  LINK_HEADER("link-layer header contradicts itself"),
  VLAN_TRUNCATED("frame ends inside a VLAN tag"),
  MPLS_TRUNCATED("frame ends inside an MPLS label"),
  PPPOE_HEADER("PPPoE header is cut, of unknown version, or longer than the frame"),
  PPP_TRUNCATED("frame ends inside the PPP header"),
  LLC_TRUNCATED("frame ends inside the LLC or SNAP header"),
  ARP_TRUNCATED("frame ends inside the ARP packet"),
  IPV4_TRUNCATED("frame ends inside the IPv4 header"),
  IPV4_VERSION("version field is not 4"),
  IPV4_HEADER_LENGTH("header length below 20 bytes or beyond the packet"),
  IPV4_TOTAL_LENGTH("total length below the header length or beyond the frame"),
  IPV4_OPTION_LENGTH("an IPv4 option is shorter than its own head or runs over the header"),
  IPV6_TRUNCATED("frame ends inside the IPv6 header"),
  IPV6_VERSION("version field is not 6"),
  IPV6_PAYLOAD_LENGTH("payload length beyond the frame"),
  IPV6_EXTENSION_TRUNCATED("packet ends inside an IPv6 extension header"),
  IPV6_EXTENSION_LIMIT("more IPv6 extension headers than are followed"),
  IPV6_EXTENSION_ORDER("hop-by-hop options are not the first extension header"),
  IPV6_OPTION_LENGTH("an IPv6 option runs over its header"),
  IPV6_OPTION_LIMIT("more IPv6 options than are looked at in one header"),
  IPV6_ROUTING_TYPE_0("type 0 routing header, deprecated by RFC 5095"),
  IPV6_JUMBO_LENGTH("jumbo payload length below 65,536 or beside a payload length"),
  FRAGMENT_RANGE("fragment reaches beyond the largest IP packet"),
  LAND("source and destination are the same address and port"),
  AH_HEADER("authentication header is cut or shorter than its fixed part"),
  ESP_TRUNCATED("packet ends inside the ESP header"),
  TCP_TRUNCATED("packet ends inside the TCP header"),
  TCP_HEADER_LENGTH("data offset below 20 bytes or beyond the segment"),
  TCP_OPTION_LENGTH("a TCP option is shorter than its own head or runs over the header"),
  TCP_NO_FLAGS("TCP segment without any flag"),
  TCP_SYN_FIN("SYN together with FIN"),
  TCP_SYN_RST("SYN together with RST"),
  TCP_FIN_ONLY("FIN without ACK"),
  TCP_URGENT_POINTER("urgent pointer beyond the segment"),
  UDP_TRUNCATED("packet ends inside the UDP header"),
  UDP_LENGTH("UDP length below 8 or beyond the packet"),
  UDPLITE_COVERAGE("UDP-Lite checksum coverage below 8 or beyond the packet"),
  SCTP_TRUNCATED("packet ends inside the SCTP header"),
  SCTP_CHUNK_LENGTH("an SCTP chunk is shorter than its head or runs over the packet"),
  SCTP_CHUNK_LIMIT("more SCTP chunks than are looked at in one packet"),
  ICMP_TRUNCATED("packet ends inside the ICMP header"),
  ICMP_QUOTE("ICMP error without a whole and sane IP header of the packet it is about"),
  ICMPV6_TRUNCATED("packet ends inside the ICMPv6 header"),
  IGMP_TRUNCATED("packet ends inside the IGMP header"),
  GRE_HEADER("GRE header is cut or of unknown version"),
  ERSPAN_HEADER("ERSPAN header is cut or of unknown version"),
  NSH_HEADER("NSH header is cut, too short or of unknown version"),
  ;

  private static final Malformation[] VALUES = values();

  private final String sentence;
  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '.');

  Malformation(String sentence) {
    this.sentence = sentence;
  }

  /** Lower dotted name, as EVE anomaly events use: {@code ipv4.header.length}. */
  public String id() {
    return id;
  }

  public String sentence() {
    return sentence;
  }

  /** The code whose ordinal is {@code ordinal}. */
  public static Malformation at(int ordinal) {
    return VALUES[ordinal];
  }

  /** This code's bit in {@link Packet#malformations()}. */
  public long bit() {
    return 1L << ordinal();
  }
}
