package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

class DnsInspectionTest {
  private static final int EXCHANGES = 50_000;
  private static final String CLIENT = "10.0.0.1";
  private static final String RESOLVER = "10.0.0.53";

  private final Counters counters = new Counters();
  private final WorkerParts parts =
      new WorkerParts(
          OneWorker.options(Path.of(".")),
          new OneCapture(),
          new HashKey(3, 7),
          counters,
          new DeskBell());
  private final DnsInspection dns =
      parts.dns(
          parts.judge(),
          new Nothing(),
          new EveLines(parts.options(), parts.sources(), parts.output()));
  private final FlowTable flows = parts.flowTable((flow, reason) -> {});

  private static SyntheticPacket query(DnsMessage message) {
    return new SyntheticPacket()
        .next(1)
        .ip(CLIENT, RESOLVER)
        .udp(40_000, 53)
        .payload(message.toBytes());
  }

  private static SyntheticPacket answer(DnsMessage message) {
    return new SyntheticPacket()
        .next(1)
        .ip(RESOLVER, CLIENT)
        .udp(53, 40_000)
        .payload(message.toBytes());
  }

  private void inspect(SyntheticPacket packet, boolean byClient) {
    flows.update(packet.packet());
    dns.inspect(packet.packet(), flows.flow(), byClient, false);
  }

  private @Nullable String nameOf(String remote) {
    return dns.nameOf(contact(remote).packet(), true);
  }

  private static SyntheticPacket contact(String remote) {
    return new SyntheticPacket().next(1).ip(CLIENT, remote).udp(40_001, 443);
  }

  @Test
  void learnsAddressesOfTheQuestionAndItsAliasesAlone() {
    inspect(
        answer(
            DnsMessage.response(1, "www.a.example", 1)
                .cname("www.a.example", 60, "cdn.b.example")
                .a("cdn.b.example", 60, "203.0.113.1")
                .a("allowed.example", 60, "203.0.113.2")
                .additional()
                .a("www.a.example", 60, "203.0.113.3")),
        false);
    assertThat(nameOf("203.0.113.1")).isEqualTo("www.a.example");
    assertThat(nameOf("203.0.113.2")).isNull();
    assertThat(nameOf("203.0.113.3")).isNull();
    assertThat(counters.sum(Counter.NAMES_NOT_ASKED_FOR)).isEqualTo(1);
  }

  @Test
  void believesNoAnswerThatWasNotAskedForByAClientWhoseQueriesAreSeen() {
    inspect(query(DnsMessage.query(1, "a.example", 1)), true);
    inspect(
        answer(DnsMessage.response(2, "good.example", 1).a("good.example", 60, "203.0.113.66")),
        false);
    assertThat(nameOf("203.0.113.66")).isNull();
    assertThat(counters.sum(Counter.NAMES_NOT_ASKED_FOR)).isEqualTo(1);
    SyntheticPacket asked =
        answer(DnsMessage.response(1, "a.example", 1).a("a.example", 60, "203.0.113.1"));
    inspect(asked, false);
    inspect(asked, false);
    assertThat(nameOf("203.0.113.1")).isEqualTo("a.example");
    assertThat(counters.sum(Counter.NAMES_NOT_ASKED_FOR)).isEqualTo(1);
  }

  @Test
  void believesAnswersToAClientOfWhichNoQueryIsSeenThoughOthersAskVisibly() {
    inspect(
        new SyntheticPacket()
            .next(1)
            .ip("10.0.0.2", RESOLVER)
            .udp(40_000, 53)
            .payload(DnsMessage.query(1, "a.example", 1).toBytes()),
        true);
    inspect(
        answer(DnsMessage.response(2, "b.example", 1).a("b.example", 60, "203.0.113.1")), false);
    assertThat(nameOf("203.0.113.1")).isEqualTo("b.example");
  }

  @Test
  void believesNoNameFromTheHardwareAddressThatSendsTheContact() {
    long own = 0x0200_0000_0001L;
    long router = 0x0200_0000_00FEL;
    SyntheticPacket forged =
        answer(DnsMessage.response(2, "good.example", 1).a("good.example", 60, "203.0.113.66"));
    inspect(forged.mac(own, router), false);
    assertThat(dns.nameOf(contact("203.0.113.66").mac(own, router).packet(), true)).isNull();
    assertThat(counters.sum(Counter.NAMES_FORGED)).isEqualTo(1);
    inspect(forged.mac(router, own), false);
    assertThat(dns.nameOf(contact("203.0.113.66").mac(own, router).packet(), true))
        .isEqualTo("good.example");
  }

  @Test
  void learnsNothingFromAQuery() {
    inspect(query(DnsMessage.query(1, "a.example", 1).a("a.example", 60, "203.0.113.1")), true);
    assertThat(nameOf("203.0.113.1")).isNull();
  }

  /** RFC 9460 §7.3: a client may connect to hints without asking for an address. */
  @Test
  void learnsTheHintsOfServiceRecordsUnderTheNameThatWasAskedFor() {
    byte[] service = HexFormat.of().parseHex("0001" + "00" + "0004" + "0004" + "cb007107");
    inspect(
        answer(
            DnsMessage.response(1, "www.a.example", 65)
                .cname("www.a.example", 60, "cdn.b.example")
                .record("cdn.b.example", 65, 60, service)
                .record("other.example", 65, 60, service)),
        false);
    assertThat(nameOf("203.0.113.7")).isEqualTo("www.a.example");
    assertThat(counters.sum(Counter.NAMES_NOT_ASKED_FOR)).isEqualTo(1);
  }

  /**
   * Measured: heap bytes that a query and its answer take from the first byte of the payload to the
   * name cache, when the answer's names are known already and no event is written. (An event takes
   * what its line takes.)
   */
  @Test
  void allocatesNothingForAnExchangeWhoseNamesAreKnown() {
    SyntheticPacket query = query(DnsMessage.query(1, "www.a.example", 1));
    SyntheticPacket answer =
        answer(
            DnsMessage.response(1, "www.a.example", 1)
                .cname("www.a.example", 60, "cdn.b.example")
                .a("cdn.b.example", 60, "203.0.113.1")
                .a("cdn.b.example", 60, "203.0.113.2")
                .aaaa("cdn.b.example", 60, "2001:db8::1"));
    exchange(query, answer);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    exchange(query, answer);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(EXCHANGES / 100);
    assertThat(counters.sum(Counter.DNS_MESSAGES)).isEqualTo(4L * EXCHANGES);
    assertThat(nameOf("203.0.113.2")).isEqualTo("www.a.example");
  }

  private void exchange(SyntheticPacket query, SyntheticPacket answer) {
    for (int i = 0; i < EXCHANGES; i++) {
      inspect(query, true);
      inspect(answer, false);
    }
  }

  /** Nothing is found where nothing is listed. */
  static final class Nothing implements ContactWatch.Out, ProtocolReport.Worker {
    @Override
    public void finding(
        Finding finding,
        long order,
        @Nullable EvidenceFrame opening,
        @Nullable Packet packet,
        int historyIndex) {
      throw new AssertionError(finding);
    }

    @Override
    public void aftermath(List<IncidentKey> incidents, long order, Packet packet) {
      throw new AssertionError(incidents);
    }

    @Override
    public void unpolicedContact(Contact contact, Flow flow) {
      throw new AssertionError(contact);
    }

    @Override
    public long nextOrder() {
      return 0;
    }

    @Override
    public long place() {
      return 0;
    }

    @Override
    public boolean saidTooMuch() {
      return false;
    }
  }
}
