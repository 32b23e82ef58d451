package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.forge.Forge;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;

/** What a worker makes of flows that turn out to be something else than at their first packet. */
class InspectorTest {
  private static final String HOST = "10.80.2.17";
  private static final String REMOTE = "203.0.113.9";
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int PUSH = 0x18;

  private final OneWorker worker = new OneWorker();

  private void segment(String from, int fromPort, String to, int toPort, int flags, String data) {
    worker.frame(
        Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
        Forge.ipv4(from, to),
        Forge.tcp(fromPort, toPort).flags(flags),
        Forge.payload(data));
  }

  private void sent(int flags, String data) {
    segment(HOST, 40_000, REMOTE, 8_443, flags, data);
  }

  private void received(int flags, String data) {
    segment(REMOTE, 8_443, HOST, 40_000, flags, data);
  }

  @Test
  void aRunningFlowIsJudgedByNewListsAtItsNextPacketAndOnlyOnce() {
    sent(SYN, "");
    received(SYN | ACK, "");
    sent(ACK, "");
    assertThat(worker.findings()).isEmpty();
    worker.lists(REMOTE + "\n");
    received(ACK, "");
    List<Finding> found = worker.findings();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().signature()).isEqualTo(Signature.WATCHLIST_ADDRESS);
    assertThat(found.getFirst().stage()).isEqualTo(Stage.ESTABLISHED);
    assertThat(found.getFirst().firstPacketNumber()).isEqualTo(1);
    assertThat(found.getFirst().firstPacketNanos()).isEqualTo(OneWorker.START + 1_000_000);
    assertThat(found.getFirst().packetNumber()).isEqualTo(4);
    // It came from here, though the packet at which it was found did not: 90, see the detector.
    assertThat(found.getFirst().score()).isEqualTo(90);
    sent(ACK, "");
    assertThat(worker.findings()).isEmpty();
    sent(PUSH, "ask");
    received(PUSH, "answer");
    assertThat(worker.findings()).extracting(Finding::stage).containsExactly(Stage.DATA);
    worker.lists("198.51.100.0/24\n" + REMOTE + "\n");
    sent(ACK, "");
    assertThat(worker.findings()).as("listed before").isEmpty();
  }

  /** Another worker's outputs behind that place would wait for ever, and that worker with them. */
  @Test
  void aBatchWithoutFramesTakesNothingBackOfWhatIsOut() {
    sent(SYN, "");
    received(SYN | ACK, "");
    assertThat(worker.progress()).isEqualTo(Stamp.atPacket(2));
    worker.emptyBatch();
    assertThat(worker.progress()).isEqualTo(Stamp.atPacket(2));
    sent(ACK, "");
    assertThat(worker.progress()).isEqualTo(Stamp.atPacket(3));
  }

  @Test
  void eightSwapsInARowDoNotHideAFlowThatGoesOnBetweenThem() {
    sent(SYN, "");
    for (int i = 0; i < 20; i++) {
      worker.lists("198.51.100." + i + "\n");
      sent(ACK, "");
    }
    worker.lists(REMOTE + "\n");
    sent(ACK, "");
    assertThat(worker.findings()).hasSize(1);
  }

  @Test
  void aContactThatALateSynTurnsRoundIsJudgedAsWhatItIs() {
    worker.lists(REMOTE + "\n");
    // Of a segment without SYN the sender is taken for the client.
    received(ACK, "");
    List<Finding> inbound = worker.findings();
    assertThat(inbound).extracting(Finding::score).containsExactly(45);
    sent(SYN, "");
    List<Finding> outbound = worker.findings();
    assertThat(outbound).extracting(Finding::score).containsExactly(75);
    assertThat(outbound.getFirst().because()).contains("contact was opened from here");
    assertThat(outbound.getFirst().endpoint().port()).isEqualTo(8_443);
    assertThat(outbound.getFirst().firstPacketNumber()).isEqualTo(1);
    received(SYN | ACK, "");
    sent(ACK, "");
    assertThat(worker.findings()).extracting(Finding::score).containsExactly(90);
  }
}
