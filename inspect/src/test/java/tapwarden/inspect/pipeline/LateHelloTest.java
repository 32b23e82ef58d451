package tapwarden.inspect.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;

/** Hellos in flows of datagrams that began with something else. */
class LateHelloTest {
  private static final Layer ETHERNET = Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01");

  /** RFC 8489 §5: a binding request without attributes. */
  private static final byte[] STUN = hex("000100002112a442" + "00".repeat(12));

  private static final byte[] JUNK = hex("5a".repeat(40));

  private final OneWorker worker = new OneWorker().lists("evil.example\n");

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String number(int value, int bytes) {
    return HexFormat.of().toHexDigits(value, 2 * bytes);
  }

  /** RFC 6347 §4: a record of epoch 0 with a ClientHello that is whole, for that name. */
  private static byte[] hello(String name) {
    int length = name.length();
    String names =
        "0000"
            + number(length + 5, 2)
            + number(length + 3, 2)
            + "00"
            + number(length, 2)
            + HexFormat.of().formatHex(name.getBytes(US_ASCII));
    String body =
        "fefd"
            + "00".repeat(32)
            + "00"
            + "00"
            + "0002c02b"
            + "0100"
            + number(length + 9, 2)
            + names;
    int bytes = body.length() / 2;
    String message = "01" + number(bytes, 3) + "0000" + "000000" + number(bytes, 3) + body;
    return hex("16feff" + "0000" + "000000000000" + number(message.length() / 2, 2) + message);
  }

  private void sends(byte[] payload) {
    worker.frame(
        ETHERNET,
        Forge.ipv4("10.80.2.17", "198.51.100.9"),
        Forge.udp(40_000, 5_684),
        Forge.payload(payload));
  }

  @Test
  void aHelloAloneIsFound() {
    sends(hello("a.evil.example"));
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void aHelloBehindAProtocolThatIsKnownByName() {
    for (int i = 0; i < 20; i++) {
      sends(STUN);
    }
    sends(hello("a.evil.example"));
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void aHelloBehindWhatIsOfNoProtocol() {
    for (int i = 0; i < 20; i++) {
      sends(JUNK);
    }
    sends(hello("a.evil.example"));
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void aHelloBehindAProtocolThatIsRead() {
    sends(DnsMessage.query(7, "good.example", DnsMessage.A).toBytes());
    sends(hello("a.evil.example"));
    assertThat(worker.findings()).hasSize(1);
  }

  /**
   * What looks like a hello and is none costs each flow a few looks, and then hides what follows.
   */
  @Test
  void aHelloBehindSomeThatAreNone() {
    byte[] broken = hello("a.evil.example");
    broken[11] = 0x7F; // The record is longer than the datagram.
    sends(STUN);
    for (int i = 0; i < DatagramInspection.MOST_LATE_TRIES - 1; i++) {
      sends(broken);
    }
    sends(hello("a.evil.example"));
    assertThat(worker.findings()).hasSize(1);
  }
}
