package tapwarden.inspect.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.IdentifiedBy;
import tapwarden.inspect.equipment.TraitSeen;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;
import tapwarden.inspect.wire.IpAddress;

class AlertDeskTest {
  private static final int MOST = EvidenceRecorder.DEFAULT_MAX_OPEN;

  @TempDir Path directory;

  private final CounterBlock counters = new CounterBlock();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

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

  /** Every value here was written into the message by hand. */
  @Test
  void tellsWhatADeviceSaidOnceAndThatItContradictsTheDeclaration() {
    AlertDesk desk = desk(null);
    Equipment cell =
        new Equipment(0, "enb-1", "Huawei", "huawei", "base-station", null, true, true);
    TraitSeen seen =
        new TraitSeen(
            "ssh-banner",
            cell,
            IdentifiedBy.IP.bit(),
            -1,
            IpAddress.parse("10.40.17.2"),
            "SSH-2.0-Cisco-1.25",
            1,
            17,
            Findings.START);
    OutEvent event = new OutEvent();
    event.message = seen;
    desk.onOutput(event);
    desk.onOutput(event);
    String common =
        "\"pcap_filename\":\"x.pcap\",\"pcap_cnt\":17,\"event_type\":\"equipment\","
            + "\"src_ip\":\"10.40.17.2\",\"tapwarden\":{\"equipment\":{\"event\":\"%s\",\"id\":"
            + "\"enb-1\",\"vendor\":\"Huawei\",\"role\":\"base-station\",\"identified_by\":[\"ip\"],"
            + "\"declared\":true,\"trait\":\"ssh-banner\",\"source\":\"ssh\","
            + "\"text\":\"SSH-2.0-Cisco-1.25\",";
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .endsWith(
                        common.formatted("trait")
                            + "\"claims\":[{\"kind\":\"vendor\",\"value\":\"Cisco\"}]}}}"),
            line ->
                assertThat(line)
                    .endsWith(
                        common.formatted("contradiction")
                            + "\"claim\":{\"kind\":\"vendor\",\"value\":\"Cisco\"}}}}"));
    assertThat(desk.traits()).isNotNull();
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

          @Override
          public void eve(JsonWriter line, long tickNanos, @Nullable Alert alert) {
            lines.add(new String(line.array(), 0, line.length(), UTF_8));
          }
        };
    return new AlertDesk(
        OneWorker.options(directory, () -> IndicatorSet.EMPTY, "alert", "equipment"),
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
