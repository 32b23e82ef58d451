package tapwarden.inspect.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.intel.NameMatcher;

/** Names in UTF-8, of which lists have the ASCII form (RFC 3492 §7.1: B\u00fccher is Bcher-kva). */
class InternationalNamesTest {
  private final OneWorker worker = new OneWorker().lists("xn--bcher-kva.example\n");

  private void asks(byte[]... labels) {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    query.writeBytes(new byte[] {0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (byte[] label : labels) {
      query.write(label.length);
      query.writeBytes(label);
    }
    query.writeBytes(new byte[] {0, 0, 1, 0, 1});
    sends(query.toByteArray(), true);
  }

  private void sends(byte[] payload, boolean isDns) {
    worker.frame(
        Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
        Forge.ipv4("10.80.2.17", "198.51.100.9"),
        isDns ? Forge.udp(30_053, 53) : Forge.tcp(40_000, 80).flags(0x18).sequence(1),
        Forge.payload(payload));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\u00fccher", "B\u00dcCHER", "bu\u0308cher"})
  void aLookUpInUtf8IsFound(String label) {
    asks("www".getBytes(UTF_8), label.getBytes(UTF_8), "example".getBytes(UTF_8));
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().endpoint().key()).contains("xn--bcher-kva.example");
  }

  @Test
  void aHostOfARequestInUtf8IsFound() {
    sends("GET / HTTP/1.1\r\nHost: www.b\u00fccher.example\r\n\r\n".getBytes(UTF_8), false);
    assertThat(worker.findings()).hasSize(1);
  }

  /** What a packet costs must not grow with what it holds: the first few names are converted. */
  @Test
  void ofOnePacketOnlyAFewNamesAreConverted() {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    int others = NameMatcher.MOST_CONVERTED;
    query.writeBytes(new byte[] {0, 7, 1, 0, 0, (byte) (others + 1), 0, 0, 0, 0, 0, 0});
    for (int i = 0; i <= others; i++) {
      for (String label : List.of(i < others ? "\u00fc" + i : "b\u00fccher", "example", "")) {
        byte[] bytes = label.getBytes(UTF_8);
        query.write(bytes.length);
        query.writeBytes(bytes);
      }
      query.writeBytes(new byte[] {0, 1, 0, 1});
    }
    sends(query.toByteArray(), true);
    assertThat(worker.findings()).isEmpty();
    assertThat(worker.counters.sum(Counter.NAMES_NOT_CONVERTED)).isEqualTo(1);
    asks("b\u00fccher".getBytes(UTF_8), "example".getBytes(UTF_8));
    assertThat(worker.findings()).hasSize(1);
  }

  /** Broken UTF-8, Latin-1, a lone surrogate, code points that IDNA forbids, what is too long. */
  @Test
  void whatIsNoNameIsNotFoundAndHarmsNothing() {
    byte[] example = "example".getBytes(UTF_8);
    for (byte[] label :
        List.of(
            new byte[] {'b', (byte) 0xFC, 'c', 'h', 'e', 'r'},
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xEF, (byte) 0xBF, (byte) 0xBF},
            "\u00fc\u202e".getBytes(UTF_8),
            "\u3002\u00fc".getBytes(UTF_8),
            "\u00fc".repeat(31).getBytes(UTF_8),
            "-\u00fc-.\\".getBytes(UTF_8))) {
      asks(label, label, label, label.length > 50 ? example : label, example);
    }
    assertThat(worker.findings()).isEmpty();
  }
}
