package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    EvidenceRecorder recorder = recorder();
    AlertDesk desk = desk(recorder);
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

  /** The oldest of more incidents than it waits for is given up, and so is its worker's trouble. */
  @Test
  void saysAtOnceWhenItWantsNoMorePacketsOfAnIncident() {
    AlertDesk desk = desk(recorder());
    Interest oldest = raise(desk, 0);
    Interest second = raise(desk, 1);
    for (int i = 2; i < MOST + 1; i++) {
      raise(desk, i);
    }
    assertThat(oldest.isOver()).isTrue();
    assertThat(second.isOver()).isFalse();
    // A finding more of an incident that is open, but has its evidence, wants no packets either.
    assertThat(raise(desk, 0).isOver()).isTrue();
    Interest repeated = raise(desk, 1);
    assertThat(repeated.isOver()).isFalse();
    desk.close();
  }

  @Test
  void wantsNoPacketsWhereNoEvidenceIsKept() {
    AlertDesk desk = desk(null);
    assertThat(raise(desk, 0).isOver()).isTrue();
    desk.close();
  }

  private EvidenceRecorder recorder() {
    return new EvidenceRecorder(directory, EvidenceOptions.DEFAULT, 4 * MOST, counters);
  }

  private AlertDesk desk(@Nullable EvidenceRecorder recorder) {
    InspectionListener listener =
        new InspectionListener() {
          @Override
          public void alert(Alert alert) {
            alerts.add(alert);
          }
        };
    return new AlertDesk(
        OneWorker.options(directory),
        listener,
        new EveEvents(new OneCapture()),
        recorder,
        counters);
  }

  private static Interest raise(AlertDesk desk, int host) {
    Interest interest = new Interest();
    OutEvent event = new OutEvent();
    event.tickNanos = Findings.START;
    event.message =
        new Raised(
            Findings.of("enb-" + host, "203.0.113.9", Stage.ATTEMPT, 60, 0),
            List.of(),
            0,
            interest);
    desk.onOutput(event);
    return interest;
  }
}
