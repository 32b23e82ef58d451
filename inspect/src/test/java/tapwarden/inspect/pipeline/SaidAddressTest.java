package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Signature;

/** Listed addresses that nobody here contacts, but that somebody is asked for. */
class SaidAddressTest {
  private static final String HOST = "10.80.2.17";
  private static final String PROXY_AT_HOME = "10.80.2.3";
  private static final String PROXY_OUTSIDE = "198.51.100.9";
  private static final int PUSH = 0x18;

  private final OneWorker worker = new OneWorker();

  private List<Finding> ask(String server, String lists, String request) {
    worker.lists(lists);
    worker.frame(
        Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
        Forge.ipv4(HOST, server),
        Forge.tcp(40_000, 3_128).flags(PUSH),
        Forge.payload(request + "\r\n\r\n"));
    return worker.findings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT 203.0.113.77:443 HTTP/1.1",
        "GET https://203.0.113.77/x HTTP/1.1",
        "GET / HTTP/1.1\r\nHost: 203.0.113.77:443",
        "GET / HTTP/1.1\r\nHost: good.example\r\nHost: 203.0.113.77:443",
        "DESCRIBE rtsp://u:p@203.0.113.77:443/x RTSP/1.0\r\nCSeq: 1"
      })
  void aListedAddressIsFoundInARequestToAProxy(String request) {
    for (String list : List.of("203.0.113.77", "203.0.113.77:443", "203.0.113.0/24")) {
      SaidAddressTest fresh = new SaidAddressTest();
      List<Finding> home = fresh.ask(PROXY_AT_HOME, list + '\n', request);
      assertThat(home).hasSize(1);
      assertThat(home.getFirst().signature()).isEqualTo(Signature.WATCHLIST_ASKED_ADDRESS);
      Endpoint asked = home.getFirst().endpoint();
      assertThat(asked.key()).isEqualTo("203.0.113.77");
      assertThat(asked.port()).isEqualTo(443);
      assertThat(asked.nameSource()).isIn("http", "rtsp");
      fresh = new SaidAddressTest();
      List<Finding> outside = fresh.ask(PROXY_OUTSIDE, list + '\n', request);
      assertThat(outside).hasSize(1);
      assertThat(outside.getFirst().signature()).isEqualTo(Signature.WATCHLIST_ASKED_ADDRESS);
      Endpoint contacted = outside.getFirst().endpoint();
      assertThat(contacted.key()).isEqualTo(PROXY_OUTSIDE);
      assertThat(contacted.name()).isEqualTo("203.0.113.77");
    }
  }

  @Test
  void anAddressOfVersion6IsFoundToo() {
    String request = "CONNECT [2001:db8:0::77]:443 HTTP/1.1";
    assertThat(ask(PROXY_AT_HOME, "[2001:db8::77]:443\n", request)).hasSize(1);
  }

  @Test
  void anotherPortOrAddressIsNot() {
    String request = "CONNECT 203.0.113.77:444 HTTP/1.1";
    assertThat(ask(PROXY_AT_HOME, "203.0.113.77:443\n203.0.113.78\n", request)).isEmpty();
  }

  /** The contact itself is told, if the port is the listed one too. */
  @Test
  void theServerOfTheConnectionIsNotToldTwice() {
    String request = "GET / HTTP/1.1\r\nHost: 203.0.113.77";
    assertThat(ask("203.0.113.77", "203.0.113.77\n", request))
        .extracting(Finding::signature)
        .containsOnly(Signature.WATCHLIST_ADDRESS);
    assertThat(new SaidAddressTest().ask("203.0.113.77", "203.0.113.77:80\n", request)).isEmpty();
  }

  @Test
  void aListedNameOfTheSecondHostIsFound() {
    String request = "GET / HTTP/1.1\r\nHost: good.example\r\nHost: a.evil.example";
    assertThat(ask(PROXY_OUTSIDE, "evil.example\n", request)).hasSize(1);
  }
}
