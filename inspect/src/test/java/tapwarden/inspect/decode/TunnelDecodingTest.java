package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.bytes;
import static tapwarden.inspect.decode.Decoding.decode;
import static tapwarden.inspect.decode.Decoding.faults;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.packet.LinkType;

/**
 * The same inner packet, 10.0.0.1:49152 to 192.0.2.9:53 over UDP with four bytes of data, in every
 * tunnel and behind every link header, all laid out by hand.
 */
class TunnelDecodingTest {
  private static final String MACS = "02000000000b 02000000000a";
  private static final String INNER =
      "45000020 00000000 40110000 0a000001 c0000209" + "c000 0035 000c 0000 01020304";
  private static final String INNER_ETHERNET = "02000000001b 02000000001a 0800" + INNER;
  private static final String INNER_6 =
      "60000000 000c 11 40 20010db8000000000000000000000001 20010db8000000000000000000000002"
          + "c000 0035 000c 0000 01020304";

  /** From 198.51.100.1 to 198.51.100.2. */
  private static String ipv4(int protocol, String payload) {
    int total = 20 + bytes(payload).length;
    return "4500%04x 00000000 40%02x0000 c6336401 c6336402".formatted(total, protocol) + payload;
  }

  private static String udp(int destinationPort, String payload) {
    int length = 8 + bytes(payload).length;
    return ipv4(17, "d000 %04x %04x 0000".formatted(destinationPort, length) + payload);
  }

  private static String ethernet(int type, String payload) {
    return MACS + "%04x".formatted(type) + payload;
  }

  private static String wlan(String payload) {
    return "0801 0000 02000000000c 02000000000a 02000000000b 1000" + "aaaa03 000000 0800" + payload;
  }

  /** Name, link type, bytes, tunnel, its id, whether subscribers' traffic, outer IP version. */
  static Stream<Arguments> carriers() {
    int eth = LinkType.ETHERNET;
    return Stream.of(
        Arguments.of("IP in IP", eth, ethernet(0x800, ipv4(4, INNER)), Layer.IPV4, 0, false, 4),
        Arguments.of(
            "GRE", eth, ethernet(0x800, ipv4(47, "00000800" + INNER)), Layer.GRE, 0, false, 4),
        Arguments.of(
            "GRE with checksum, key, sequence",
            eth,
            ethernet(0x800, ipv4(47, "b0000800 00000000 0000002a 00000001" + INNER)),
            Layer.GRE,
            42,
            false,
            4),
        Arguments.of(
            "NVGRE",
            eth,
            ethernet(0x800, ipv4(47, "20006558 00123401" + INNER_ETHERNET)),
            Layer.NVGRE,
            0x1234,
            false,
            4),
        Arguments.of(
            "PPTP",
            eth,
            ethernet(0x800, ipv4(47, "3001880b 00240007 00000001 ff03 0021" + INNER)),
            Layer.GRE,
            7,
            false,
            4),
        Arguments.of(
            "ERSPAN I",
            eth,
            ethernet(0x800, ipv4(47, "000088be" + INNER_ETHERNET)),
            Layer.ERSPAN,
            0,
            false,
            4),
        Arguments.of(
            "ERSPAN II",
            eth,
            ethernet(0x800, ipv4(47, "100088be 00000001 10640014 00000000" + INNER_ETHERNET)),
            Layer.ERSPAN,
            20,
            false,
            4),
        Arguments.of(
            "ERSPAN III",
            eth,
            ethernet(
                0x800, ipv4(47, "100022eb 00000001 20640015 00000000 00000000" + INNER_ETHERNET)),
            Layer.ERSPAN,
            21,
            false,
            4),
        Arguments.of(
            "VXLAN",
            eth,
            ethernet(0x800, udp(4789, "08000000 00007b00" + INNER_ETHERNET)),
            Layer.VXLAN,
            123,
            false,
            4),
        Arguments.of(
            "VXLAN on Linux's port",
            eth,
            ethernet(0x800, udp(8472, "08000000 00007b00" + INNER_ETHERNET)),
            Layer.VXLAN,
            123,
            false,
            4),
        Arguments.of(
            "VXLAN-GPE",
            eth,
            ethernet(0x800, udp(4790, "0c000001 00007b00" + INNER)),
            Layer.VXLAN_GPE,
            123,
            false,
            4),
        Arguments.of(
            "NSH in VXLAN-GPE",
            eth,
            ethernet(0x800, udp(4790, "0c000004 00007b00 0fc20201 00000aff" + INNER)),
            Layer.VXLAN_GPE,
            123,
            false,
            4),
        Arguments.of(
            "GENEVE with an option",
            eth,
            ethernet(0x800, udp(6081, "02006558 00007b00 01020301 00000000" + INNER_ETHERNET)),
            Layer.GENEVE,
            123,
            false,
            4),
        Arguments.of(
            "GTP-U",
            eth,
            ethernet(0x800, udp(2152, "30ff0020 00000007" + INNER)),
            Layer.GTP,
            7,
            true,
            4),
        Arguments.of(
            "GTP-U with PDU session container",
            eth,
            ethernet(0x800, udp(2152, "34ff0028 00000007 00000085 01100100" + INNER)),
            Layer.GTP,
            7,
            true,
            4),
        Arguments.of(
            "L2TP",
            eth,
            ethernet(0x800, udp(1701, "4002 002c 0005 0009 ff03 0021" + INNER)),
            Layer.L2TP,
            5 << 16 | 9,
            true,
            4),
        Arguments.of(
            "CAPWAP with Ethernet",
            eth,
            ethernet(0x800, udp(5247, "00100200 00000000" + INNER_ETHERNET)),
            Layer.CAPWAP,
            0,
            true,
            4),
        Arguments.of(
            "CAPWAP with 802.11",
            eth,
            ethernet(0x800, udp(5247, "00100300 00000000" + wlan(INNER))),
            Layer.CAPWAP,
            0,
            true,
            4),
        Arguments.of(
            "TZSP",
            eth,
            ethernet(0x800, udp(37008, "01000001 01" + INNER_ETHERNET)),
            Layer.TZSP,
            0,
            false,
            4),
        Arguments.of(
            "GRE in UDP",
            eth,
            ethernet(0x800, udp(4754, "00000800" + INNER)),
            Layer.GRE,
            0,
            false,
            4),
        Arguments.of(
            "MPLS in UDP",
            eth,
            ethernet(0x800, udp(6635, "00010140" + INNER)),
            Layer.IPV4,
            0,
            false,
            4),
        Arguments.of(
            "4in6",
            eth,
            ethernet(
                0x86dd,
                "60000000 0020 04 40 20010db800000000000000000000000a"
                    + "20010db800000000000000000000000b"
                    + INNER),
            Layer.IPV6,
            0,
            false,
            6),
        Arguments.of(
            "AH around IP in IP",
            eth,
            ethernet(
                0x800, ipv4(51, "04040000 00000100 00000001 000000000000000000000000" + INNER)),
            Layer.IPV4,
            0,
            false,
            4),
        Arguments.of(
            "PPPoE",
            eth,
            ethernet(0x8864, "1100 0007 0022 0021" + INNER),
            Layer.PPPOES,
            7,
            true,
            0),
        Arguments.of(
            "MAC in MAC",
            eth,
            ethernet(0x88e7, "00001234" + INNER_ETHERNET),
            Layer.MAC_IN_MAC,
            0x1234,
            false,
            0),
        Arguments.of(
            "MPLS", eth, ethernet(0x8847, "00010040 00011140" + INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "Ethernet over MPLS with control word",
            eth,
            ethernet(0x8847, "00011140 00000001" + INNER_ETHERNET),
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "Ethernet over MPLS without",
            eth,
            ethernet(0x8847, "00011140" + INNER_ETHERNET),
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "NSH", eth, ethernet(0x894f, "0fc20201 00000aff" + INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "VN-Tag", eth, ethernet(0x8926, "00010002 0800" + INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "E-TAG",
            eth,
            ethernet(0x893f, "000000000000 0800" + INNER),
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "security group tag",
            eth,
            ethernet(0x8909, "010100010007 0800" + INNER),
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "FabricPath",
            eth,
            ethernet(0x8903, "0020" + INNER_ETHERNET),
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "SNAP", eth, ethernet(40, "aaaa03 000000 0800" + INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of("LLC", eth, ethernet(35, "060603" + INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "BSD loopback, little-endian",
            LinkType.NULL,
            "02000000" + INNER,
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "OpenBSD loopback", LinkType.LOOP, "00000002" + INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "Linux cooked",
            LinkType.LINUX_SLL,
            "0000 0001 0006 02000000000a 0000 0800" + INNER,
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "Linux cooked 2",
            LinkType.LINUX_SLL2,
            "0800 0000 00000003 0001 00 06 02000000000a 0000" + INNER,
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of("raw IP", LinkType.RAW, INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of("raw IPv4", LinkType.IPV4, INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of("PPP", LinkType.PPP, "ff03 0021" + INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "Cisco HDLC", LinkType.C_HDLC, "0f00 0800" + INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "Cisco HDLC as PPP",
            LinkType.PPP_HDLC,
            "0f00 0800" + INNER,
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "frame relay", LinkType.FRELAY, "1841 03 cc" + INNER, Layer.PAYLOAD, 0, false, 0),
        Arguments.of("802.11", LinkType.IEEE802_11, wlan(INNER), Layer.PAYLOAD, 0, false, 0),
        Arguments.of(
            "radiotap with frame check sequence",
            LinkType.IEEE802_11_RADIOTAP,
            "0000 0900 02000000 10" + wlan(INNER) + "deadbeef",
            Layer.PAYLOAD,
            0,
            false,
            0),
        Arguments.of(
            "netfilter log",
            LinkType.NFLOG,
            "02000000 2400 0900" + INNER,
            Layer.PAYLOAD,
            0,
            false,
            0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("carriers")
  void findsTheInnerPacket(
      String name, int link, String hex, Layer tunnel, long id, boolean userPlane, int outer) {
    Packet p = decode(link, bytes(hex));
    assertThat(faults(p)).isEmpty();
    assertInner(p);
    assertThat(p.tunnel()).isEqualTo(tunnel);
    assertThat(p.tunnelId()).isEqualTo(id);
    assertThat(p.tunnelDepth()).isEqualTo(tunnel == Layer.PAYLOAD ? 0 : 1);
    assertThat(p.isUserPlane()).isEqualTo(userPlane);
    assertThat(p.outerIpVersion()).isEqualTo(outer);
    if (outer == 4) {
      assertThat(p.outerSourceLow()).isEqualTo(0xc6336401L);
      assertThat(p.outerDestinationLow()).isEqualTo(0xc6336402L);
    }
    if (outer == 4 && p.outerProtocol() == 17) {
      assertThat(p.outerSourcePort()).isEqualTo(0xd000);
    }
  }

  private static void assertInner(Packet p) {
    assertThat(p.ipVersion()).isEqualTo(4);
    assertThat(p.sourceLow()).isEqualTo(0x0a000001L);
    assertThat(p.destinationLow()).isEqualTo(0xc0000209L);
    assertThat(p.protocol()).isEqualTo(17);
    assertThat(p.sourcePort()).isEqualTo(49152);
    assertThat(p.destinationPort()).isEqualTo(53);
    assertThat(p.payloadLength()).isEqualTo(4);
    byte[] payload = new byte[4];
    java.lang.foreign.MemorySegment.copy(
        p.segment(), java.lang.foreign.ValueLayout.JAVA_BYTE, p.payloadOffset(), payload, 0, 4);
    assertThat(HexFormat.of().formatHex(payload)).isEqualTo("01020304");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("carriers")
  void survivesACutAtEveryByte(
      String name, int link, String hex, Layer tunnel, long id, boolean userPlane, int outer) {
    byte[] whole = bytes(hex);
    for (int length = 0; length <= whole.length; length++) {
      Packet cut = decode(link, Arrays.copyOf(whole, length), whole.length);
      Decoding.assertInside(cut);
      if (cut.sourceLow() == 0x0a000001L) {
        assertThat(cut.tunnel()).as("cut to %d", length).isEqualTo(tunnel);
      } else if (cut.ipVersion() != 0) {
        // The inner header is not all there: the packet is still what carries it.
        assertThat(cut.tunnelDepth()).as("cut to %d", length).isZero();
      }
    }
  }

  @Test
  void reads6in4AndTeredo() {
    for (String hex : List.of(ipv4(41, INNER_6), udp(3544, INNER_6))) {
      Packet p = decode(LinkType.ETHERNET, bytes(ethernet(0x800, hex)));
      assertThat(faults(p)).isEmpty();
      assertThat(p.ipVersion()).isEqualTo(6);
      assertThat(p.sourceHigh()).isEqualTo(0x20010db800000000L);
      assertThat(p.destinationPort()).isEqualTo(53);
      assertThat(p.outerIpVersion()).isEqualTo(4);
      assertThat(p.tunnelDepth()).isEqualTo(1);
    }
  }

  @Test
  void countsTunnelsInTunnelsAndKeepsTheOutermostCarrier() {
    String vxlan = udp(4789, "08000000 00007b00" + INNER_ETHERNET);
    Packet p = decode(LinkType.ETHERNET, bytes(ethernet(0x800, ipv4(47, "00000800" + vxlan))));
    assertInner(p);
    assertThat(p.tunnelDepth()).isEqualTo(2);
    assertThat(p.tunnel()).isEqualTo(Layer.VXLAN);
    assertThat(p.outerProtocol()).isEqualTo(47);
  }

  @Test
  void namesTheEspHeaderAndReadsNothingBehindIt() {
    Packet p =
        decode(LinkType.ETHERNET, bytes(ethernet(0x800, ipv4(50, "00000100 00000001" + INNER))));
    assertThat(Decoding.layers(p)).containsExactly(Layer.ETHERNET, Layer.IPV4, Layer.ESP);
    assertThat(p.protocol()).isEqualTo(50);
    assertThat(p.hasPorts()).isFalse();
  }

  /** A DNS answer to a client that happened to use the port, under many transaction ids. */
  @ParameterizedTest
  @ValueSource(
      ints = {1701, 2123, 2152, 3544, 4500, 4754, 4789, 4790, 5247, 6081, 6635, 8472, 37008})
  void makesNoTunnelOfOtherTrafficOnItsPort(int port) {
    String dns = "8180 0001 0000 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001";
    for (int high = 0; high < 256; high++) {
      for (int low : new int[] {0x00, 0x02, 0x03, 0x10, 0xf0, 0xff}) {
        String message = "%02x%02x".formatted(high, low) + dns;
        Packet p = decode(LinkType.ETHERNET, bytes(ethernet(0x800, udp(port, message))));
        assertThat(faults(p)).isEmpty();
        assertThat(p.destinationPort()).isEqualTo(port);
        assertThat(p.tunnelDepth()).isZero();
        // Whatever is no key exchange on port 4500 bears the name of ESP; nothing follows from it.
        assertThat(p.layerSet() & ~Layer.ESP.bit())
            .as(message)
            .isEqualTo(Layer.ETHERNET.bit() | Layer.IPV4.bit() | Layer.UDP.bit());
        assertThat(p.payloadLength()).isEqualTo(bytes(message).length);
      }
    }
  }

  @Test
  void keepsTheCarrierWhereTheInnerHeaderIsBroken() {
    String broken = INNER.replaceFirst("45", "41");
    Packet p = decode(LinkType.ETHERNET, bytes(ethernet(0x800, ipv4(4, broken))));
    assertThat(faults(p)).containsExactly(Malformation.IPV4_HEADER_LENGTH);
    assertThat(p.sourceLow()).isEqualTo(0xc6336401L);
    assertThat(p.protocol()).isEqualTo(4);
    assertThat(p.tunnelDepth()).isZero();
  }
}
