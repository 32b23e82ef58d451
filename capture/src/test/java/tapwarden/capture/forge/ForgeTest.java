package tapwarden.capture.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Forge.*;
import static tapwarden.capture.forge.Octets.fromHex;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected bytes were written by hand from the RFCs' header diagrams. */
class ForgeTest {
  private static final String A = "02:00:00:00:00:0a";
  private static final String B = "02:00:00:00:00:0b";
  private static final String ETHERNET = "02000000000b 02000000000a ";

  @Test
  void checksumAgreesWithTheExampleOfRfc1071() {
    assertThat(InternetChecksum.of(fromHex("0001f203f4f5f6f7"))).isEqualTo(0x220D);
  }

  @Test
  void ipv4HeaderHasTheWellKnownChecksum() {
    // 4500 0073 0000 4000 4011 ---- c0a8 0001 c0a8 00c7 sums to 2479C, folded 479E, inverted B861
    byte[] bytes =
        frame(ipv4("192.168.0.1", "192.168.0.199"), udp(1, 2), payload(new byte[115 - 28]));
    assertThat(Arrays.copyOf(bytes, 20))
        .isEqualTo(fromHex("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7"));
  }

  @Test
  void ethernetAnnouncesEveryTagOfAStack() {
    byte[] bytes =
        frame(ethernet(A, B), serviceVlan(7), vlan(410).priority(5), ipv4("1.2.3.4", "5.6.7.8"));
    assertHex(Arrays.copyOf(bytes, 22), ETHERNET + "88a8 0007 8100 a19a 0800");
  }

  @Test
  void mplsSetsTheBottomBitOnTheLastEntryOnly() {
    byte[] bytes = frame(ethernet(A, B), mpls(16), mpls(0xFFFFF).timeToLive(1), payload("x"));
    // 16 << 12 = 00010000, ttl 64; FFFFF << 12 | bottom 100 | ttl 1
    assertHex(bytes, ETHERNET + "8847 00010040 fffff101 78");
  }

  @Test
  void pppoeCountsThePppNumberInItsLength() {
    byte[] bytes = frame(ethernet(A, B), pppoeSession(0x11), ppp(), ipv6("::1", "::2"));
    assertHex(Arrays.copyOf(bytes, 22), ETHERNET + "8864 11 00 0011 002a 0057");
  }

  @Test
  void llcTurnsTheEtherTypeIntoALength() {
    assertHex(
        frame(ethernet(A, B), snap(0x00000C, 0x2000), payload("ab")),
        ETHERNET + "000a aaaa03 00000c 2000 6162");
    assertHex(frame(ethernet(A, B), llc(0x42, 0x42, 3)), ETHERNET + "0003 424203");
  }

  @Test
  void arpRequestIsTheDiagramOfRfc826() {
    assertHex(
        frame(ethernet(A, "ff:ff:ff:ff:ff:ff"), arpRequest(A, "10.0.0.1", "10.0.0.2")),
        "ffffffffffff 02000000000a 0806 0001 0800 06 04 0001"
            + "02000000000a 0a000001 000000000000 0a000002");
  }

  @Test
  void tcpSegmentSumsToZeroUnderItsPseudoHeader() {
    byte[] bytes =
        frame(
            ipv4("10.0.0.1", "203.0.113.9"),
            tcp(40000, 443).flags(Tcp.SYN).sequence(0x01020304L).maximumSegmentSize(1460));
    byte[] tcp = Arrays.copyOfRange(bytes, 20, bytes.length);
    assertThat(InternetChecksum.of(fromHex("0a000001 cb007109 0006 0018"), tcp)).isZero();
    assertHex(Arrays.copyOf(tcp, 16), "9c40 01bb 01020304 00000000 6002 ffff");
    assertHex(Arrays.copyOfRange(tcp, 18, 24), "0000 020405b4");
  }

  @Test
  void udpOverIpv6SumsToZeroUnderItsPseudoHeaderEvenAtOddLength() {
    byte[] bytes = frame(ipv6("2001:db8::1", "2001:db8::2"), udp(53, 4000), payload("abc"));
    byte[] pseudo =
        fromHex(
            "20010db8000000000000000000000001 20010db8000000000000000000000002 0000000b 00000011");
    assertThat(InternetChecksum.of(pseudo, Arrays.copyOfRange(bytes, 40, 51))).isZero();
    assertHex(Arrays.copyOf(bytes, 8), "60000000 000b 11 40");
  }

  @Test
  void aComputedUdpChecksumOfZeroIsSentAsAllOnes() {
    // 16-bit words: a=1.., find by making the payload the complement of the rest of the sum.
    byte[] plain = frame(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 2), payload(new byte[2]));
    int sum = (plain[26] & 0xFF) << 8 | plain[27] & 0xFF;
    byte[] cancelling = new Octets().u16(sum).toArray();
    byte[] bytes = frame(ipv4("10.0.0.1", "10.0.0.2"), udp(1, 2), payload(cancelling));
    assertHex(Arrays.copyOfRange(bytes, 26, 28), "ffff");
  }

  @Test
  void icmpV6CoversThePseudoHeaderAndIcmpDoesNot() {
    byte[] v4 = frame(ipv4("10.0.0.1", "10.0.0.2"), icmp(8, 0).rest(0x00010002));
    // 0800 + 0001 + 0002 = 0803, inverted f7fc
    assertHex(Arrays.copyOfRange(v4, 20, 28), "0800 f7fc 0001 0002");
    byte[] v6 = frame(ipv6("::1", "::2"), icmpV6(128, 0));
    // 1 + 2 + 8 + 3a + 8000 = 8045, inverted 7fba
    assertHex(Arrays.copyOfRange(v6, 40, 48), "8000 7fba 00000000");
  }

  @Test
  void extensionHeadersChainAndPad() {
    byte[] bytes =
        frame(
            ipv6("::1", "::2"),
            hopByHop(fromHex("0502 0000 0100")),
            destinationOptions(new byte[7]),
            ipv6Fragment(8, true, 0xCAFE),
            udp(1, 2));
    assertThat(bytes[6]).isZero();
    assertHex(Arrays.copyOfRange(bytes, 40, 48), "3c 00 0502 0000 0100");
    assertHex(Arrays.copyOfRange(bytes, 48, 64), "2c 01 " + "00".repeat(14));
    assertHex(Arrays.copyOfRange(bytes, 64, 72), "11 00 0009 0000cafe");
  }

  @Test
  void fragmentsCarryTheWholeDatagramBetweenThem() {
    Layer[] layers = {
      ethernet(A, B),
      ipv4("10.0.0.1", "10.0.0.2").identification(9),
      udp(1, 2),
      payload("x".repeat(20))
    };
    byte[] whole = frame(layers);
    List<byte[]> parts = ipv4Fragments(16, layers);
    assertThat(parts).hasSize(2);
    assertHex(Arrays.copyOfRange(parts.get(0), 18, 24), "0009 2000 40 11");
    assertHex(Arrays.copyOfRange(parts.get(1), 18, 24), "0009 0002 40 11");
    assertThat(Arrays.copyOfRange(parts.get(0), 34, 50))
        .isEqualTo(Arrays.copyOfRange(whole, 34, 50));
    assertThat(Arrays.copyOfRange(parts.get(1), 34, 46))
        .isEqualTo(Arrays.copyOfRange(whole, 50, 62));
  }

  @Test
  void ipv6FragmentsNameTheInnerProtocol() {
    List<byte[]> parts = ipv6Fragments(8, 5, ipv6("::1", "::2"), udp(1, 2), payload("12345678"));
    assertThat(parts).hasSize(2);
    assertHex(Arrays.copyOfRange(parts.get(1), 40, 56), "11 00 0008 00000005 3132333435363738");
  }

  @Test
  void sctpCrcIsTheCastagnoliPolynomialLeastSignificantByteFirst() {
    byte[] bytes =
        frame(ipv4("1.1.1.1", "2.2.2.2"), sctp(36412, 36412).data(1, 0, 0, 18, fromHex("0011")));
    byte[] sctp = Arrays.copyOfRange(bytes, 20, bytes.length);
    int onWire =
        sctp[8] & 0xFF | (sctp[9] & 0xFF) << 8 | (sctp[10] & 0xFF) << 16 | (sctp[11] & 0xFF) << 24;
    Arrays.fill(sctp, 8, 12, (byte) 0);
    assertThat(onWire).isEqualTo(bitwiseCrc32c(sctp));
    assertHex(
        Arrays.copyOfRange(sctp, 12, sctp.length),
        "00 03 0012 00000001 0000 0000 00000012 0011 0000");
  }

  @Test
  void greFieldsAppearInTheOrderOfRfc2890() {
    byte[] bytes =
        frame(gre().checksummed().key(0xAABBCCDDL).sequence(7), ipv4("1.1.1.1", "2.2.2.2"));
    assertHex(Arrays.copyOf(bytes, 4), "b000 0800");
    assertHex(Arrays.copyOfRange(bytes, 6, 16), "0000 aabbccdd 00000007");
    assertThat(InternetChecksum.of(bytes)).isZero();
    byte[] pptp = frame(gre().pptp(0x0102).sequence(1).acknowledgement(2), payload("abc"));
    assertHex(pptp, "3081 880b 0003 0102 00000001 00000002 616263");
  }

  @Test
  void tunnelHeadersAreThoseOfTheirSpecifications() {
    assertHex(frame(vxlan(0x123456), payload("z")), "08000000 12345600 7a");
    assertHex(Arrays.copyOf(frame(vxlanGpe(1), ip("::1", "::2")), 8), "0c000002 00000100");
    assertHex(
        Arrays.copyOf(frame(geneve(2, fromHex("0102 8001 00000005")), ethernet(A, B)), 16),
        "02006558 00000200 0102800100000005");
    assertHex(frame(gtpU(0xABCD), payload("abcd")), "30 ff 0004 0000abcd 61626364");
    assertHex(
        frame(gtpU(1).sequence(5).extensions(0x85, fromHex("01000900")), payload("a")),
        "36 ff 0009 00000001 0005 00 85 01000900 61");
    assertHex(frame(l2tp(1, 2), pppHdlc(), payload("")), "4002 000c 0001 0002 ff03 c021");
    assertHex(Arrays.copyOf(frame(nsh(9, 254), ethernet(A, B)), 8), "0fc2 02 03 000009fe");
    assertHex(
        frame(authentication(1, 2), icmp(8, 0).checksum(0)).clone(),
        "01 04 0000 00000001 00000002" + "00".repeat(12) + "0800 0000 00000000");
    assertHex(Arrays.copyOf(frame(erspan2(5, 6, 7), ethernet(A, B)), 8), "1005 0006 00000007");
  }

  @Test
  void everyFieldThatIsComputedCanBeGivenInstead() {
    byte[] v4 =
        frame(
            ipv4("1.1.1.1", "2.2.2.2")
                .version(5)
                .headerWords(4)
                .totalLength(0)
                .protocol(200)
                .checksum(0xBEEF),
            tcp(1, 2).dataOffsetWords(15).checksum(0x1234));
    assertHex(Arrays.copyOf(v4, 12), "54 00 0000 0000 4000 40 c8 beef");
    assertHex(Arrays.copyOfRange(v4, 32, 38), "f010 ffff 1234");
    byte[] udp = frame(udp(1, 2).length(7).checksum(0), payload("x"));
    assertHex(udp, "0001 0002 0007 0000 78");
    assertHex(patch(truncate(udp, 4), 2, 0xFF, 0xEE), "0001 ffee");
  }

  @Test
  void lldpBeginsWithItsThreeMandatoryValues() {
    assertHex(
        frame(lldp(A, "p1", 120).systemName("enb").managementAddress("10.0.0.1")),
        "0207 04 02000000000a 0403 07 7031 0602 0078 0a03 656e62"
            + "100c 05 01 0a000001 01 00000000 00 0000");
  }

  @Test
  void cdpSumsToZero() {
    byte[] odd = frame(cdp("sw1", "e0").address("10.0.0.1").platform("abcd"));
    assertThat(odd.length % 2).isZero();
    assertThat(InternetChecksum.of(odd)).isZero();
    assertHex(Arrays.copyOf(odd, 2), "02 b4");
  }

  @Test
  void aFrameIsTheSameBytesEveryTime() {
    assertThat(SequencedFrames.frame(77)).isEqualTo(SequencedFrames.frame(77));
    assertThat(frame(ethernet(A, B).padded(), ipv4("1.1.1.1", "2.2.2.2"))).hasSize(60);
  }

  /** CRC32c bit by bit (RFC 9260 appendix A), as the slow reading of the definition. */
  private static int bitwiseCrc32c(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
      }
    }
    return ~crc;
  }

  private static void assertHex(byte[] actual, String expected) {
    assertThat(HexFormat.of().formatHex(actual)).isEqualTo(expected.replaceAll("\\s", ""));
  }
}
