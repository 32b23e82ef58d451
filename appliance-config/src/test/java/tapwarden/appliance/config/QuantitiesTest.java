package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "512, 512",
    "1 KiB, 1024",
    "64 MiB, 67108864",
    "64mib, 67108864",
    "2 GiB, 2147483648",
    "1 TiB, 1099511627776",
    "5 MB, 5000000",
    "1_000 B, 1000"
  })
  void readsSizes(String text, long bytes) {
    assertThat(Quantities.size(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5 MiB", "MiB", "1 MeB", "9000000 TiB", "1 MiB 2"})
  void refusesWhatIsNoSize(String text) {
    assertThat(Quantities.size(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "30s, PT30S",
    "30 s, PT30S",
    "250ms, PT0.25S",
    "10m, PT10M",
    "1h 30m, PT1H30M",
    "1h30m, PT1H30M",
    "7d, PT168H"
  })
  void readsDurations(String text, Duration duration) {
    assertThat(Quantities.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5h", "10m x", "1y"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(Quantities.duration(text)).isNull();
  }

  @Test
  void writesThemAsAPersonWould() {
    assertThat(Quantities.text(67_108_864)).isEqualTo("64 MiB");
    assertThat(Quantities.text(1025)).isEqualTo("1025 B");
    assertThat(Quantities.text(Duration.ofMinutes(90))).isEqualTo("1h 30m");
  }
}
