package tapwarden.inspect.protocol.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;

/** Examples and limits are those of HAProxy's proxy-protocol.txt, §2.1 and §2.2. */
class ProxyHeaderReaderTest {
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
  private static final String HELLO = "16030100c4010000c00303";

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final ProxyProtocol protocol = new ProxyProtocol(memory);

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private RecordingReport play(byte[] header, int chunk) {
    Talk talk = new Talk().client(header).client(hex(HELLO));
    RecordingReport report = talk.play(protocol.newStream(null), chunk);
    assertThat(memory.usedBytes()).isZero();
    return report;
  }

  private Recognition said(byte[] bytes) {
    return Talk.recognise(protocol, true, 443, bytes);
  }

  private static final String[] LINES = {
    "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443\r\n",
    "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n",
    "PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n",
    "PROXY UNKNOWN\r\n",
    "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
        + " ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"
  };

  @Test
  void aLineOfTextIsRecognisedAndHandsOverBehindItsEnd() {
    for (String line : LINES) {
      assertThat(said(text(line))).as(line).isEqualTo(Recognition.YES);
      for (int chunk = 1; chunk <= line.length() + 1; chunk++) {
        RecordingReport report = play(text(line), chunk);
        int before = (line.length() - 1) / chunk * chunk;
        assertThat(report.handedOver).as("%s by %d", line, chunk).isEqualTo(line.length() - before);
        assertThat(report.violation).isNull();
      }
    }
  }

  @Test
  void theBeginningOfALineMayBecomeOne() {
    String line = LINES[0];
    for (int bytes = 1; bytes < 11; bytes++) {
      assertThat(said(text(line.substring(0, bytes)))).isEqualTo(Recognition.MORE);
    }
    assertThat(said(text(line.substring(0, 11)))).isEqualTo(Recognition.YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY / HTTP/1.1\r\n", "PROXY TCP5 1.2.3.4", "PROXYTCP4 ", "POST / "})
  void otherTextIsNone(String text) {
    assertThat(said(text(text))).isEqualTo(Recognition.NO);
  }

  /** 107 bytes are the longest line. */
  @Test
  void aLineWithoutAnEndIsViolated() {
    RecordingReport report = play(text("PROXY UNKNOWN " + "x".repeat(93)), 50);
    assertThat(report.violation).isEqualTo("proxy_header");
    assertThat(report.handedOver).isNegative();
    assertThat(play(text("PROXY UNKNOWN " + "x".repeat(91) + "\r\n"), 50).violation).isNull();
  }

  @Test
  void theDestinationOfALineIsTold() {
    assertThat(play(text(LINES[0]), 7).addresses).containsExactly("other 192.168.0.11 443");
    assertThat(play(text(LINES[2]), 7).addresses).containsExactly("other 2001:db8::2 443");
    assertThat(play(text(LINES[3]), 7).addresses).isEmpty();
    assertThat(play(text(LINES[4]), 7).addresses).isEmpty();
  }

  /** What is wrong in it concerns the server: what follows is read all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.168.0.1 evil.example 56324 443\r\n",
        "PROXY TCP4 192.168.0.1 2001:db8::2 56324 443\r\n",
        "PROXY TCP6 2001:db8::1 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.256 56324 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 65536\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 4x3\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 \r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324\r\n",
        "PROXY TCP4 1 192.168.0.11 56324 443\r\n",
        "PROXY TCP4 192.168.0.1 192.168.0.11 56324 443 1\r\n",
        "PROXY TCP4  \r\n"
      })
  void ofALineThatIsWrongNothingIsTold(String line) {
    RecordingReport report = play(text(line), 1_000);
    assertThat(report.addresses).isEmpty();
    assertThat(report.names).isEmpty();
    assertThat(report.oddities).containsExactly("proxy_header_address");
    assertThat(report.handedOver).isEqualTo(line.length());
  }

  /** Version 2, PROXY, TCP over IPv4, 12 bytes. */
  private static final String BINARY_4 =
      SIGNATURE + "21 11 000C C0A80001 C0A8000B DC04 01BB".replace(" ", "");

  @Test
  void aBinaryHeaderIsRecognisedAndHandsOverBehindItsEnd() {
    byte[] header = hex(BINARY_4);
    assertThat(said(header)).isEqualTo(Recognition.YES);
    for (int chunk = 1; chunk < 40; chunk++) {
      RecordingReport report = play(header, chunk);
      int before = (header.length - 1) / chunk * chunk;
      assertThat(report.handedOver).as("by %d", chunk).isEqualTo(header.length - before);
      assertThat(report.addresses).containsExactly("other 192.168.0.11 443");
    }
  }

  @Test
  void theBeginningOfABinaryHeaderMayBecomeOne() {
    for (int bytes = 1; bytes < 14; bytes++) {
      assertThat(said(hex(BINARY_4.substring(0, 2 * bytes)))).isEqualTo(Recognition.MORE);
    }
    assertThat(said(hex(SIGNATURE + "3111"))).isEqualTo(Recognition.NO);
    assertThat(said(hex(SIGNATURE + "2211"))).isEqualTo(Recognition.NO);
    assertThat(said(hex(SIGNATURE + "2141"))).isEqualTo(Recognition.NO);
    assertThat(said(hex("0D0A0D0A00474554"))).isEqualTo(Recognition.NO);
  }

  /** LOCAL, and a family without addresses that are told. */
  @Test
  void aHeaderWithoutAddressesHandsOver() {
    for (String header :
        new String[] {
          SIGNATURE + "20000000",
          SIGNATURE + "20110000",
          SIGNATURE + "21000003ABCDEF",
          SIGNATURE + "213100D8" + "2f".repeat(216)
        }) {
      RecordingReport report = play(hex(header), 1_000);
      assertThat(report.handedOver).isEqualTo(header.length() / 2);
      assertThat(report.addresses).isEmpty();
      assertThat(report.oddities).isEmpty();
    }
  }

  @Test
  void addressesThatDoNotFitAreNotRead() {
    RecordingReport report = play(hex(SIGNATURE + "2111000BC0A80001C0A8000BDC0401"), 1_000);
    assertThat(report.oddities).containsExactly("proxy_header_address");
    assertThat(report.addresses).isEmpty();
    assertThat(report.handedOver).isEqualTo(27);
  }

  /** §2.2.2: PP2_TYPE_AUTHORITY is the name that the client asked for, such as the SNI. */
  @Test
  void theNameInABinaryHeaderIsTold() {
    String name = HexFormat.of().formatHex(text("evil.example"));
    String fields = "040003" + "000000" + "02000C" + name;
    String header =
        SIGNATURE
            + "21210039"
            + "20010db8"
            + "00".repeat(11)
            + "01"
            + "20010db8"
            + "00".repeat(11)
            + "02"
            + "DC0401BB"
            + fields;
    for (int chunk : new int[] {1, 5, 1_000}) {
      RecordingReport report = play(hex(header), chunk);
      assertThat(report.names).containsExactly("other evil.example");
      assertThat(report.addresses).containsExactly("other 2001:db8::2 443");
    }
  }

  /** The longest, of which the end is not looked at. */
  @Test
  void aLongHeaderIsPassedOverWithoutBeingKept() {
    String header = SIGNATURE + "2111FFFF" + "C0A80001C0A8000BDC0401BB" + "EE".repeat(65_523);
    RecordingReport report = play(hex(header), 1_000);
    assertThat(report.handedOver).isEqualTo((16 + 65_535) % 1_000);
    assertThat(report.addresses).containsExactly("other 192.168.0.11 443");
  }

  /** The server waits for the header; if it does not, that is no business of the header's. */
  @ParameterizedTest
  @ValueSource(strings = {"220 ready\r\n", "P", "PROX", "\r\n", "\r"})
  void whatTheServerSaysMeanwhileChangesNothing(String greeting) {
    byte[] header = hex(BINARY_4);
    Talk talk = new Talk().server(greeting).client(header).client(hex(HELLO));
    assertThat(talk.play(protocol.newStream(null), 9).handedOver).isPositive();
  }

  @Test
  void behindAGapItIsLookedForWhatFollows() {
    Talk talk = new Talk().client(hex(BINARY_4.substring(0, 40))).clientGap(3).client(hex(HELLO));
    RecordingReport report = talk.play(protocol.newStream(null), 9);
    assertThat(report.handedOver).isZero();
    assertThat(report.addresses).isEmpty();
    assertThat(memory.usedBytes()).isZero();
  }
}
