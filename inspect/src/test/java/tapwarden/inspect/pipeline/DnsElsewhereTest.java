package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.inspect.alert.Finding;

/** DNS that is spoken on other ports than its own, and what only looks like it. */
class DnsElsewhereTest {
  private static final Layer ETHERNET = Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01");
  private static final String CLIENT = "10.80.2.17";
  private static final String SERVER = "198.51.100.53";

  private final OneWorker worker = new OneWorker().lists("evil.example\n");

  private static byte[] query() {
    return DnsMessage.query(7, "c2.evil.example", DnsMessage.A).toBytes();
  }

  private static byte[] answer() {
    return DnsMessage.response(7, "c2.evil.example", DnsMessage.A)
        .a("c2.evil.example", 60, "203.0.113.9")
        .toBytes();
  }

  private void datagram(int port, byte[] payload) {
    worker.frame(
        ETHERNET, Forge.ipv4(CLIENT, SERVER), Forge.udp(30_053, port), Forge.payload(payload));
  }

  private static byte[] overTcp(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  private void segment(int port, int sequence, byte[] payload) {
    worker.frame(
        ETHERNET,
        Forge.ipv4(CLIENT, SERVER),
        Forge.tcp(30_053, port).sequence(sequence).flags(0x18),
        Forge.payload(payload));
  }

  private long messages() {
    return worker.counters.sum(Counter.DNS_MESSAGES);
  }

  @ParameterizedTest
  @ValueSource(ints = {443, 5_333, 32_021, 1_194})
  void aListedNameIsFoundWhateverThePort(int port) {
    datagram(port, query());
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().endpoint().key()).contains("evil.example");
  }

  @Test
  void anAnswerTellsAlone() {
    worker.frame(
        ETHERNET, Forge.ipv4(SERVER, CLIENT), Forge.udp(5_333, 30_053), Forge.payload(answer()));
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void whatFollowsIsReadToo() {
    datagram(5_333, DnsMessage.query(6, "a.example", DnsMessage.A).toBytes());
    datagram(5_333, new byte[40]);
    datagram(5_333, query());
    assertThat(worker.findings()).hasSize(1);
    assertThat(messages()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 14, 20})
  void aConnectionIsReadHoweverItsQueryIsCut(int first) {
    byte[] bytes = overTcp(query());
    segment(5_300, 1, Arrays.copyOf(bytes, first));
    segment(5_300, 1 + first, Arrays.copyOfRange(bytes, first, bytes.length));
    assertThat(messages()).isOne();
    assertThat(worker.findings()).hasSize(1);
  }

  /**
   * The receiver may take either for what was said, so the other reading is told by content, too.
   */
  @Test
  void aQueryIsFoundBehindADecoy() {
    byte[] bytes = overTcp(query());
    byte[] decoy = new byte[bytes.length];
    Arrays.fill(decoy, (byte) 'x');
    segment(5_300, 1, decoy);
    segment(5_300, 1, bytes);
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().endpoint().key()).contains("evil.example");
  }

  /** Each differs from a query in one thing that RFC 1035 §4.1 and its successors rule out. */
  @Test
  void whatIsNotRightInAllIsNotDns() {
    for (int at : new int[] {2, 3, 4, 6, 8, 10}) {
      byte[] bytes = query();
      // A reserved operation, a result in a query, and counts of 256 and more.
      bytes[at] = (byte) (bytes[at] | (at == 2 ? 0x78 : at == 3 ? 5 : 1));
      datagram(6_000 + at, bytes);
    }
    byte[] ofNoClass = query();
    ofNoClass[ofNoClass.length - 1] = 9;
    datagram(6_020, ofNoClass);
    byte[] ofNoType = query();
    ofNoType[ofNoType.length - 4] = 0x7F;
    datagram(6_021, ofNoType);
    byte[] longer = Arrays.copyOf(query(), query().length + 1);
    datagram(6_022, longer);
    datagram(6_023, Arrays.copyOf(query(), query().length - 1));
    datagram(6_024, DnsMessage.query(7, "", DnsMessage.A).toBytes());
    datagram(6_025, Arrays.copyOf(answer(), answer().length - 1));
    for (int length = 1; length < 19; length++) {
      datagram(6_100 + length, new byte[length]);
    }
    segment(6_000, 1, overTcp(longer));
    assertThat(messages()).isZero();
    assertThat(worker.findings()).isEmpty();
  }
}
