package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSelectionTest {
  @Test
  void protocolsBringTheirOwnTypes() {
    assertThat(EventSelection.NAMES).contains("alert", "flow", "tls", "ssh", "stats");
  }

  @Test
  void aNumberBehindAStrokeTakesSomeFlows() {
    EventSelection some = EventSelection.of(List.of("flow", "tls/10"));
    assertThat(some.wants("tls")).isTrue();
    assertThat(some.wants("dns")).isFalse();
    assertThat(some.oneIn()).containsEntry("tls", 10).containsEntry("flow", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls/", "tls/0", "tls/-1", "tls/x", "tls/99999999", "alert/2", "nothing"})
  void whatMeansNothingIsRefused(String word) {
    assertThatThrownBy(() -> EventSelection.of(List.of(word)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneTakesBackWhatStandsBefore() {
    assertThat(EventSelection.of(List.of("all", "none", "dns")).oneIn()).hasSize(1);
  }
}
