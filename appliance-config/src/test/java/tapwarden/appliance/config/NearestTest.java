package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS = List.of("equipment", "evidence", "flow", "ring");

  @Test
  void findsTheWordAfterALetterMissingTooMuchWrongOrSwapped() {
    assertThat(Nearest.of("equipmnt", WORDS)).isEqualTo("equipment");
    assertThat(Nearest.of("evidencee", WORDS)).isEqualTo("evidence");
    assertThat(Nearest.of("fluw", WORDS)).isEqualTo("flow");
    assertThat(Nearest.of("rnig", WORDS)).isEqualTo("ring");
    assertThat(Nearest.of("max_bytes", List.of("max-bytes"))).isEqualTo("max-bytes");
  }

  @Test
  void findsNothingForAWordThatIsFarFromAll() {
    assertThat(Nearest.of("zebra", WORDS)).isNull();
    assertThat(Nearest.of("x".repeat(1000), WORDS)).isNull();
  }

  @Test
  void countsSlipsOfTheFinger() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
  }
}
