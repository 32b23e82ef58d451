package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

/**
 * A camera of an excluded vendor that calls a new address with each flow, as one that scans does.
 * On a wire nobody waits for the desk, so what a flow of the flood costs it has to be bounded: one
 * finding without a past, and no packet more, once so many endpoints have alerts.
 */
class AlertFloodTest {
  private static final int FLOWS = 3_000;
  private static final int RETRIES = 3;
  private static final int MOST_ENDPOINTS = IncidentOptions.DEFAULT.maxEndpoints();
  private static final int SYN = 0x02;

  @TempDir Path directory;

  private final OneWorker worker = new OneWorker();
  private final CounterBlock counters = new CounterBlock();
  private final List<Alert> alerts = new ArrayList<>();
  private int raised;
  private int longestProof;
  private int followedUp;

  @Test
  void aFlowOfTheFloodCostsTheDeskOneFindingAndNoPacket() {
    AlertDesk desk = desk();
    for (int flow = 0; flow < FLOWS; flow++) {
      for (int attempt = 0; attempt <= RETRIES; attempt++) {
        syn(flow);
        worker.deliver(event -> {
          count(event);
          desk.onOutput(event);
        });
      }
    }
    desk.close();
    assertThat(raised).isEqualTo(FLOWS);
    // The opening packet alone: with this endpoint there is no past.
    assertThat(longestProof).isEqualTo(1);
    assertThat(counters.get(Counter.FINDINGS)).isEqualTo(FLOWS);
    assertThat(counters.get(Counter.FINDINGS_CROWDED)).isEqualTo(FLOWS - MOST_ENDPOINTS);
    // One more alert stands for the rest.
    assertThat(counters.get(Counter.INCIDENTS)).isEqualTo(MOST_ENDPOINTS + 1);
    assertThat(followedUp).isEqualTo((MOST_ENDPOINTS + 1) * RETRIES);
    assertThat(counters.get(Counter.EVIDENCE_FILES)).isEqualTo(MOST_ENDPOINTS + 1);
    // Said again at its 10th, 100th and 1,000th finding, and at the end.
    assertThat(alerts).hasSize(MOST_ENDPOINTS + 1 + 4);
    assertThat(alerts.getLast().count()).isEqualTo(FLOWS - MOST_ENDPOINTS);
  }

  private void count(OutEvent event) {
    switch (event.message) {
      case Raised finding -> {
        raised++;
        longestProof = Math.max(longestProof, finding.frames().size());
      }
      case Aftermath aftermath -> followedUp += aftermath.incidents().size();
      case null, default -> {}
    }
  }

  private void syn(int flow) {
    worker.frame(
        Forge.ethernet("44:19:b6:21:08:05", "00:1b:17:00:10:01"),
        Forge.ipv4("10.60.4.5", "203.%d.%d.7".formatted(flow >> 8, flow & 0xFF)),
        Forge.tcp(40_000, 443).flags(SYN));
  }

  private AlertDesk desk() {
    InspectionListener listener =
        new InspectionListener() {
          @Override
          public void alert(Alert alert) {
            alerts.add(alert);
          }
        };
    EvidenceRecorder recorder =
        new EvidenceRecorder(
            directory, EvidenceOptions.DEFAULT, EvidenceRecorder.DEFAULT_MAX_OPEN, counters);
    return new AlertDesk(
        OneWorker.options(directory),
        listener,
        new EveEvents(new OneCapture()),
        recorder,
        counters);
  }
}
