package tapwarden.inspect.explain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.LinkType;

class PayloadExplainerTest {
  private static Explained explained(Layer transport, byte[] payload) {
    return Explained.of(
        LinkType.ETHERNET,
        Forge.frame(
            Forge.ethernet("00:18:82:00:00:01", "00:18:82:00:00:02"),
            Forge.ipv4("10.0.0.1", "10.0.0.2"),
            transport,
            Forge.payload(payload)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void findsTheProtocolByContentOnAnyPort() {
    Explained frame = explained(Forge.tcp(4711, 40_000), ascii("SSH-2.0-dropbear_2019.78\r\n"));
    assertThat(frame.layers()).containsExactly("ethernet", "ipv4", "tcp", "ssh");
    assertThat(frame.layer("ssh").title()).isEqualTo("SSH");
    assertThat(frame.field("ssh", "The server says of itself"))
        .isEqualTo("\"SSH-2.0-dropbear_2019.78\" | ssh-banner");
  }

  @Test
  void somethingElseOnThePortOfAProtocolIsNotThatProtocol() {
    assertThat(explained(Forge.tcp(40_000, 22), ascii("hello there")).layers())
        .containsExactly("ethernet", "ipv4", "tcp");
  }

  @Test
  void explainsADnsMessageBehindItsLengthInTcp() {
    byte[] query = DnsMessage.query(7, "a.example", DnsMessage.A).toBytes();
    byte[] payload =
        ByteBuffer.allocate(query.length + 4)
            .putShort((short) query.length)
            .put(query)
            .putShort((short) 99)
            .array();
    Explained frame = explained(Forge.tcp(40_000, 53), payload);
    assertThat(frame.layers()).containsExactly("ethernet", "ipv4", "tcp", "dns");
    assertThat(frame.field("dns", "Length")).isEqualTo(query.length + " bytes");
    assertThat(frame.field("dns", "Question")).startsWith("\"a.example\"");
    // The next message has only begun.
    assertThat(frame.frame().remains().getFirst().length()).isEqualTo(2);
    assertThat(explained(Forge.tcp(40_000, 53), new byte[] {0, 9, 1}).layers())
        .containsExactly("ethernet", "ipv4", "tcp");
  }

  /** The bytes stay visible: a reader says what matters, not what each byte is. */
  @Test
  void showsTheBytesAsWell() {
    Explained frame = explained(Forge.tcp(40_000, 22), ascii("SSH-2.0-x\r\n"));
    assertThat(frame.frame().remains()).extracting(ExplainedBytes::title).containsExactly("Data");
    assertThat(frame.frame().remains().getFirst().length()).isEqualTo(11);
  }

  /** RFC 1157's GetRequest of sysDescr.0 for the community "public", encoded by hand. */
  @Test
  void showsTheFieldsOfAnEvent() {
    byte[] get =
        HexFormat.of()
            .parseHex(
                "302602010004067075626c6963a019020101020100020100300e300c06082b060102010101000500");
    Explained frame = explained(Forge.udp(40_000, 161), get);
    assertThat(frame.layers()).containsExactly("ethernet", "ipv4", "udp", "snmp");
    assertThat(frame.field("snmp", "Community")).isEqualTo("public");
    assertThat(frame.field("snmp", "Version")).isEqualTo("1");
  }
}
