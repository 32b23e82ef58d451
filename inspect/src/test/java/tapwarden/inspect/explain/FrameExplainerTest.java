package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

/** The frames were made with a script of another language; tshark agrees on their checksums. */
class FrameExplainerTest {
  private static final String ETHERNET = "020000000002 020000000001 0800";

  /** 10.1.2.3:49152 to 192.0.2.1:443 with five options. */
  private static final String SYN =
      ETHERNET
          + "4500003c000140004006 6cb6 0a010203 c0000201"
          + "c000 01bb 00000001 00000000 a002 faf0 bd4c 0000"
          + "020405b4 0402 080a0000000100000000 01 030307";

  /** The answer of a server, padded to 60 bytes as Ethernet wants it. */
  private static final String SYN_ACK =
      ETHERNET
          + "45000028000140004006 6cca c0000201 0a010203"
          + "01bb c000 00000007 00000002 5012 ffff 2009 0000 000000000000";

  @Test
  void namesTheFrameItsTimeAndItsLinkType() {
    FrameExplanation frame = Explained.ethernet(SYN).frame();
    assertThat(frame.number()).isEqualTo(17);
    assertThat(frame.timestamp()).isEqualTo("2026-01-02T03:04:05.123456789Z");
    assertThat(frame.linkType()).isEqualTo("link type 1 (Ethernet)");
    assertThat(frame.lines().getFirst())
        .isEqualTo("Frame 17: 2026-01-02T03:04:05.123456789Z, 74 bytes, link type 1 (Ethernet)");
  }

  @Test
  void placesEachLayerInTheFrame() {
    Explained syn = Explained.ethernet(SYN);
    assertThat(syn.layers()).containsExactly("ethernet", "ipv4", "tcp");
    assertThat(syn.layer("ipv4").offset()).isEqualTo(14);
    assertThat(syn.layer("ipv4").length()).isEqualTo(20);
    assertThat(syn.layer("tcp").offset()).isEqualTo(34);
    assertThat(syn.layer("tcp").length()).isEqualTo(40);
    assertThat(syn.frame().remains()).isEmpty();
    assertThat(syn.frame().faults()).isEmpty();
  }

  @Test
  void explainsAConnectionAttempt() {
    Explained syn = Explained.ethernet(SYN);
    assertThat(syn.field("ipv4", "Source")).isEqualTo("10.1.2.3 | private");
    assertThat(syn.field("ipv4", "Destination")).isEqualTo("192.0.2.1 | documentation");
    assertThat(syn.field("ipv4", "Header checksum")).isEqualTo("0x6cb6 | correct");
    assertThat(syn.field("ipv4", "Protocol")).isEqualTo("6 | TCP");
    assertThat(syn.field("tcp", "Source port")).isEqualTo("49152");
    assertThat(syn.field("tcp", "Destination port")).isEqualTo("443 | HTTPS");
    assertThat(syn.field("tcp", "Flags")).isEqualTo("SYN (0x02) | the client opens a connection");
    assertThat(syn.field("tcp", "Checksum")).isEqualTo("0xbd4c | correct");
    assertThat(syn.fields("tcp", "Option"))
        .extracting(ExplainedField::value, ExplainedField::meaning)
        .containsExactly(
            tuple("maximum segment size", "1460 bytes"),
            tuple("selective acknowledgment permitted", ""),
            tuple("timestamps", "1, echoes 0"),
            tuple("no operation", "padding"),
            tuple("window scale", "windows count 128 bytes"));
  }

  @Test
  void explainsTheAnswerAndCallsThePaddingPadding() {
    Explained answer = Explained.ethernet(SYN_ACK);
    assertThat(answer.field("tcp", "Flags"))
        .isEqualTo("SYN ACK (0x12) | the server answers the handshake");
    assertThat(answer.frame().remains())
        .extracting(ExplainedBytes::title, ExplainedBytes::offset, ExplainedBytes::length)
        .containsExactly(tuple("Padding or trailer", 54, 6));
    assertThat(answer.frame().lines())
        .contains("    Flags: SYN ACK (0x12): the server answers the handshake");
  }

  @Test
  void showsAWrongChecksum() {
    Explained wrong = Explained.ethernet(SYN.replace("6cb6", "6cb7").replace("bd4c", "0001"));
    assertThat(wrong.field("ipv4", "Header checksum")).isEqualTo("0x6cb7 | wrong");
    assertThat(wrong.field("tcp", "Checksum")).isEqualTo("0x0001 | wrong");
  }

  @Test
  void namesTheVendorOfAHardwareAddress() {
    Explained frame = Explained.ethernet("ffffffffffff 001882000001 88b5");
    assertThat(frame.field("ethernet", "Source"))
        .isEqualTo("00:18:82:00:00:01 | Huawei Technologies");
    assertThat(frame.field("ethernet", "Destination")).isEqualTo("ff:ff:ff:ff:ff:ff | broadcast");
  }

  @Test
  void saysWhatIsMalformedWithItsCode() {
    Explained synFin = Explained.ethernet(SYN.replace("a002 faf0", "a003 faf0"));
    assertThat(synFin.frame().faults())
        .extracting(ExplainedFault::code, ExplainedFault::sentence)
        .contains(tuple("tcp.syn.fin", "SYN together with FIN"));
    assertThat(synFin.frame().lines()).contains("  Malformed: tcp.syn.fin: SYN together with FIN");
    assertThat(synFin.field("tcp", "Flags"))
        .isEqualTo("FIN SYN (0x03) | a combination that no real connection has");
  }

  @Test
  void dumpsWhatItDoesNotDecode() {
    // UDP to port 9: "hello" and a byte that is not printable.
    Explained data =
        Explained.ethernet(
            ETHERNET,
            "45000022000100004011 0000 0a010203 c0000201 8000 0009 000e 0000 68656c6c6f07");
    assertThat(data.frame().remains()).hasSize(1);
    assertThat(data.frame().remains().getFirst().title()).isEqualTo("Data");
    assertThat(data.frame().remains().getFirst().dump())
        .containsExactly("0000  68 65 6c 6c 6f 07" + " ".repeat(32) + "hello.");
  }

  @Test
  void explainsAnEmptyFrameAndAnUnsupportedLinkType() {
    assertThat(Explained.of(LinkType.ETHERNET, new byte[0]).frame().faults())
        .extracting(ExplainedFault::code)
        .containsExactly("link.truncated");
    Explained unknown = Explained.of(147, Explained.bytes("010203"));
    assertThat(unknown.layers()).containsExactly("unsupported_link");
    assertThat(unknown.frame().linkType()).isEqualTo("link type 147 (not supported)");
    assertThat(unknown.frame().remains().getFirst().length()).isEqualTo(3);
  }
}
