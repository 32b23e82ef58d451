package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpNamesTest {
  /** RFC 2597 section 6, RFC 2474 section 4.2.2, RFC 3246, RFC 5865, RFC 8622. */
  @ParameterizedTest
  @CsvSource({
    "0, default (best effort)",
    "1, 'LE, lower effort'",
    "8, 'CS1, class selector'",
    "10, 'AF11, assured forwarding'",
    "12, 'AF12, assured forwarding'",
    "22, 'AF23, assured forwarding'",
    "34, 'AF41, assured forwarding'",
    "38, 'AF43, assured forwarding'",
    "44, voice admit",
    "46, 'EF, expedited forwarding'",
    "48, 'CS6, class selector'",
    "2, ''",
    "9, ''",
    "42, ''",
    "63, ''",
  })
  void namesDifferentiatedServices(int dscp, String name) {
    assertThat(IpNames.dscp(dscp)).isEqualTo(name);
  }
}
