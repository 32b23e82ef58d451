package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.ForgedSource;
import tapwarden.capture.forge.SequencedFrames;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

class FilteredSourceTest {
  private final CounterBlock counters = new Counters().newBlock();

  @BeforeAll
  static void needsLibpcap() {
    assumeTrue(LibPcap.isPresent(), "SKIPPED: libpcap is not installed");
  }

  @Test
  void deliversExactlyTheFramesThatPassAndCountsTheOthers() throws Exception {
    // The last byte of the number is that of the frame: keep multiples of 4 by looking at it.
    PacketSource source =
        new FilteredSource(
            new ForgedSource(SequencedFrames.frames(0, 1_000, 0, 1)),
            "ether[57] & 3 = 0",
            counters);
    assertThat(numbers(source, 7)).isEqualTo(multiplesOfFour(1_000));
    assertThat(counters.get(Counter.FRAMES_FILTERED)).isEqualTo(750);
    assertThat(source.statistics().filtered()).isEqualTo(750);
  }

  @Test
  void goesOnReadingAFileThatHasNothingForALongTime() throws Exception {
    PacketSource source =
        new FilteredSource(
            new ForgedSource(SequencedFrames.frames(0, 1_000, 0, 1)),
            "ether[56:2] = 999",
            counters);
    FrameBatch batch = new FrameBatch(4, FrameBatch.MAX_FRAME_BYTES);
    assertThat(source.read(batch)).isEqualTo(1);
    assertThat(SequencedFrames.numberOf(batch.frame(0, new Frame()))).isEqualTo(999);
    assertThat(source.read(new FrameBatch(4, FrameBatch.MAX_FRAME_BYTES)))
        .isEqualTo(PacketSource.END);
  }

  @Test
  void roomOfRejectedFramesIsUsedAgain() throws Exception {
    List<ForgedFrame> frames = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      frames.add(new ForgedFrame(i, new byte[60_000]));
    }
    frames.add(new ForgedFrame(100, SequencedFrames.frame(5)));
    PacketSource source = new FilteredSource(new ForgedSource(frames), "udp", counters);
    FrameBatch batch = new FrameBatch(50, FrameBatch.MAX_FRAME_BYTES);
    assertThat(source.read(batch)).isEqualTo(1);
    assertThat(counters.get(Counter.FRAMES_FILTERED)).isEqualTo(100);
  }

  @Test
  void letsThroughWhatItCannotJudge() throws Exception {
    // Opened as Ethernet by its first interface, but "vlan" means nothing on raw IP frames.
    byte[] ip = Forge.frame(Forge.ipv4("1.1.1.1", "2.2.2.2"), Forge.udp(1, 2));
    PacketSource mixed =
        new MislabelledSource(ip, List.of(new CaptureInterface("first", LinkType.ETHERNET, 0, "")));
    PacketSource source = new FilteredSource(mixed, "vlan 5", counters);
    assertThat(source.read(new FrameBatch(4, FrameBatch.MAX_FRAME_BYTES))).isEqualTo(1);
    assertThat(counters.get(Counter.FRAMES_FILTERED)).isZero();
  }

  @Test
  void refusesAWrongExpressionBeforeReading() {
    assertThatThrownBy(
            () -> new FilteredSource(new ForgedSource(List.of()), "tcp porte 80", counters))
        .isInstanceOf(BpfSyntaxException.class);
  }

  @Test
  void takesTheWordsOfRadioLinksBeforeTheFirstInterfaceIsKnown() throws Exception {
    PacketSource unknown = new MislabelledSource(new byte[30], List.of());
    // 802.11 words mean nothing on the raw IP frame that then comes: it cannot be judged.
    PacketSource source = new FilteredSource(unknown, "type mgt subtype beacon", counters);
    assertThat(source.read(new FrameBatch(4, FrameBatch.MAX_FRAME_BYTES))).isEqualTo(1);
    assertThatThrownBy(() -> new FilteredSource(unknown, "type mgt porte 1", counters))
        .isInstanceOf(BpfSyntaxException.class);
  }

  private static List<Long> numbers(PacketSource source, int batchFrames) throws Exception {
    List<Long> numbers = new ArrayList<>();
    FrameBatch batch = new FrameBatch(batchFrames, FrameBatch.MAX_FRAME_BYTES);
    Frame view = new Frame();
    while (source.read(batch) != PacketSource.END) {
      for (int i = 0; i < batch.size(); i++) {
        numbers.add(SequencedFrames.numberOf(batch.frame(i, view)));
      }
      batch.clear();
    }
    return numbers;
  }

  private static List<Long> multiplesOfFour(int end) {
    List<Long> expected = new ArrayList<>();
    for (long i = 0; i < end; i += 4) {
      expected.add(i);
    }
    return expected;
  }

  /** Says Ethernet, delivers one frame of raw IP: as a file whose second interface differs. */
  private record MislabelledSource(byte[] ip, List<CaptureInterface> interfaces)
      implements PacketSource {
    @Override
    public int read(FrameBatch batch) {
      batch.append(MemorySegment.ofArray(ip), 0, ip.length, ip.length, 0, LinkType.RAW, 1);
      return 1;
    }

    @Override
    public String name() {
      return "mixed";
    }

    @Override
    public boolean isLive() {
      return false;
    }

    @Override
    public SourceStatistics statistics() {
      return SourceStatistics.NONE;
    }

    @Override
    public void interrupt() {}

    @Override
    public void close() {}
  }
}
