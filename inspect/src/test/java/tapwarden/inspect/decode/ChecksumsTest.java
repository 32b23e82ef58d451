package tapwarden.inspect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.decode.Decoding.bytes;
import static tapwarden.inspect.decode.Decoding.decode;
import static tapwarden.inspect.decode.Decoding.ethernet;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Checksums.Verdict;

/**
 * Sums worked out on paper. The IPv4 header is the example of RFC 1071's literature: 4500 + 0073 +
 * 0000 + 4000 + 4011 + C0A8 + 0001 + C0A8 + 00C7 = 2479C, folded 479E, complement B861.
 */
class ChecksumsTest {
  private static final String MACS = "020000000001 020000000002 0800";
  private static final String HEADER = "4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7";

  // Pseudo header 0A00+0001+0A00+0002+0011+000B = 141F; UDP 1000+2000+000B+6162+6300 = F46D;
  // together 1088C, folded 088D, complement F772.
  private static final String UDP_IPV4 = "4500 001f 0000 0000 4011 0000 0a00 0001 0a00 0002";
  private static final String UDP = "1000 2000 000b f772 6162 63";

  @Test
  void acceptsARightIpv4HeaderAndFindsAWrongOne() {
    assertThat(Checksums.ipv4Header(ethernet(MACS, HEADER))).isEqualTo(Verdict.GOOD);
    assertThat(Checksums.ipv4Header(ethernet(MACS, HEADER.replace("b861", "b862"))))
        .isEqualTo(Verdict.BAD);
    assertThat(Checksums.ipv4Header(ethernet(MACS, HEADER.replace("b861", "0000"))))
        .isEqualTo(Verdict.OFFLOADED);
  }

  @Test
  void acceptsARightUdpSumOverAnOddNumberOfBytesWithoutThePadding() {
    assertThat(Checksums.transport(ethernet(MACS, UDP_IPV4, UDP))).isEqualTo(Verdict.GOOD);
    assertThat(Checksums.transport(ethernet(MACS, UDP_IPV4, UDP, "ff".repeat(15))))
        .isEqualTo(Verdict.GOOD);
  }

  /** The sum is set to what RFC 1071 says in the plainest way: 16-bit words, carries added. */
  @Test
  void agreesWithThePlainSumForAnyLengthAndBytes() {
    Random random = new Random(1071);
    for (int length = 0; length < 200; length++) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      if (length % 3 == 0) {
        Arrays.fill(text, (byte) 0xFF);
      }
      byte[] frame =
          Forge.frame(
              Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
              Forge.ipv4("10.0.0.1", "10.0.0.2"),
              Forge.tcp(40_000, 443).sequence(length),
              Forge.payload(text));
      int tcp = 34;
      frame[tcp + 16] = 0;
      frame[tcp + 17] = 0;
      long sum = 0x0A00L + 0x0001 + 0x0A00 + 0x0002 + 6 + 20 + length;
      for (int i = tcp; i < tcp + 20 + length; i++) {
        sum += (i - tcp) % 2 == 0 ? (frame[i] & 0xFF) << 8 : frame[i] & 0xFF;
      }
      sum = (sum & 0xFFFF) + (sum >> 16);
      sum = ~((sum & 0xFFFF) + (sum >> 16));
      frame[tcp + 16] = (byte) (sum >> 8);
      frame[tcp + 17] = (byte) sum;
      Packet right = Decoding.decode(LinkType.ETHERNET, frame);
      assertThat(Checksums.transport(right)).as("%d bytes", length).isEqualTo(Verdict.GOOD);
      int spoilt = tcp + 4 + random.nextInt(4);
      frame[spoilt] ^= 0x10;
      Packet wrong = Decoding.decode(LinkType.ETHERNET, frame);
      assertThat(Checksums.transport(wrong)).as("%d bytes", length).isEqualTo(Verdict.BAD);
    }
  }

  @Test
  void findsAWrongUdpSum() {
    assertThat(Checksums.transport(ethernet(MACS, UDP_IPV4, UDP.replace("6162", "6163"))))
        .isEqualTo(Verdict.BAD);
  }

  @Test
  void tellsASumLeftToTheNetworkCardFromAWrongOne() {
    // What a sender leaves: the pseudo header's sum, with or without the length.
    for (String left : new String[] {"141f", "1414"}) {
      assertThat(Checksums.transport(ethernet(MACS, UDP_IPV4, UDP.replace("f772", left))))
          .isEqualTo(Verdict.OFFLOADED);
    }
  }

  @Test
  void acceptsUdpOverIpv4WithoutASum() {
    assertThat(Checksums.transport(ethernet(MACS, UDP_IPV4, UDP.replace("f772", "0000"))))
        .isEqualTo(Verdict.ABSENT);
  }

  @Test
  void judgesNoPacketThatIsNotAllHere() {
    byte[] whole = bytes(MACS, UDP_IPV4, UDP);
    for (int length = 0; length < whole.length; length++) {
      Packet cut = decode(LinkType.ETHERNET, Arrays.copyOf(whole, length), whole.length);
      assertThat(Checksums.transport(cut)).isIn(Verdict.UNKNOWN, Verdict.ABSENT);
    }
    Packet fragment = ethernet(MACS, UDP_IPV4.replace("0000 4011", "2000 4011"), UDP);
    assertThat(Checksums.transport(fragment)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void verifiesIcmpWithoutAndIcmpv6WithThePseudoHeader() {
    // 0800 + 1234 + 0001 = 1A35, complement E5CA.
    String icmp = "4500 001c 0000 0000 4001 0000 0a00 0001 0a00 0002 0800 e5ca 1234 0001";
    assertThat(Checksums.transport(ethernet(MACS, icmp))).isEqualTo(Verdict.GOOD);
    // ::1 and ::2, length 8, next header 58: 1+2+8+3A = 45; 8000+1234+0001+0045 = 927A, 6D85.
    String icmpv6 =
        "86dd 60000000 0008 3a40 00000000000000000000000000000001"
            + "00000000000000000000000000000002 8000 6d85 1234 0001";
    assertThat(Checksums.transport(ethernet(MACS.replace("0800", icmpv6)))).isEqualTo(Verdict.GOOD);
  }
}
