package tapwarden.inspect.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.inspect.decode.SyntheticPacket;

class DnsAnalyserTest {
  private final List<String> heard = new ArrayList<>();
  private final CounterBlock counters = new CounterBlock();
  private final DnsAnalyser analyser =
      new DnsAnalyser(counters, (kind, packet, m) -> heard.add(kind.word() + " " + m.name(0)));
  private final SyntheticPacket packets = new SyntheticPacket();

  private int udp(int source, int destination, byte[] payload) {
    packets.next(0).ip("10.0.0.1", "10.0.0.53").udp(source, destination).payload(payload);
    return analyser.analyse(packets.packet());
  }

  private static byte[] query(String name) {
    return DnsMessage.query(7, name, DnsMessage.A).toBytes();
  }

  @Test
  void knowsThreeProtocolsByTheirPorts() {
    udp(40_000, 53, query("a.example"));
    udp(53, 40_000, query("b.example"));
    udp(5353, 5353, query("c.local"));
    udp(40_000, 5355, query("d"));
    udp(40_000, 123, query("e.example"));
    assertThat(heard).containsExactly("dns a.example", "dns b.example", "mdns c.local", "llmnr d");
    assertThat(counters.get(Counter.DNS_MESSAGES)).isEqualTo(4);
  }

  @Test
  void countsWhatIsNoDnsMessage() {
    assertThat(udp(40_000, 53, "GET / HTTP/1.1\r\n\r\n".getBytes())).isZero();
    assertThat(counters.get(Counter.DNS_REFUSED)).isEqualTo(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void readsAllMessagesThatLieWithinOneTcpSegment() {
    byte[] first = DnsMessage.query(1, "a.example", DnsMessage.A).toTcpBytes();
    byte[] second = DnsMessage.query(2, "b.example", DnsMessage.AAAA).toTcpBytes();
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    packets.next(0).ip("10.0.0.1", "10.0.0.53").tcp(40_000, 53, 0x18).payload(both);
    assertThat(analyser.analyse(packets.packet())).isEqualTo(2);
    byte[] cut = java.util.Arrays.copyOf(both, both.length - 1);
    packets.next(0).ip("10.0.0.1", "10.0.0.53").tcp(40_000, 53, 0x18).payload(cut);
    assertThat(analyser.analyse(packets.packet())).isEqualTo(1);
    assertThat(heard).containsExactly("dns a.example", "dns b.example", "dns a.example");
  }
}
