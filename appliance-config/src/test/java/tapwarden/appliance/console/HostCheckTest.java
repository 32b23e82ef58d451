package tapwarden.appliance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck check = new HostCheck(List.of("Sensor.example.net"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:7400",
        "127.0.0.1",
        "127.0.0.1:7400",
        "[::1]",
        "[::1]:7400",
        "sensor.example.net:1"
      })
  void acceptsAddressesAndOurNames(String host) {
    assertThat(check.isOurs(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:",
        "localhost:x",
        "localhost:123456",
        "user@localhost",
        "[::1",
        "[::1]x",
        "[evil.example]",
        "::1",
        "[127.0.0.1]"
      })
  void refusesEverythingElse(String host) {
    assertThat(check.isOurs(host)).isFalse();
  }
}
