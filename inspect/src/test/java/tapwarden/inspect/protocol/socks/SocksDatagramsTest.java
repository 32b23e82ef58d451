package tapwarden.inspect.protocol.socks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Datagrams;

class SocksDatagramsTest {
  private final Datagrams flow =
      new Datagrams(new SocksProvider(), 40_000, 50_001).expected(new SocksRelay(50_001));

  @Test
  void tellsWhereDatagramsGo() {
    byte[] named =
        Datagrams.join(
            Datagrams.hex("000000 03 0B"),
            Datagrams.text("example.org"),
            Datagrams.hex("0035 1234"));
    assertThat(flow.toServer(named)).isTrue();
    assertThat(flow.report.names).containsExactly("other example.org");
    assertThat(flow.events()).hasSize(1);
    assertThat(flow.events().get(0))
        .contains("\"command\":\"udp_associate\"", "\"name\":\"example.org\",\"port\":53");
    flow.toServer(Datagrams.hex("000000 01 C0000207 0035"));
    assertThat(flow.events()).hasSize(1);
    assertThat(flow.report.addresses).containsExactly("other 192.0.2.7 53");
  }

  @Test
  void looksAtNoMoreThanItsNumberOfDatagrams() {
    for (int i = 1; i < SocksDatagrams.MOST_DATAGRAMS; i++) {
      assertThat(flow.toServer(Datagrams.hex("000000 01 C0000207 0035"))).isTrue();
    }
    assertThat(flow.toServer(Datagrams.hex("000000 01 C0000207 0035"))).isFalse();
  }

  @Test
  void refusesWhatIsCut() {
    flow.toServer(Datagrams.hex("000000 03 0B 6578"));
    flow.toServer(Datagrams.hex("0000"));
    flow.toServer(Datagrams.hex("000000 09 0B 6578"));
    flow.toServer(Datagrams.hex("010000 01 C0000207 0035"));
    assertThat(flow.events()).isEmpty();
    assertThat(flow.report.names).isEmpty();
  }
}
