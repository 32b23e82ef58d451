package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Stage;

/** What a worker finds in datagrams that come in fragments, and in spite of those that never do. */
class FragmentInspectionTest {
  private static final Layer ETHERNET = Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01");

  private final OneWorker worker = new OneWorker().lists("203.0.113.9\nevil.example\n");

  @Test
  void aListedContactIsFoundInAFloodOfFragments() {
    int flood = Integer.getInteger("tapwarden.flood", 3_000);
    for (int i = 1; i <= flood; i++) {
      worker.frame(
          ETHERNET,
          Forge.ipv4("10.80.2.17", "10.0." + (i >>> 14 & 0xFF) + ".7")
              .identification(i & 0xFFFF)
              .fragment(0, true),
          Forge.udp(5_000, 7_000),
          Forge.payload("first of a datagram of which there is no more"));
      if (i == flood / 2) {
        worker.frame(
            ETHERNET, Forge.ipv4("10.80.2.17", "203.0.113.9"), Forge.tcp(40_000, 443).flags(2));
      }
      if (i == flood - 1) {
        query();
      }
      if ((i & 0xFF) == 0) {
        worker.emptyBatch();
      }
    }
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(2);
    assertThat(found.getFirst().endpoint().key()).contains("203.0.113.9");
    assertThat(found.getLast().endpoint().key()).contains("evil.example");
    assertThat(worker.counters.sum(Counter.FRAGMENTS)).isGreaterThanOrEqualTo(flood);
    assertThat(worker.counters.sum(Counter.DATAGRAMS_REASSEMBLED)).isOne();
  }

  /** Of eight bytes, all of which are an extension header: no fragment shows the ports. */
  @Test
  void aFirstFragmentWithoutPortsHidesNoPort() {
    worker.lists("[2001:db8::9]:4443\n");
    byte[] datagram =
        Forge.frame(
            Forge.destinationOptions(new byte[] {1, 4, 0, 0, 0, 0}).nextHeader(17),
            Forge.udp(5_000, 4_443),
            Forge.payload("hello"));
    for (int at = 0; at < datagram.length; at += 8) {
      int end = Math.min(datagram.length, at + 8);
      worker.frame(
          ETHERNET,
          Forge.ipv6("fd00::17", "2001:db8::9"),
          Forge.ipv6Fragment(at, end < datagram.length, 5).nextHeader(60),
          Forge.payload(Arrays.copyOfRange(datagram, at, end)));
      assertThat(worker.counters.sum(Counter.DATAGRAMS_REASSEMBLED))
          .isEqualTo(end < datagram.length ? 0 : 1);
    }
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().endpoint().key()).contains("2001:db8::9");
  }

  @Test
  void aTunnelInFragmentsHidesNobodyInside() {
    for (byte[] fragment :
        Forge.ipv4Fragments(
            8,
            ETHERNET,
            Forge.ipv4("10.80.2.17", "10.80.2.18").identification(1).flagsAndOffset(0),
            Forge.gre(),
            Forge.ipv4("10.80.2.17", "203.0.113.9"),
            Forge.udp(5_000, 7_000),
            Forge.payload("hello"))) {
      assertThat(worker.findings()).isEmpty();
      worker.bytes(fragment);
    }
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void dataInFragmentsCountsOnceForItsContact() {
    tcp(40_000, 0x02, "");
    worker.frame(
        ETHERNET, Forge.ipv4("203.0.113.9", "10.80.2.17"), Forge.tcp(443, 40_000).flags(0x12));
    tcp(40_000, 0x10, "");
    assertThat(worker.findings())
        .extracting(Finding::stage)
        .containsExactly(Stage.ATTEMPT, Stage.ESTABLISHED);
    for (byte[] fragment :
        Forge.ipv4Fragments(
            24,
            ETHERNET,
            Forge.ipv4("203.0.113.9", "10.80.2.17").identification(3).flagsAndOffset(0),
            Forge.tcp(443, 40_000).flags(0x18),
            Forge.payload("an answer that is cut in some pieces"))) {
      worker.bytes(fragment);
    }
    tcp(40_000, 0x18, "ask");
    // The fragments behind the first show no ports: whoever sends such alone is a contact, too.
    assertThat(worker.findings())
        .extracting(Finding::stage)
        .containsExactly(Stage.ATTEMPT, Stage.DATA);
  }

  /**
   * Eight bytes of TCP show the ports and no flags: by the ports, who speaks from 80 is the server,
   * which the SYN of the whole disproves.
   */
  @Test
  void aHandshakeInFragmentsShowsWhoTheClientIs() {
    List<byte[]> fragments =
        Forge.ipv4Fragments(
            8,
            ETHERNET,
            Forge.ipv4("10.80.2.17", "203.0.113.9").identification(3).flagsAndOffset(0),
            Forge.tcp(80, 5_000).flags(0x02));
    worker.lists("203.0.113.9:5000\n");
    worker.bytes(fragments.getFirst());
    assertThat(worker.findings()).extracting(found -> found.endpoint().port()).containsExactly(80);
    fragments.subList(1, fragments.size()).forEach(worker::bytes);
    worker.frame(
        ETHERNET, Forge.ipv4("203.0.113.9", "10.80.2.17"), Forge.tcp(5_000, 80).flags(0x12));
    worker.frame(
        ETHERNET, Forge.ipv4("10.80.2.17", "203.0.113.9"), Forge.tcp(80, 5_000).flags(0x10));
    List<Finding> found = worker.findings();
    assertThat(found.getLast().stage()).isEqualTo(Stage.ESTABLISHED);
    assertThat(found.getLast().endpoint().port()).isEqualTo(5_000);
  }

  private void tcp(int port, int flags, String data) {
    worker.frame(
        ETHERNET,
        Forge.ipv4("10.80.2.17", "203.0.113.9"),
        Forge.tcp(port, 443).flags(flags),
        Forge.payload(data));
  }

  /** A look-up in two fragments, the first of which is that of a datagram of the flood, too. */
  private void query() {
    byte[] message = DnsMessage.query(7, "evil.example", DnsMessage.A).toBytes();
    for (byte[] fragment :
        Forge.ipv4Fragments(
            24,
            ETHERNET,
            Forge.ipv4("10.80.2.17", "10.0.0.53").identification(1).flagsAndOffset(0),
            Forge.udp(30_053, 53),
            Forge.payload(message))) {
      worker.bytes(fragment);
    }
  }
}
