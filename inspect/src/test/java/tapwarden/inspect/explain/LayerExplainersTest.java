package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

/** Expected values from the specifications of the fields, and from tshark for the same bytes. */
class LayerExplainersTest {
  private static final String MACS = "020000000002 020000000001";
  private static final String IP_10_TO_192 = "0a010203 c0000201";

  private static String ipv4(int protocol, int payloadLength, String payload) {
    return "0800 4500 %04x 0001 0000 40 %02x 0000 %s %s"
        .formatted(20 + payloadLength, protocol, IP_10_TO_192, payload);
  }

  private static String udp(int port, int payloadLength, String payload) {
    return ipv4(
        17,
        8 + payloadLength,
        "c000 %04x %04x 0000 %s".formatted(port, 8 + payloadLength, payload));
  }

  @Test
  void explainsVlanTagsAndArp() {
    Explained arp =
        Explained.ethernet(
            MACS,
            "88a8 a064 8100 000a 0806",
            "0001 0800 06 04 0001 020000000001 c0000201",
            "000000000000 c0000202");
    assertThat(arp.layers()).containsExactly("ethernet", "vlan", "vlan", "arp");
    assertThat(arp.field("vlan", "VLAN id")).isEqualTo("100");
    assertThat(arp.field("vlan", "Priority")).isEqualTo("5 | voice");
    assertThat(arp.field("arp", "Operation")).isEqualTo("1 | request: who has the target address?");
    assertThat(arp.field("arp", "Sender IP")).isEqualTo("192.0.2.1 | documentation");
    assertThat(arp.field("arp", "Target IP")).isEqualTo("192.0.2.2 | documentation");
    assertThat(arp.layer("arp").length()).isEqualTo(28);
  }

  @Test
  void explainsIpv6WithItsExtensions() {
    // Hop-by-hop with router alert, then ICMPv6 to the solicited-node group.
    Explained nd =
        Explained.ethernet(
            MACS,
            "86dd 60000000 0028 00 ff fe800000000000000000000000000001",
            "ff0200000000000000000001ff000002",
            "3a00 0502 0000 0100",
            "87 00 0000 00000000 fe800000000000000000000000000002 0101 020000000001");
    assertThat(nd.layers()).containsExactly("ethernet", "ipv6", "ipv6_ext", "icmpv6");
    assertThat(nd.field("ipv6", "Source")).isEqualTo("fe80::1 | link-local");
    assertThat(nd.field("ipv6", "Destination"))
        .isEqualTo("ff02::1:ff00:2 | multicast, link-local, solicited node");
    assertThat(nd.field("ipv6", "Next header")).isEqualTo("0 | IPv6 hop-by-hop options");
    assertThat(nd.field("ipv6_ext", "Option")).isEqualTo("router alert | 0000");
    assertThat(nd.field("icmpv6", "Type")).isEqualTo("135 | neighbour solicitation");
    assertThat(nd.field("icmpv6", "Target")).isEqualTo("fe80::2 | link-local");
    assertThat(nd.field("icmpv6", "Link-layer address"))
        .isEqualTo("02:00:00:00:00:01 | unicast, locally administered");
  }

  @Test
  void explainsAnIcmpErrorWithThePacketThatItIsAbout() {
    Explained error =
        Explained.ethernet(
            MACS,
            ipv4(
                1,
                36,
                "03 03 0000 00000000 4500001c00010000401100000a010203c0000201 c000 0035 0008 0000"));
    assertThat(error.field("icmp", "Type")).isEqualTo("3 | destination unreachable");
    assertThat(error.field("icmp", "Code")).isEqualTo("3 | port unreachable");
    assertThat(error.fields("icmp", "Quoted packet")).hasSize(1);
    assertThat(error.field("icmp", "Protocol")).isEqualTo("17 | UDP");
    assertThat(error.field("icmp", "Destination port")).isEqualTo("53 | DNS");
  }

  @Test
  void explainsSctpChunks() {
    // INIT of 20 bytes, then DATA of 17 bytes with S1AP (18), padded.
    Explained sctp =
        Explained.ethernet(
            MACS,
            ipv4(
                132,
                52,
                "8000 8e3c 00000000 12345678"
                    + "01 00 0014 11111111 00010000 000a 000a 22222222"
                    + "00 03 0011 00000001 0002 0003 00000012 ab 000000"));
    assertThat(sctp.field("sctp", "Destination port")).isEqualTo("36412 | S1AP");
    assertThat(sctp.fields("sctp", "Chunk"))
        .extracting(ExplainedField::meaning)
        .containsExactly("INIT, opens an association", "DATA");
    assertThat(sctp.field("sctp", "Payload protocol")).isEqualTo("18 | S1AP");
    assertThat(sctp.field("sctp", "Stream")).isEqualTo("2");
    assertThat(sctp.field("sctp", "Data")).isEqualTo("ab");
  }

  @Test
  void explainsASubscribersPacketInGtp() {
    Explained gtp =
        Explained.ethernet(
            MACS,
            udp(
                2152,
                36,
                "34ff001c 11223344 00000085 01100900"
                    + "45000014000100004001 0000 0a000001 0a000002"));
    assertThat(gtp.layers()).containsExactly("ethernet", "ipv4", "udp", "gtp", "ipv4");
    assertThat(gtp.field("gtp", "Message type"))
        .isEqualTo("255 | T-PDU: a subscriber's packet follows");
    assertThat(gtp.field("gtp", "Tunnel endpoint id")).isEqualTo("0x11223344");
    assertThat(gtp.field("gtp", "Extension header")).isEqualTo("0x85 | PDU session container");
    assertThat(gtp.field("gtp", "QoS flow id")).isEqualTo("9");
    assertThat(gtp.layer("gtp").length()).isEqualTo(16);
  }

  @Test
  void explainsGtpVersionTwo() {
    Explained gtp = Explained.ethernet(MACS, udp(2123, 12, "48 20 0008 00000000 000001 00"));
    assertThat(gtp.field("gtp", "Message type")).isEqualTo("32 | create session request");
    assertThat(gtp.field("gtp", "Sequence")).isEqualTo("1");
    assertThat(gtp.layer("gtp").length()).isEqualTo(12);
  }

  @Test
  void explainsVxlanAndWhatItCarries() {
    Explained vxlan =
        Explained.ethernet(
            MACS, udp(4789, 36, "08000000 00007b00" + MACS + "0806 000108000604000200000000"));
    assertThat(vxlan.field("vxlan", "Network id (VNI)")).isEqualTo("123");
    assertThat(vxlan.layers()).startsWith("ethernet", "ipv4", "udp", "vxlan", "ethernet");
  }

  @Test
  void explainsGreWithErspan() {
    Explained erspan =
        Explained.ethernet(
            MACS, ipv4(47, 30, "1000 88be 00000005 1064 a7ff 000abcde" + MACS + "88b5"));
    assertThat(erspan.layers()).containsExactly("ethernet", "ipv4", "gre", "erspan", "ethernet");
    assertThat(erspan.field("gre", "Protocol")).isEqualTo("0x88be | ERSPAN");
    assertThat(erspan.field("gre", "Sequence")).isEqualTo("5");
    assertThat(erspan.field("erspan", "Session id")).isEqualTo("1023");
    assertThat(erspan.field("erspan", "VLAN")).isEqualTo("100 | of the mirrored frame");
  }

  @Test
  void explainsPppoeDiscoveryTags() {
    // PADO of RFC 2516 appendix B.
    Explained pado =
        Explained.ethernet(MACS, "8863 1107 0000 0012 0101 0000 0102 000a 476f205265644261636b");
    assertThat(pado.field("pppoed", "Code")).isEqualTo("0x07 | PADO, a concentrator offers itself");
    assertThat(pado.field("pppoed", "Access concentrator name")).isEqualTo("\"Go RedBack\"");
    assertThat(pado.frame().remains()).isEmpty();
  }

  @Test
  void explainsL2tpControlMessages() {
    Explained l2tp =
        Explained.ethernet(
            MACS,
            udp(1701, 28, "c802 001c 0000 0000 0000 0000 8008 0000 0000 0001 8008 0000 0002 0100"));
    assertThat(l2tp.field("l2tp", "Message type")).isEqualTo("1 | SCCRQ, asks for a tunnel");
    assertThat(l2tp.field("l2tp", "Protocol version")).isEqualTo("0100");
  }

  @Test
  void explainsNeighboursInWords() {
    Explained lldp =
        Explained.ethernet(
            "0180c200000e 020000000001 88cc",
            "0207 04 020000000001 0404 05 653235 0602 0078 0a02 7377 0e04 0014 0004",
            "100c 05 01 c0000205 02 00000001 00 0000 00000000");
    assertThat(lldp.field("lldp", "Chassis id")).isEqualTo("02:00:00:00:00:01 | MAC address");
    assertThat(lldp.field("lldp", "Port id")).isEqualTo("\"e25\" | interface name");
    assertThat(lldp.field("lldp", "Time to live")).isEqualTo("120 s");
    assertThat(lldp.field("lldp", "System name")).isEqualTo("\"sw\"");
    assertThat(lldp.field("lldp", "Capabilities")).isEqualTo("0x0014 | bridge, router");
    assertThat(lldp.field("lldp", "Enabled capabilities")).isEqualTo("0x0004 | bridge");
    assertThat(lldp.field("lldp", "Management address")).isEqualTo("192.0.2.5");
    assertThat(lldp.frame().remains()).extracting(ExplainedBytes::length).containsExactly(4);
  }

  @Test
  void explainsCdpAndLeavesEthernetPaddingOut() {
    // 802.3 length 40 = LLC and SNAP 8, CDP 32.
    Explained cdp =
        Explained.ethernet(
            "01000ccccccc 020000000001 0028 aaaa03 00000c 2000",
            "02 b4 abcd 0001 0006 7231 0004 0008 00000029 0016 000e 00000001 01 01 cc 00",
            "000000000000");
    assertThat(cdp.field("cdp", "Device id")).isEqualTo("\"r1\"");
    assertThat(cdp.field("cdp", "Capabilities"))
        .isEqualTo("0x00000029 | router, switch, IGMP capable");
    assertThat(cdp.field("ethernet", "Destination"))
        .isEqualTo("01:00:0c:cc:cc:cc | multicast, Cisco CDP, VTP and others");
    assertThat(cdp.frame().remains())
        .extracting(ExplainedBytes::title)
        .containsExactly("Padding or trailer");
  }

  @Test
  void explainsARapidSpanningTreeMessage() {
    Explained stp =
        Explained.ethernet(
            "0180c2000000 020000000001 0027 424203",
            "0000 02 02 3c 8001020000000001 00000004 8002020000000002 8003",
            "0100 1400 0200 0f00 00");
    assertThat(stp.field("stp", "Version")).isEqualTo("2 | rapid spanning tree");
    assertThat(stp.field("stp", "Flags")).isEqualTo("0x3c | designated port, learning, forwarding");
    assertThat(stp.field("stp", "Root bridge"))
        .isEqualTo("priority 32768, extension 1, 02:00:00:00:00:01");
    assertThat(stp.field("stp", "Cost to the root")).isEqualTo("4");
    assertThat(stp.field("stp", "Maximum age")).isEqualTo("20 s");
    assertThat(stp.field("stp", "Forward delay")).isEqualTo("15 s");
  }

  @Test
  void explainsAWirelessFrame() {
    Explained beacon =
        Explained.of(
            LinkType.IEEE802_11_RADIOTAP,
            Explained.bytes(
                "0000 0e00 0a000000 00 00 6c09 a000",
                "8000 0000 ffffffffffff 020000000002 020000000002 f0ff 0102"));
    assertThat(beacon.layers()).containsExactly("radiotap", "wlan");
    assertThat(beacon.field("radiotap", "Channel frequency")).isEqualTo("2412 MHz");
    assertThat(beacon.field("wlan", "Type")).isEqualTo("management | beacon");
    assertThat(beacon.field("wlan", "Sequence")).isEqualTo("4095");
  }

  @Test
  void explainsCookedCaptureAndLoopback() {
    Explained cooked =
        Explained.of(
            LinkType.LINUX_SLL, Explained.bytes("0004 0338 0000 0000000000000000 0010 ffff"));
    assertThat(cooked.field("linux_sll", "Packet type")).isEqualTo("4 | sent by this machine");
    assertThat(cooked.field("linux_sll", "Device type")).isEqualTo("824 | netlink");
    assertThat(cooked.field("linux_sll", "Protocol"))
        .isEqualTo("0x0010 | meaning depends on the device");
    Explained loop = Explained.of(LinkType.NULL, Explained.bytes("1e000000"));
    assertThat(loop.field("null_loop", "Address family")).isEqualTo("30 | IPv6");
  }

  @Test
  void explainsADnsAnswer() {
    // RFC 1035 section 4.1: one question, one CNAME and one A, the names compressed.
    Explained dns =
        Explained.ethernet(
            MACS,
            ipv4(
                17,
                67,
                "0035 c000 0043 0000"
                    + "abcd 8180 0001 0002 0000 0000"
                    + "01 61 07 6578616d706c65 00 0001 0001"
                    + "c00c 0005 0001 0000003c 0004 01 62 c00e"
                    + "c027 0001 0001 0000003c 0004 c0000207"));
    assertThat(dns.layers()).containsExactly("ethernet", "ipv4", "udp", "dns");
    assertThat(dns.field("dns", "Id")).isEqualTo("0xabcd");
    assertThat(dns.field("dns", "Flags")).isEqualTo("0x8180 | a response");
    assertThat(dns.field("dns", "Question")).isEqualTo("\"a.example\" | A, internet");
    assertThat(dns.field("dns", "Response code")).isEqualTo("0 | NOERROR, no error");
    assertThat(dns.fields("dns", "Answer"))
        .extracting(ExplainedField::value)
        .containsExactly("\"a.example\" CNAME", "\"b.example\" A");
    assertThat(dns.field("dns", "Name")).isEqualTo("\"b.example\"");
    assertThat(dns.field("dns", "Address")).isEqualTo("192.0.2.7 | documentation");
    assertThat(dns.frame().remains()).isEmpty();
  }

  @Test
  void takesWhatIsNoDnsMessageForData() {
    Explained data = Explained.ethernet(MACS, udp(53, 3, "ffffff"));
    assertThat(data.layers()).containsExactly("ethernet", "ipv4", "udp");
    assertThat(data.frame().remains()).hasSize(1);
  }

  @Test
  void saysThatADamagedHeaderCannotBeRead() {
    Explained cut =
        Explained.ethernet(MACS, "0800 4600 001c 0001 0000 40 11 0000 0a010203 c0000201");
    assertThat(cut.field("ipv4", "Header"))
        .isEqualTo("not readable | it is cut or contradicts itself");
    assertThat(cut.layer("ipv4").length()).isZero();
  }
}
