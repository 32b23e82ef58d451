package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Findings;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

class AlertDeskTest {
  private static final int MOST = EvidenceRecorder.DEFAULT_MAX_OPEN;

  @TempDir Path directory;

  private final CounterBlock counters = new CounterBlock();
  private final List<Alert> alerts = new ArrayList<>();

  /** The recorder's own bound is far away: it is the desk that lets the oldest go. */
  @Test
  void waitsForPacketsOfSoManyIncidentsAtMostAndLetsTheOldestGo() {
    EvidenceRecorder recorder =
        new EvidenceRecorder(directory, EvidenceOptions.DEFAULT, 4 * MOST, counters);
    InspectionListener listener =
        new InspectionListener() {
          @Override
          public void alert(Alert alert) {
            alerts.add(alert);
          }
        };
    AlertDesk desk =
        new AlertDesk(
            OneWorker.options(directory),
            listener,
            new EveEvents(new OneCapture()),
            recorder,
            counters);
    for (int i = 0; i < MOST; i++) {
      raise(desk, i);
    }
    assertThat(counters.get(Counter.EVIDENCE_FILES)).isZero();
    for (int i = MOST; i < MOST + 3; i++) {
      raise(desk, i);
    }
    assertThat(alerts.size()).isEqualTo(MOST + 3);
    assertThat(counters.get(Counter.EVIDENCE_FILES)).isEqualTo(3);
    assertThat(counters.get(Counter.EVIDENCE_ENDED_EARLY)).isZero();
    for (int i = 0; i < alerts.size(); i++) {
      assertThat(recorder.isOpen(alerts.get(i).id())).as("alert %s", i).isEqualTo(i >= 3);
    }
    desk.close();
  }

  private static void raise(AlertDesk desk, int host) {
    OutEvent event = new OutEvent();
    event.tickNanos = Findings.START;
    event.message =
        new Raised(Findings.of("enb-" + host, "203.0.113.9", Stage.ATTEMPT, 60, 0), List.of(), 0);
    desk.onOutput(event);
  }
}
