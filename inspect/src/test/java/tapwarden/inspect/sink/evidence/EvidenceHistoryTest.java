package tapwarden.inspect.sink.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.IpAddress;

class EvidenceHistoryTest {
  private static final EvidenceCutter FULL = new EvidenceCutter(EvidenceOptions.Payload.FULL);
  private final CounterBlock counters = new CounterBlock();

  private EvidenceHistory history(int frames, int slotBytes, long maxBytes) {
    return new EvidenceHistory(frames, slotBytes, maxBytes, FULL, counters);
  }

  @Test
  void remembersTheLastFramesOfEachSubjectInOrder() {
    EvidenceHistory history = history(4, 2048, 1 << 20);
    for (int i = 1; i <= 10; i++) {
      history.record(i % 2, Packets.decode(i, Packets.udp("10.0.0.1", "203.0.113.9", i)));
    }
    assertThat(numbers(history, 0, EvidenceFilter.any())).containsExactly(4L, 6L, 8L, 10L);
    assertThat(numbers(history, 1, EvidenceFilter.any())).containsExactly(3L, 5L, 7L, 9L);
    assertThat(numbers(history, 77, EvidenceFilter.any())).isEmpty();
  }

  @Test
  void givesBackTheFrameAsItWasCaptured() {
    EvidenceHistory history = history(4, 2048, 1 << 20);
    byte[] bytes = Packets.udp("10.0.0.1", "203.0.113.9", 1_000);
    history.record(3, Packets.decode(5, bytes));
    EvidenceFrame frame = history.last(3, EvidenceFilter.any(), i -> "eth" + i).getFirst();
    assertThat(Packets.bytes(frame)).isEqualTo(bytes);
    assertThat(frame.number()).isEqualTo(5);
    assertThat(frame.timestampNanos()).isEqualTo(Packets.START + 5 * Packets.SECOND);
    assertThat(frame.wireLength()).isEqualTo(bytes.length);
    assertThat(frame.linkType()).isEqualTo(1);
    assertThat(frame.interfaceName()).isEqualTo("eth0");
    assertThat(frame.cutComment()).isNull();
  }

  @Test
  void choosesByAddressInEitherDirection() {
    EvidenceHistory history = history(8, 256, 1 << 20);
    history.record(0, Packets.decode(1, Packets.udp("10.0.0.1", "203.0.113.9", 1)));
    history.record(0, Packets.decode(2, Packets.udp("203.0.113.9", "10.0.0.1", 1)));
    history.record(0, Packets.decode(3, Packets.udp("10.0.0.1", "203.0.113.8", 1)));
    EvidenceFilter filter = EvidenceFilter.address(IpAddress.parse("203.0.113.9"));
    assertThat(numbers(history, 0, filter)).containsExactly(1L, 2L);
  }

  @Test
  void cutsAFrameThatIsLongerThanItsShareAndSaysSo() {
    EvidenceHistory history = history(2, 88 + 64, 1 << 20);
    byte[] bytes = Packets.udp("10.0.0.1", "203.0.113.9", 100); // 142 bytes
    history.record(0, Packets.decode(1, bytes));
    EvidenceFrame frame = history.last(0, EvidenceFilter.any(), i -> "").getFirst();
    assertThat(Packets.bytes(frame)).isEqualTo(Arrays.copyOf(bytes, 64));
    assertThat(frame.cutComment()).isEqualTo("the last 78 of 142 captured bytes were cut");
  }

  @Test
  void keepsAJumboFrameWholeAtTheExpenseOfOlderOnes() {
    // 32 frames of 1,960 bytes are 62,720 bytes: six frames of 9,042 fit, a seventh does not.
    EvidenceHistory history = history(32, EvidenceHistory.DEFAULT_FRAME_BYTES, 1 << 20);
    byte[] jumbo = Packets.udp("10.0.0.1", "203.0.113.9", 9_000);
    assertThat(jumbo).hasSize(9_042);
    for (int i = 1; i <= 40; i++) {
      jumbo[100] = (byte) i;
      history.record(0, Packets.decode(i, jumbo));
    }
    List<EvidenceFrame> kept = history.last(0, EvidenceFilter.any(), i -> "");
    assertThat(kept)
        .extracting(EvidenceFrame::number)
        .containsExactly(35L, 36L, 37L, 38L, 39L, 40L);
    for (EvidenceFrame frame : kept) {
      jumbo[100] = (byte) frame.number();
      assertThat(Packets.bytes(frame)).isEqualTo(jumbo);
      assertThat(frame.cutComment()).isNull();
    }
  }

  @Test
  void framesOfAnyLengthComeBackWhole() {
    EvidenceHistory history = history(16, 1_024, 1 << 20);
    java.util.Random random = new java.util.Random(11);
    List<byte[]> sent = new java.util.ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = Packets.udp("10.0.0.1", "203.0.113.9", random.nextInt(2_000));
      sent.add(bytes);
      history.record(0, Packets.decode(i, bytes));
      int fits = 0;
      int room = 16 * (1_024 - 88);
      while (fits < 16 && fits <= i && room >= sent.get(i - fits).length) {
        room -= sent.get(i - fits++).length;
      }
      List<EvidenceFrame> kept = history.last(0, EvidenceFilter.any(), n -> "");
      assertThat(kept).hasSize(fits);
      for (EvidenceFrame frame : kept) {
        assertThat(Packets.bytes(frame)).isEqualTo(sent.get((int) frame.number()));
      }
    }
  }

  @Test
  void refusesSubjectsBeyondItsMemoryAndCountsTheirFrames() {
    EvidenceHistory history = history(4, 256, 2 * 4 * 256);
    byte[] bytes = Packets.udp("10.0.0.1", "203.0.113.9", 1);
    for (int subject : new int[] {500, 7, 9, 9, Integer.MAX_VALUE, 500}) {
      history.record(subject, Packets.decode(1, bytes));
    }
    assertThat(history.last(9, EvidenceFilter.any(), i -> "")).isEmpty();
    assertThat(history.last(500, EvidenceFilter.any(), i -> "")).hasSize(2);
    assertThat(counters.get(Counter.EVIDENCE_HISTORY_REFUSED)).isEqualTo(3);
  }

  @Test
  void allocatesNothingAFrame() {
    EvidenceHistory history = history(32, 2048, 1 << 20);
    Packet packet = Packets.decode(1, Packets.udp("10.0.0.1", "203.0.113.9", 1_000));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 100_000; i++) {
      history.record(i & 3, packet);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      history.record(i & 3, packet);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private static List<Long> numbers(EvidenceHistory history, int subject, EvidenceFilter filter) {
    return history.last(subject, filter, i -> "").stream().map(EvidenceFrame::number).toList();
  }
}
