package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.bytes;
import static tapwarden.inspect.decode.Decoding.decode;
import static tapwarden.inspect.decode.Decoding.ethernet;
import static tapwarden.inspect.decode.Decoding.faults;
import static tapwarden.inspect.decode.Decoding.layers;

import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

/** Headers laid out by hand from the RFCs' diagrams; each expected value stands in the bytes. */
class PacketDecoderTest {
  static final String MACS = "02 00 00 00 00 0b  02 00 00 00 00 0a";

  /** 10.0.0.1 to 192.0.2.9, TTL 64, TCP, total length 44. */
  static final String IPV4_TCP = "45 00 00 2c 1c 46 40 00 40 06 00 00 0a 00 00 01 c0 00 02 09";

  /** 49152 to 443, sequence 1, acknowledgment 2, PSH ACK, window 512, four bytes behind. */
  static final String TCP =
      "c0 00 01 bb 00 00 00 01 00 00 00 02 50 18 02 00 00 00 00 00 de ad be ef";

  static final String IPV4_UDP = "45 00 00 20 00 00 00 00 40 11 00 00 0a 00 00 01 c0 00 02 09";
  static final String UDP = "c0 00 00 35 00 0c 00 00 01 02 03 04";

  @Test
  void readsTcpInIpv4InEthernet() {
    Packet p = ethernet(MACS, "0800", IPV4_TCP, TCP);
    assertThat(layers(p)).containsExactly(Layer.ETHERNET, Layer.IPV4, Layer.TCP);
    assertThat(faults(p)).isEmpty();
    assertThat(p.sourceMac()).isEqualTo(0x02000000000aL);
    assertThat(p.destinationMac()).isEqualTo(0x02000000000bL);
    assertThat(p.ipVersion()).isEqualTo(4);
    assertThat(p.sourceLow()).isEqualTo(0x0a000001L);
    assertThat(p.destinationLow()).isEqualTo(0xc0000209L);
    assertThat(p.ttl()).isEqualTo(64);
    assertThat(p.protocol()).isEqualTo(6);
    assertThat(p.sourcePort()).isEqualTo(49152);
    assertThat(p.destinationPort()).isEqualTo(443);
    assertThat(p.tcpSequence()).isEqualTo(1);
    assertThat(p.tcpAcknowledgment()).isEqualTo(2);
    assertThat(p.tcpFlags()).isEqualTo(0x18);
    assertThat(p.tcpWindow()).isEqualTo(512);
    assertThat(p.networkOffset()).isEqualTo(14);
    assertThat(p.transportOffset()).isEqualTo(34);
    assertThat(p.payloadOffset()).isEqualTo(54);
    assertThat(p.payloadLength()).isEqualTo(4);
    assertThat(p.wirePayloadLength()).isEqualTo(4);
    assertThat(p.tunnelDepth()).isZero();
    assertThat(p.tunnel()).isEqualTo(Layer.PAYLOAD);
  }

  @Test
  void leavesLinkLayerPaddingOutOfThePayload() {
    Packet p = ethernet(MACS, "0800", IPV4_UDP, UDP, "00".repeat(14));
    assertThat(p.payloadLength()).isEqualTo(4);
    assertThat(p.wirePayloadLength()).isEqualTo(4);
    assertThat(faults(p)).isEmpty();
  }

  @Test
  void tellsCapturedFromClaimedPayload() {
    byte[] whole = bytes(MACS, "0800", IPV4_UDP, UDP);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);
    Packet p = decode(LinkType.ETHERNET, cut, whole.length);
    assertThat(p.payloadLength()).isEqualTo(1);
    assertThat(p.wirePayloadLength()).isEqualTo(4);
    assertThat(p.isCut()).isTrue();
    assertThat(faults(p)).isEmpty();
  }

  @Test
  void readsEveryVlanTagOfTheOutermostHeader() {
    Packet p = ethernet(MACS, "88a8 6064 8100 00c8 9100 012c 0800", IPV4_UDP, UDP);
    assertThat(layers(p))
        .containsExactly(Layer.ETHERNET, Layer.VLAN, Layer.VLAN, Layer.VLAN, Layer.IPV4, Layer.UDP);
    assertThat(p.vlanCount()).isEqualTo(3);
    assertThat(p.vlan(0)).isEqualTo(100);
    assertThat(p.vlan(1)).isEqualTo(200);
    assertThat(p.vlan(2)).isEqualTo(300);
    assertThat(p.destinationPort()).isEqualTo(53);
  }

  @Test
  void readsTcpInIpv6() {
    Packet p =
        ethernet(
            MACS,
            "86dd 6000 0000 0018 06 3f",
            "20010db8000000000000000000000001 20010db8000000000000000000000002",
            TCP);
    assertThat(layers(p)).containsExactly(Layer.ETHERNET, Layer.IPV6, Layer.TCP);
    assertThat(p.ipVersion()).isEqualTo(6);
    assertThat(p.sourceHigh()).isEqualTo(0x20010db800000000L);
    assertThat(p.sourceLow()).isEqualTo(1);
    assertThat(p.destinationLow()).isEqualTo(2);
    assertThat(p.ttl()).isEqualTo(63);
    assertThat(p.payloadLength()).isEqualTo(4);
  }

  @Test
  void usesTheCapturedLengthWhereSegmentationOffloadLeftZero() {
    String tso = IPV4_TCP.replace("002c", "0000").replace("00 2c", "00 00");
    Packet p = ethernet(MACS, "0800", tso, TCP, "00".repeat(3000));
    assertThat(faults(p)).isEmpty();
    assertThat(p.payloadLength()).isEqualTo(3004);
    assertThat(p.destinationPort()).isEqualTo(443);
  }

  @Test
  void refusesAHeaderLengthBelowTwenty() {
    Packet p = ethernet(MACS, "0800", IPV4_TCP.replaceFirst("45", "44"), TCP);
    assertThat(faults(p)).containsExactly(Malformation.IPV4_HEADER_LENGTH);
    assertThat(p.hasMac()).isTrue();
    assertThat(p.hasPorts()).isFalse();
  }

  @Test
  void keepsTheAddressesOfAPacketWhoseTotalLengthIsBelowItsHeader() {
    Packet p = ethernet(MACS, "0800", IPV4_TCP.replaceFirst("00 2c", "00 13"), TCP);
    assertThat(faults(p)).containsExactly(Malformation.IPV4_TOTAL_LENGTH);
    assertThat(p.sourceLow()).isEqualTo(0x0a000001L);
    assertThat(p.hasPorts()).isFalse();
  }

  @Test
  void readsWhatWasCapturedOfAPacketThatClaimsMore() {
    Packet p = ethernet(MACS, "0800", IPV4_TCP.replaceFirst("00 2c", "ff ff"), TCP);
    assertThat(faults(p)).containsExactly(Malformation.IPV4_TOTAL_LENGTH);
    assertThat(p.destinationPort()).isEqualTo(443);
    assertThat(p.payloadLength()).isEqualTo(4);
  }

  @Test
  void namesAnUnknownLinkType() {
    Packet p = decode(147, bytes("00 01 02"));
    assertThat(layers(p)).containsExactly(Layer.UNSUPPORTED_LINK);
    assertThat(p.linkType()).isEqualTo(147);
  }

  @Test
  void survivesTruncationAtEveryByte() {
    byte[] whole = bytes(MACS, "8100 0064 0800", IPV4_TCP, TCP);
    for (int length = 0; length <= whole.length; length++) {
      Packet p = decode(LinkType.ETHERNET, java.util.Arrays.copyOf(whole, length), whole.length);
      assertThat(p.payloadOffset()).isBetween(0L, (long) length);
      assertThat(p.payloadOffset() + p.payloadLength()).isBetween(0L, (long) length);
      assertThat(p.hasPorts()).isEqualTo(length >= 42);
      assertThat(p.ipVersion()).isEqualTo(length >= 38 ? 4 : 0);
    }
  }
}
