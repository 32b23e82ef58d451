package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.bytes;
import static tapwarden.inspect.decode.Decoding.decode;
import static tapwarden.inspect.decode.Decoding.ethernet;
import static tapwarden.inspect.decode.Decoding.faults;
import static tapwarden.inspect.decode.Decoding.layers;
import static tapwarden.inspect.decode.PacketDecoderTest.IPV4_TCP;
import static tapwarden.inspect.decode.PacketDecoderTest.IPV4_UDP;
import static tapwarden.inspect.decode.PacketDecoderTest.MACS;
import static tapwarden.inspect.decode.PacketDecoderTest.TCP;
import static tapwarden.inspect.decode.PacketDecoderTest.UDP;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.packet.LinkType;

/** Frames that break rules, run into limits or lie about lengths, and what is kept of them. */
class HostileFrameTest {
  private static final String IPV6_ADDRESSES =
      "20010db8000000000000000000000001 20010db8000000000000000000000002";

  @ParameterizedTest
  @ValueSource(ints = {1_514, 9_018, 65_535})
  void stopsAVlanBombAtTheLayerLimit(int length) {
    byte[] frame = new byte[length];
    byte[] macs = bytes(MACS);
    System.arraycopy(macs, 0, frame, 0, macs.length);
    for (int at = 12; at + 1 < length; at += 4) {
      frame[at] = (byte) 0x81;
    }
    Packet p = decode(LinkType.ETHERNET, frame);
    assertThat(faults(p)).containsExactly(Malformation.LAYER_LIMIT);
    assertThat(p.layerCount()).isEqualTo(Packet.MAX_LAYERS);
    assertThat(p.vlanCount()).isEqualTo(Packet.MAX_VLANS);
    assertThat(p.sourceMac()).isEqualTo(0x02000000000aL);
  }

  @ParameterizedTest
  @CsvSource({
    "8847, 00001040",
    "0800, 4500000000000000400400000a000001c0000209",
  })
  void stopsEndlessNestingAtTheLayerLimit(String type, String layer) {
    Packet p = ethernet(MACS, type, layer.repeat(3_000));
    assertThat(faults(p)).containsExactly(Malformation.LAYER_LIMIT);
    assertThat(p.layerCount()).isEqualTo(Packet.MAX_LAYERS);
  }

  @Test
  void keepsTheInnermostOfSeventeenIpHeadersThatStillFits() {
    Packet p = ethernet(MACS, "0800", "4500000000000000400400000a000001c0000209".repeat(17));
    assertThat(p.tunnelDepth()).isEqualTo(14);
    assertThat(p.sourceLow()).isEqualTo(0x0a000001L);
    assertThat(p.outerSourceLow()).isEqualTo(0x0a000001L);
  }

  @Test
  void decodesExactlySixteenLayersWithoutComplaint() {
    // Ethernet, 13 labels, IPv4, UDP.
    Packet p = ethernet(MACS, "8847", "00001040".repeat(12), "00001140", IPV4_UDP, UDP);
    assertThat(faults(p)).isEmpty();
    assertThat(p.layerCount()).isEqualTo(16);
    assertThat(p.destinationPort()).isEqualTo(53);
  }

  @Test
  void survivesARuntOfEveryLength() {
    for (int length = 0; length < 14; length++) {
      Packet p = decode(LinkType.ETHERNET, new byte[length], 60);
      assertThat(faults(p)).containsExactly(Malformation.LINK_TRUNCATED);
      assertThat(p.layerCount()).isZero();
      assertThat(p.payloadLength()).isEqualTo(length);
    }
  }

  @Test
  void readsMoreCapturedThanOnTheWire() {
    byte[] frame = bytes(MACS, "0800", IPV4_UDP, UDP);
    Packet p = decode(LinkType.ETHERNET, frame, 10);
    assertThat(faults(p)).isEmpty();
    assertThat(p.payloadLength()).isEqualTo(4);
    assertThat(p.isCut()).isFalse();
  }

  @Test
  void readsAFrameOfTheLargestSizeThatReceiveOffloadMakes() {
    String ip = IPV4_TCP.replaceFirst("00 2c", "ff f1");
    Packet p = ethernet(MACS, "0800", ip, TCP, "aa".repeat(65_535 - 14 - 44));
    assertThat(faults(p)).isEmpty();
    assertThat(p.payloadLength()).isEqualTo(65_535 - 14 - 40);
  }

  @Test
  void findsAnIpv4OptionThatRunsOverTheHeader() {
    String ip = "46 00 00 30 1c 46 40 00 40 06 00 00 0a 00 00 01 c0 00 02 09";
    Packet p = ethernet(MACS, "0800", ip, "83 05 04 00", TCP);
    assertThat(faults(p)).containsExactly(Malformation.IPV4_OPTION_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(443);
    Packet good = ethernet(MACS, "0800", ip, "94 04 00 00", TCP);
    assertThat(faults(good)).isEmpty();
  }

  @Test
  void findsAHostThatIsMadeToTalkToItself() {
    String ip = "45 00 00 2c 1c 46 40 00 40 06 00 00 c0 00 02 09 c0 00 02 09";
    String tcp = "01 bb 01 bb 00 00 00 01 00 00 00 00 50 02 02 00 00 00 00 00 de ad be ef";
    assertThat(faults(ethernet(MACS, "0800", ip, tcp))).containsExactly(Malformation.LAND);
    String loopback = ip.replace("c0 00 02 09", "7f 00 00 01");
    assertThat(faults(ethernet(MACS, "0800", loopback, tcp))).isEmpty();
    String otherPort = tcp.replaceFirst("01 bb", "01 bc");
    assertThat(faults(ethernet(MACS, "0800", ip, otherPort))).isEmpty();
  }

  @Test
  void followsTenIpv6ExtensionHeadersAndNoMore() {
    String destinationOptions = "3c 00 01 04 00 00 00 00";
    Packet p =
        ethernet(MACS, "86dd 6000 0000 0190 3c 40", IPV6_ADDRESSES, destinationOptions.repeat(50));
    assertThat(faults(p)).containsExactly(Malformation.IPV6_EXTENSION_LIMIT);
    assertThat(p.layerCount()).isEqualTo(2 + 10);
    assertThat(p.sourceLow()).isEqualTo(1);
    Packet ten =
        ethernet(
            MACS,
            "86dd 6000 0000 005c 3c 40",
            IPV6_ADDRESSES,
            destinationOptions.repeat(9),
            "11 00 01 04 00 00 00 00",
            UDP);
    assertThat(faults(ten)).isEmpty();
    assertThat(ten.destinationPort()).isEqualTo(53);
  }

  @Test
  void findsHopByHopOptionsThatAreNotFirst() {
    Packet p =
        ethernet(
            MACS,
            "86dd 6000 0000 001c 3c 40",
            IPV6_ADDRESSES,
            "00 00 01 04 00 00 00 00",
            "11 00 01 04 00 00 00 00",
            UDP);
    assertThat(faults(p)).containsExactly(Malformation.IPV6_EXTENSION_ORDER);
    assertThat(p.destinationPort()).isEqualTo(53);
  }

  @Test
  void findsAnIpv6OptionThatRunsOverItsHeader() {
    Packet p =
        ethernet(MACS, "86dd 6000 0000 0014 00 40", IPV6_ADDRESSES, "11 00 01 05 00 00 00 00", UDP);
    assertThat(faults(p)).containsExactly(Malformation.IPV6_OPTION_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(53);
  }

  @Test
  void looksAtSixtyFourOptionsOfAHeaderAndNoMore() {
    // 9 x 8 bytes, of which 70 are options of one byte of padding each.
    String padded = "11 08" + "00".repeat(70);
    Packet p = ethernet(MACS, "86dd 6000 0000 0054 3c 40", IPV6_ADDRESSES, padded, UDP);
    assertThat(faults(p)).containsExactly(Malformation.IPV6_OPTION_LIMIT);
    assertThat(p.destinationPort()).isEqualTo(53);
    String fewer = "11 07" + "00".repeat(62);
    Packet good = ethernet(MACS, "86dd 6000 0000 004c 3c 40", IPV6_ADDRESSES, fewer, UDP);
    assertThat(faults(good)).isEmpty();
  }

  @Test
  void findsTheDeprecatedRoutingHeader() {
    Packet p =
        ethernet(MACS, "86dd 6000 0000 0014 2b 40", IPV6_ADDRESSES, "11 00 00 00 00 00 00 00", UDP);
    assertThat(faults(p)).containsExactly(Malformation.IPV6_ROUTING_TYPE_0);
    assertThat(p.destinationPort()).isEqualTo(53);
  }

  @Test
  void readsAJumbogramAndRefusesAFalseOne() {
    // RFC 2675: payload length 0, hop-by-hop option C2 with the length, here 8 + 70,000.
    String jumbo = "86dd 6000 0000 0000 00 40" + IPV6_ADDRESSES + "06 00 c2 04 00 01 11 78";
    Packet p = ethernet(MACS, jumbo, TCP, "00".repeat(70_000 - 24));
    assertThat(faults(p)).isEmpty();
    assertThat(p.payloadLength()).isEqualTo(70_000 - 20);
    String small = jumbo.replace("00 01 11 78", "00 00 00 20");
    assertThat(faults(ethernet(MACS, small, TCP))).containsExactly(Malformation.IPV6_JUMBO_LENGTH);
    String beyond = ethernetFaults(jumbo, TCP);
    assertThat(beyond).isEqualTo("[IPV6_JUMBO_LENGTH]");
  }

  private static String ethernetFaults(String... hex) {
    return faults(ethernet(MACS + String.join("", hex))).toString();
  }

  @Test
  void readsWhatThereIsOfAnIpv6PacketThatClaimsMore() {
    Packet p = ethernet(MACS, "86dd 6000 0000 ffff 11 40", IPV6_ADDRESSES, UDP);
    assertThat(faults(p)).containsExactly(Malformation.IPV6_PAYLOAD_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(53);
    assertThat(p.payloadLength()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"00 07, 4", "00 0d, 4", "ff ff, 4", "00 00, 4"})
  void findsAUdpLengthThatCannotBe(String length, int payload) {
    Packet p = ethernet(MACS, "0800", IPV4_UDP, UDP.replaceFirst("00 0c", length));
    assertThat(faults(p)).containsExactly(Malformation.UDP_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(53);
    assertThat(p.payloadLength()).isEqualTo(payload);
  }

  @Test
  void believesAUdpLengthThatIsShorterThanThePacket() {
    Packet p = ethernet(MACS, "0800", IPV4_UDP, UDP.replaceFirst("00 0c", "00 0a"));
    assertThat(faults(p)).isEmpty();
    assertThat(p.payloadLength()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "10", "40", "70", "f0"})
  void findsATcpHeaderLengthThatCannotBe(String offset) {
    Packet p = ethernet(MACS, "0800", IPV4_TCP, TCP.replaceFirst(" 50 ", " " + offset + " "));
    assertThat(faults(p)).containsExactly(Malformation.TCP_HEADER_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(443);
    assertThat(p.tcpFlags()).isEqualTo(0x18);
    assertThat(p.payloadLength()).isZero();
  }

  @Test
  void findsATcpOptionThatRunsOverTheHeader() {
    String tcp = TCP.replaceFirst(" 50 18", " 60 18");
    Packet p = ethernet(MACS, "0800", IPV4_TCP, tcp.replaceFirst("de ad", "02 08"));
    assertThat(faults(p)).containsExactly(Malformation.TCP_OPTION_LENGTH);
    assertThat(p.payloadLength()).isZero();
    Packet good = ethernet(MACS, "0800", IPV4_TCP, tcp.replaceFirst("de ad", "02 04"));
    assertThat(faults(good)).isEmpty();
  }

  @Test
  void findsAnUrgentPointerBeyondTheSegment() {
    String tcp = TCP.replaceFirst("50 18", "50 38");
    Packet p = ethernet(MACS, "0800", IPV4_TCP, tcp.replaceFirst("00 00 de", "00 05 de"));
    assertThat(faults(p)).containsExactly(Malformation.TCP_URGENT_POINTER);
    Packet good = ethernet(MACS, "0800", IPV4_TCP, tcp.replaceFirst("00 00 de", "00 04 de"));
    assertThat(faults(good)).isEmpty();
  }

  @Test
  void judgesAll256FlagBytes() {
    for (int flags = 0; flags < 256; flags++) {
      String tcp = TCP.replaceFirst("50 18", "50 %02x".formatted(flags));
      Packet p = ethernet(MACS, "0800", IPV4_TCP, tcp);
      Set<Malformation> expected = EnumSet.noneOf(Malformation.class);
      boolean fin = (flags & 1) != 0;
      boolean syn = (flags & 2) != 0;
      boolean rst = (flags & 4) != 0;
      boolean ack = (flags & 16) != 0;
      if (!fin && !syn && !rst && !ack) {
        expected.add(Malformation.TCP_NO_FLAGS);
      }
      if (syn && fin) {
        expected.add(Malformation.TCP_SYN_FIN);
      }
      if (syn && rst) {
        expected.add(Malformation.TCP_SYN_RST);
      }
      if (fin && !syn && !rst && !ack) {
        expected.add(Malformation.TCP_FIN_ONLY);
      }
      assertThat(faults(p)).as("flags %02x", flags).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(p.tcpFlags()).isEqualTo(flags);
    }
  }

  @Test
  void countsTheTransportOfTheFirstFragmentOnly() {
    // Identification 0x1234; 24 bytes in the first, then the rest at 24.
    String first = "45 00 00 2c 12 34 20 00 40 11 00 00 0a 00 00 01 c0 00 02 09";
    String later = "45 00 00 20 12 34 00 03 40 11 00 00 0a 00 00 01 c0 00 02 09";
    String udp = "c0 00 00 35 01 00 00 00" + "00".repeat(16);
    Packet p = ethernet(MACS, "0800", first, udp);
    assertThat(faults(p)).isEmpty();
    assertThat(layers(p)).containsExactly(Layer.ETHERNET, Layer.IPV4, Layer.UDP);
    assertThat(p.has(Layer.FRAGMENT)).isTrue();
    assertThat(p.isFirstFragment()).isTrue();
    assertThat(p.moreFragments()).isTrue();
    assertThat(p.destinationPort()).isEqualTo(53);
    Packet q = ethernet(MACS, "0800", later, "00".repeat(12));
    assertThat(layers(q)).containsExactly(Layer.ETHERNET, Layer.IPV4);
    assertThat(q.has(Layer.FRAGMENT)).isTrue();
    assertThat(q.isFragment()).isTrue();
    assertThat(q.isFirstFragment()).isFalse();
    assertThat(q.hasPorts()).isFalse();
    assertThat(q.protocol()).isEqualTo(17);
    assertThat(q.fragmentId()).isEqualTo(0x1234);
    assertThat(q.fragmentOffset()).isEqualTo(24);
    assertThat(q.payloadLength()).isEqualTo(12);
  }

  @Test
  void findsAFragmentThatWouldMakeThePacketTooLong() {
    String last = "45 00 00 20 12 34 1f ff 40 01 00 00 0a 00 00 01 c0 00 02 09";
    Packet p = ethernet(MACS, "0800", last, "00".repeat(12));
    assertThat(faults(p)).containsExactly(Malformation.FRAGMENT_RANGE);
  }

  @Test
  void readsIpv6FragmentsAndTheAtomicOneAsAWhole() {
    String head = "86dd 6000 0000 0014 2c 40" + IPV6_ADDRESSES;
    Packet whole = ethernet(MACS, head, "11 00 00 00 00 00 00 07", UDP);
    assertThat(whole.isFragment()).isFalse();
    assertThat(whole.has(Layer.FRAGMENT)).isFalse();
    assertThat(whole.destinationPort()).isEqualTo(53);
    Packet later = ethernet(MACS, head, "11 00 00 19 00 00 00 07", UDP);
    assertThat(later.isFragment()).isTrue();
    assertThat(later.fragmentOffset()).isEqualTo(24);
    assertThat(later.fragmentId()).isEqualTo(7);
    assertThat(later.moreFragments()).isTrue();
    assertThat(later.hasPorts()).isFalse();
    assertThat(later.protocol()).isEqualTo(17);
  }

  @Test
  void takesTheTupleOfTheQuotedPacketButNotItsLayers() {
    String outer = "45 00 00 38 00 00 00 00 40 01 00 00 c0 00 02 fe 0a 00 00 01";
    Packet p =
        ethernet(MACS, "0800", outer, "03 03 00 00 00 00 00 00", IPV4_UDP, UDP.substring(0, 23));
    assertThat(faults(p)).isEmpty();
    assertThat(layers(p)).containsExactly(Layer.ETHERNET, Layer.IPV4, Layer.ICMP);
    assertThat(p.hasPorts()).isFalse();
    assertThat(p.sourceLow()).isEqualTo(0xc00002feL);
    assertThat(p.icmpType()).isEqualTo(3);
    assertThat(p.icmpCode()).isEqualTo(3);
    assertThat(p.quote().isPresent()).isTrue();
    assertThat(p.quote().sourceLow()).isEqualTo(0x0a000001L);
    assertThat(p.quote().destinationLow()).isEqualTo(0xc0000209L);
    assertThat(p.quote().protocol()).isEqualTo(17);
    assertThat(p.quote().sourcePort()).isEqualTo(49152);
    assertThat(p.quote().destinationPort()).isEqualTo(53);
  }

  @Test
  void ignoresAQuoteThatIsNotAWholeIpHeader() {
    byte[] whole =
        bytes(
            MACS,
            "0800",
            "45 00 00 00 00 00 00 00 40 01 00 00 c0 00 02 fe 0a 00 00 01",
            "0b 00 00 00 00 00 00 00",
            IPV4_UDP,
            UDP);
    for (int quoted = 0; quoted <= 28; quoted++) {
      Packet p = decode(LinkType.ETHERNET, Arrays.copyOf(whole, 42 + quoted));
      assertThat(p.quote().isPresent()).isEqualTo(quoted >= 20);
      assertThat(p.quote().hasPorts()).isEqualTo(quoted >= 24);
      assertThat(p.has(Malformation.ICMP_QUOTE)).isEqualTo(quoted < 20);
    }
  }

  @Test
  void forgetsTheLastFrame() {
    PacketDecoder decoder = new PacketDecoder();
    Packet reused = new Packet();
    byte[] gre =
        bytes(
            MACS,
            "8100 0064 0800",
            "45 00 00 00 12 34 20 00 40 2f 00 00 01 01 01 01 02 02 02 02 20 00 08 00 00 00 00 07",
            IPV4_TCP,
            TCP);
    byte[] icmp =
        bytes(
            MACS,
            "0800 45 00 00 00 00 00 00 00 40 01 00 00 c0 00 02 fe 0a 00 00 01",
            "0b 00 00 00 00 00 00 00",
            IPV4_UDP,
            UDP);
    byte[] plain = bytes(MACS, "0800", IPV4_UDP, UDP);
    byte[] runt = new byte[3];
    for (byte[] before : new byte[][] {gre, icmp, plain, runt}) {
      for (byte[] frame : new byte[][] {gre, icmp, plain, runt}) {
        decoder.decode(Decoding.frame(LinkType.ETHERNET, before, before.length), reused);
        decoder.decode(Decoding.frame(LinkType.ETHERNET, frame, frame.length), reused);
        assertThat(Decoding.describe(reused))
            .isEqualTo(Decoding.describe(decode(LinkType.ETHERNET, frame)));
      }
    }
  }
}
