package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.flow.FlowTable;

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

  /** One flow in ten: of 4,000 some 400, and 95 more or less are five times the deviation. */
  @Test
  void oneFlowInSoManyIsTakenAndAlwaysTheSame() {
    EventSelection some = EventSelection.of(List.of("flow", "tls/10"));
    FlowTable table =
        new FlowTable(FlowOptions.DEFAULT, 4_000, 1, new CounterBlock(), (flow, reason) -> {});
    SyntheticPacket packets = new SyntheticPacket();
    BitSet taken = new BitSet();
    for (int i = 0; i < 8_000; i++) {
      packets.next(i * 1_000L).ip(4, 0, i % 4_000, 0, 7).tcp(4_000, 443, 0x10).payload(1);
      int unused = table.update(packets.packet());
      boolean wanted = some.wants("tls", table.flow());
      if (i < 4_000) {
        taken.set(i, wanted);
      }
      assertThat(wanted).as("flow %d", i % 4_000).isEqualTo(taken.get(i % 4_000));
      assertThat(some.wants("flow", table.flow())).isTrue();
      assertThat(some.wants("dns", table.flow())).isFalse();
    }
    assertThat(taken.cardinality()).isBetween(305, 495);
  }
}
