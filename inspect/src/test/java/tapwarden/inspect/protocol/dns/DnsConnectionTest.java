package tapwarden.inspect.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.stream.StreamMemory;

class DnsConnectionTest {
  private final Counters counters = new Counters();
  private final List<String> heard = new ArrayList<>();
  private final DnsAnalyser analyser =
      new DnsAnalyser(
          counters.newBlock(),
          (kind, packet, m) -> heard.add((m.isResponse() ? "answer " : "query ") + m.name(0)));
  private final StreamMemory memory = new StreamMemory(4 << 10);
  private final SyntheticPacket packets =
      new SyntheticPacket().next(1).ip(4, 0, 1, 0, 2).tcp(40_000, 53, 0x18);

  private static byte[] stream(byte[]... messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      bytes.write(message.length >> 8);
      bytes.write(message.length);
      bytes.writeBytes(message);
    }
    return bytes.toByteArray();
  }

  private static byte[] query(String name) {
    return DnsMessage.query(7, name, DnsMessage.A).toBytes();
  }

  private static byte[] answer(String name) {
    return DnsMessage.response(7, name, DnsMessage.A).a(name, 60, "192.0.2.1").toBytes();
  }

  private RecordingReport report() {
    RecordingReport report = new RecordingReport();
    report.packet = packets.packet();
    return report;
  }

  private boolean feed(DnsConnection c, boolean toServer, byte[] bytes, int from, int to) {
    return c.data(report(), toServer, MemorySegment.ofArray(bytes), from, to - from);
  }

  @Test
  void readsMessagesHoweverTheyAreCut() {
    byte[] bytes = stream(query("a.example"), query("b.example"), query("c.example"));
    for (int piece = 1; piece <= bytes.length; piece++) {
      heard.clear();
      DnsConnection connection = new DnsConnection(DnsKind.DNS, analyser, memory);
      for (int at = 0; at < bytes.length; at += piece) {
        assertThat(feed(connection, true, bytes, at, Math.min(bytes.length, at + piece))).isTrue();
      }
      assertThat(heard)
          .as("pieces of %d", piece)
          .containsExactly("query a.example", "query b.example", "query c.example");
    }
    assertThat(counters.sum(Counter.DNS_REFUSED)).isZero();
  }

  @Test
  void keepsTheDirectionsApart() {
    byte[] queries = stream(query("a.example"));
    byte[] answers = stream(answer("a.example"));
    DnsConnection connection = new DnsConnection(DnsKind.DNS, analyser, memory);
    feed(connection, true, queries, 0, 10);
    feed(connection, false, answers, 0, 20);
    feed(connection, true, queries, 10, queries.length);
    feed(connection, false, answers, 20, answers.length);
    assertThat(heard).containsExactly("query a.example", "answer a.example");
  }

  @Test
  void readsAgainFromASegmentBehindAGap() {
    byte[] bytes = stream(query("a.example"));
    DnsConnection connection = new DnsConnection(DnsKind.DNS, analyser, memory);
    feed(connection, true, bytes, 0, 12);
    assertThat(connection.gap(report(), true, 100)).isTrue();
    feed(connection, true, bytes, 0, bytes.length);
    assertThat(heard).containsExactly("query a.example");
  }

  /** Announces 65,535 bytes and sends 1,000 at a time, on many connections at once. */
  @Test
  void messagesThatNeverEndTakeNoMoreMemoryThanThereIs() {
    byte[] endless = new byte[1002];
    endless[0] = -1;
    endless[1] = -1;
    List<DnsConnection> connections = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      DnsConnection connection = new DnsConnection(DnsKind.DNS, analyser, memory);
      connections.add(connection);
      feed(connection, true, endless, 0, 1002);
      feed(connection, true, endless, 2, 1002);
      assertThat(memory.usedBytes()).isLessThanOrEqualTo(4 << 10);
    }
    assertThat(counters.sum(Counter.DNS_INCOMPLETE)).isPositive();
    byte[] bytes = stream(query("a.example"));
    feed(new DnsConnection(DnsKind.DNS, analyser, memory), true, bytes, 0, bytes.length);
    assertThat(heard).containsExactly("query a.example");
    connections.forEach(connection -> connection.close(report()));
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void givesUpWhatIsNoDns() {
    byte[] bytes = "\0\14GET / HTTP/1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    DnsConnection connection = new DnsConnection(DnsKind.DNS, analyser, memory);
    for (int i = 1; i < DnsStream.MOST_FAILURES; i++) {
      assertThat(feed(connection, true, bytes, 0, 14)).as("failure %d", i).isTrue();
    }
    assertThat(feed(connection, true, bytes, 0, 14)).isFalse();
    assertThat(heard).isEmpty();
    assertThat(counters.sum(Counter.DNS_REFUSED)).isEqualTo(DnsStream.MOST_FAILURES);
  }
}
