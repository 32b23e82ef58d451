package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.dns.DnsMessage.Section;

class DnsMessageTest {
  private final DnsMessage message = new DnsMessage();

  private boolean parse(byte[] bytes) {
    // Exactly as long as the message: a read beyond it fails.
    MemorySegment segment = Arena.ofAuto().allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return message.parse(segment, 0, bytes.length);
  }

  private boolean parse(String hex) {
    return parse(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }

  private static tapwarden.capture.forge.DnsMessage forgedAnswer() {
    return tapwarden.capture.forge.DnsMessage.response(0x1234, "WWW.Example.COM", 1);
  }

  /** RFC 1035 §4.1.4: F.ISI.ARPA, FOO.F.ISI.ARPA, ARPA and the root, here as four questions. */
  @Test
  void expandsTheExampleOfTheStandard() {
    String header = "0001 0100 0004 0000 0000 0000";
    String first = "0146 0349 5349 0441525041 00 0001 0001"; // at 12
    String second = "03464F4F C00C 0001 0001";
    String third = "C012 0001 0001";
    String fourth = "00 0001 0001";
    assertThat(parse(header + first + second + third + fourth)).isTrue();
    assertThat(message.isWhole()).isTrue();
    assertThat(message.count(Section.QUESTION)).isEqualTo(4);
    assertThat(message.name(0)).isEqualTo("F.ISI.ARPA");
    assertThat(message.name(1)).isEqualTo("FOO.F.ISI.ARPA");
    assertThat(message.name(2)).isEqualTo("ARPA");
    assertThat(message.name(3)).isEmpty();
  }

  @Test
  void readsEverySectionAndKeepsBothSpellings() {
    byte[] bytes =
        forgedAnswer()
            .cname("WWW.Example.COM", 300, "cdn.example.net")
            .a("cdn.example.net", 60, "203.0.113.9")
            .aaaa("cdn.example.net", 60, "2001:db8::9")
            .authority()
            .nameRecord("example.net", DnsType.NS, 3_600, "ns1.example.net")
            .additional()
            .edns(1232)
            .toBytes();
    assertThat(parse(bytes)).isTrue();
    assertThat(message.isWhole()).isTrue();
    assertThat(message.id()).isEqualTo(0x1234);
    assertThat(message.isResponse()).isTrue();
    assertThat(message.recursionAvailable()).isTrue();
    assertThat(message.entries()).isEqualTo(6);
    assertThat(message.name(0)).isEqualTo("WWW.Example.COM");
    String lower =
        new String(
            message.lowerNames(),
            message.nameStart(0),
            message.nameLength(0),
            StandardCharsets.US_ASCII);
    assertThat(lower).isEqualTo("www.example.com");
    assertThat(message.target(1)).isEqualTo("cdn.example.net");
    assertThat(message.timeToLive(1)).isEqualTo(300);
    assertThat(message.addressVersion(2)).isEqualTo(4);
    assertThat(message.addressLow(2)).isEqualTo(0xCB007109L);
    assertThat(message.addressVersion(3)).isEqualTo(6);
    assertThat(message.addressHigh(3)).isEqualTo(0x2001_0db8_0000_0000L);
    assertThat(message.addressLow(3)).isEqualTo(9);
    assertThat(message.section(4)).isEqualTo(Section.AUTHORITY);
    assertThat(message.target(4)).isEqualTo("ns1.example.net");
    assertThat(message.first(Section.ADDITIONAL)).isEqualTo(5);
    assertThat(message.hasEdns()).isTrue();
    assertThat(message.ednsPayloadSize()).isEqualTo(1232);
  }

  @Test
  void readsTheNamesOfServicesAndAuthorities() {
    byte[] soa =
        HexFormat.of()
            .parseHex(
                "026e73c00c 0561646d696ec00c 00000007 00000e10 00000258 00093a80 0000012c"
                    .replace(" ", ""));
    byte[] https =
        HexFormat.of().parseHex("0001" + "0363646e076578616d706c6500" + "00040004cb007109");
    byte[] bytes =
        tapwarden.capture.forge.DnsMessage.response(1, "a.example", 65)
            .record("a.example", DnsType.HTTPS, 60, https)
            .srv("_sip._udp.a.example", 60, 5060, "sip.a.example")
            .authority()
            .record("a.example", DnsType.SOA, 60, soa)
            .toBytes();
    assertThat(parse(bytes)).isTrue();
    assertThat(message.target(1)).isEqualTo("cdn.example");
    assertThat(message.target(2)).isEqualTo("sip.a.example");
    assertThat(message.data16(2, 4)).isEqualTo(5060);
    assertThat(message.target(3)).isEqualTo("ns.a.example");
    assertThat(message.data32(3, message.soaNumbersOffset(3))).isEqualTo(7);
    assertThat(message.data32(3, message.soaNumbersOffset(3) + 16)).isEqualTo(300);
  }

  @Test
  void neverTakesADotInsideALabelForTwoLabels() {
    assertThat(parse("0001 0100 0001 0000 0000 0000 03612e62 015c 00 0001 0001")).isTrue();
    assertThat(message.name(0)).isEqualTo("a\\.b.\\\\");
  }

  @Test
  void refusesPointersToThemselvesAndInALoop() {
    String header = "0001 0100 0001 0000 0000 0000";
    assertThat(parse(header + "C00C 0001 0001")).isFalse();
    // forward to a pointer that leads back
    assertThat(parse(header + "C010 0001 C00C")).isFalse();
    // out of the message
    assertThat(parse(header + "C012 0001 0001")).isFalse();
    // "a" then a pointer back to it: every turn would add a label
    assertThat(parse(header + "0161 C00C 0001 0001")).isFalse();
  }

  /** A query that a public resolver answered: its first name points at its second. */
  @Test
  void followsAPointerThatLeadsForward() {
    String header = "8e04 0100 0002 0000 0000 0000";
    String second = "0a 636f64656d6f6e6b6579 03 6e6574 00 0001 0001";
    assertThat(parse(header + "C012 0001 0001" + second)).isTrue();
    assertThat(message.isWhole()).isTrue();
    assertThat(message.name(0)).isEqualTo("codemonkey.net");
    assertThat(message.name(1)).isEqualTo("codemonkey.net");
  }

  @Test
  void believesAReservedOperationOnlyInAWholeMessage() {
    String rest = "0001 0000 0000 0001 0161 00 0001 0001";
    String record = "00 0029 1000 00000000 0000";
    assertThat(parse("0001 4900" + rest + record)).isTrue();
    assertThat(message.opcode()).isEqualTo(9);
    assertThat(message.name(0)).isEqualTo("a");
    assertThat(parse("0001 4900" + rest + record.substring(0, record.length() - 2))).isFalse();
    assertThat(parse("0001 2900" + rest + record.substring(0, record.length() - 2))).isTrue();
  }

  @Test
  void refusesNamesBeyondTheLimits() {
    String header = "0001 0100 0001 0000 0000 0000";
    String label = "3f" + "61".repeat(63);
    assertThat(parse(header + label.repeat(3) + "3d" + "61".repeat(61) + "00 0001 0001")).isTrue();
    assertThat(message.nameLength(0)).isEqualTo(253);
    assertThat(parse(header + label.repeat(3) + "3e" + "61".repeat(62) + "00 0001 0001")).isFalse();
    assertThat(parse(header + "40" + "61".repeat(64) + "00 0001 0001")).isFalse();
  }

  @Test
  void keepsWhatCameBeforeABrokenRecord() {
    byte[] whole =
        forgedAnswer()
            .a("www.example.com", 60, "203.0.113.9")
            .a("b.example", 60, "203.0.113.10")
            .toBytes();
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
    assertThat(parse(cut)).isTrue();
    assertThat(message.isWhole()).isFalse();
    assertThat(message.count(Section.ANSWER)).isEqualTo(1);
    assertThat(message.addressLow(1)).isEqualTo(0xCB007109L);
  }

  @Test
  void goesOnBehindARecordWithABrokenName() {
    byte[] bytes =
        forgedAnswer()
            .record("www.example.com", DnsType.NS, 60, new byte[] {2, 'o', 'k'})
            .a("www.example.com", 60, "203.0.113.9")
            .toBytes();
    assertThat(parse(bytes)).isTrue();
    assertThat(message.isWhole()).isFalse();
    assertThat(message.hasTarget(1)).isFalse();
    assertThat(message.addressLow(2)).isEqualTo(0xCB007109L);
  }

  @Test
  void readsNothingBeyondTheEndWhereverItIsCut() {
    byte[] whole =
        forgedAnswer()
            .cname("www.example.com", 1, "b.example")
            .aaaa("b.example", 60, "2001:db8::1")
            .srv("_a._b.c", 1, 2, "d.e")
            .additional()
            .edns(512)
            .toBytes();
    for (int length = 0; length <= whole.length; length++) {
      boolean read = parse(java.util.Arrays.copyOf(whole, length));
      // 12 bytes of header, 17 of name, 4 of type and class
      assertThat(read).isEqualTo(length >= 33);
      assertThat(read && message.isWhole()).isEqualTo(length == whole.length);
    }
  }

  @Test
  void refusesOtherProtocolsOnThePort() {
    assertThat(
            parse("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
        .isFalse();
    assertThat(parse("SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII))).isFalse();
    assertThat(parse(new byte[100])).isFalse();
    assertThat(parse("16030100c8010000c40303" + "ab".repeat(100))).isFalse();
  }

  @Test
  void givesUpAfterTheLimitOfRecords() {
    var forged = forgedAnswer();
    for (int i = 0; i < DnsMessage.MAX_ENTRIES; i++) {
      forged.a("www.example.com", 60, "203.0.113.9");
    }
    assertThat(parse(forged.toBytes())).isTrue();
    assertThat(message.entries()).isEqualTo(DnsMessage.MAX_ENTRIES);
    assertThat(message.isWhole()).isFalse();
  }

  @Test
  void joinsTheExtendedResponseCode() {
    String opt = "00 0029 1000 01000000 0000";
    assertThat(parse("0001 8100 0001 0000 0000 0001 0161 00 0001 0001" + opt)).isTrue();
    // RFC 6891 §9: BADVERS is 16
    assertThat(message.responseCode()).isEqualTo(16);
    assertThat(DnsType.codeName(message.responseCode())).isEqualTo("BADVERS");
  }

  @Test
  void namesTypesAsTheRegistryDoes() {
    assertThat(DnsType.name(28)).isEqualTo("AAAA");
    assertThat(DnsType.name(65)).isEqualTo("HTTPS");
    assertThat(DnsType.name(257)).isEqualTo("CAA");
    assertThat(DnsType.name(255)).isEqualTo("ANY");
    assertThat(DnsType.name(52)).isEqualTo("TLSA");
    assertThat(DnsType.name(99)).isEqualTo("SPF");
    assertThat(DnsType.name(54)).isEqualTo("TYPE54");
    assertThat(DnsType.name(65_535)).isEqualTo("TYPE65535");
  }
}
