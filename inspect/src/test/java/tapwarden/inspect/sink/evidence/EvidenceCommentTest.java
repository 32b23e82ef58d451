package tapwarden.inspect.sink.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Findings;
import tapwarden.inspect.alert.Stage;

class EvidenceCommentTest {
  @Test
  void namesAlertEquipmentEndpointAndReasonsWithoutWhatATerminalObeys() {
    Alert alert =
        new Alert(
            "abc",
            1,
            Findings.named("upd\033[31m\n.example\u202e.net", 0),
            Stage.ATTEMPT,
            95,
            List.of("first contact", "name\rforged"),
            1,
            0,
            0,
            null,
            List.of());
    assertThat(EvidenceComment.of(alert).lines())
        .containsExactly(
            "Tapwarden alert abc",
            "severity: critical; detector: watchlist",
            "equipment: enb-1, vendor Huawei, role base-station",
            "endpoint: name upd?[31m?.example?.net",
            "what: Listed name looked up",
            "because: first contact",
            "because: name?forged");
  }
}
