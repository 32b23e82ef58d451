package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.inspect.flow.PacketClock;

class TickScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_793_577_600L * SECOND;

  /** When frames were read, on the scale of {@link System#nanoTime()}: anything will do. */
  private static final long READ = -77 * SECOND;

  private final TickSchedule schedule = new TickSchedule(new PacketClock());
  private final FrameBatch batch = new FrameBatch(1, FrameBatch.MAX_FRAME_BYTES);
  private long nextNumber = 1;

  @Test
  void ticksEachSecondBetweenPacketsThatAreFurtherApart() {
    assertThat(frame(0)).containsExactly(tick(0, 1, 0));
    assertThat(frame(SECOND / 2)).isEmpty();
    assertThat(frame(4_200_000_000L))
        .containsExactly(
            tick(SECOND, 3, 0),
            tick(2 * SECOND, 3, 1),
            tick(3 * SECOND, 3, 2),
            tick(4 * SECOND, 3, 3),
            tick(4_200_000_000L, 3, 4));
    assertThat(frame(5 * SECOND)).isEmpty();
    assertThat(frame(5_200_000_000L)).containsExactly(tick(5_200_000_000L, 5, 0));
  }

  @Test
  void aTickComesInSilenceOnceNoPacketCanBelongBeforeIt() {
    frame(0);
    // Two seconds of lateness: the tick of second 1 is due after second 3.
    assertThat(silence(3 * SECOND)).isEmpty();
    assertThat(silence(3 * SECOND + 1)).containsExactly(tick(SECOND, 2, 0));
    assertThat(silence(3 * SECOND + 1)).isEmpty();
    assertThat(silence(5_500_000_000L))
        .containsExactly(tick(2 * SECOND, 2, 1), tick(3 * SECOND, 2, 2));
    assertThat(frame(4_200_000_000L))
        .containsExactly(tick(4 * SECOND, 2, 3), tick(4_200_000_000L, 2, 4));
  }

  @Test
  void doesNotTickBeforeTheFirstPacket() {
    assertThat(silence(1_000 * SECOND)).isEmpty();
  }

  @Test
  void aYearOfSilenceTakesEightyTicks() {
    frame(0);
    // 60 ticks a second apart; 120, 240, ... 60 * 2^19 = 31,457,280 s are 19; then the packet's.
    assertThat(frame(366L * 86_400 * SECOND)).hasSize(80);
    // 60 * 2^20 s are 728 days: the last of all, however long the silence.
    assertThat(silence(100_000L * 86_400 * SECOND)).hasSize(80);
    assertThat(silence(200_000L * 86_400 * SECOND)).isEmpty();
  }

  @Test
  void aClockThatStepsBackHasNothingBetween() {
    frame(0);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < PacketClock.CONFIRMATIONS; i++) {
      ticks.addAll(frame(-1_000 * SECOND));
    }
    assertThat(ticks).containsExactly(tick(-1_000 * SECOND, 1 + PacketClock.CONFIRMATIONS, 0));
  }

  @Test
  void liveAndReplayTickAlikeWhateverTheSilences() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      TickScheduleTest live = new TickScheduleTest();
      TickScheduleTest replay = new TickScheduleTest();
      List<Tick> liveTicks = new ArrayList<>();
      List<Tick> replayTicks = new ArrayList<>();
      long stamp = 0;
      for (int i = 0; i < 40; i++) {
        long gap = (long) (Math.pow(random.nextDouble(), 6) * 200 * SECOND);
        for (long at = 0; at < gap + random.nextLong(2 * SECOND); at += SECOND / 7) {
          liveTicks.addAll(live.silence(stamp + at));
        }
        stamp += gap;
        liveTicks.addAll(live.frame(stamp));
        replayTicks.addAll(replay.frame(stamp));
      }
      assertThat(liveTicks).isEqualTo(replayTicks);
    }
  }

  private static Tick tick(long nanos, long beforeNumber, int index) {
    return new Tick(START + nanos, beforeNumber, index);
  }

  /** A frame with this stamp, read at once. */
  private List<Tick> frame(long nanos) {
    batch.clear();
    batch.append(MemorySegment.ofArray(new byte[60]), 0, 60, 60, START + nanos, 1, 0);
    batch.firstNumber(nextNumber++);
    batch.handedOverNanos(READ + nanos);
    schedule.frame(batch, 0);
    schedule.batch(batch);
    return ticks();
  }

  private List<Tick> silence(long nanos) {
    batch.clear();
    batch.firstNumber(nextNumber);
    boolean any = schedule.silence(batch, READ + nanos);
    assertThat(batch.noticeCount() > 0).isEqualTo(any);
    return ticks();
  }

  private List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    for (FrameBatch.Notice notice; (notice = batch.notice(ticks.size())) != null; ) {
      ticks.add((Tick) notice.message());
    }
    return ticks;
  }
}
