package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400 * SECOND;
  private static final long T0 = 1_700_000_000L * SECOND;

  private final PacketClock clock = new PacketClock();

  @Test
  void ticksAtTheFirstFrameAndThenOnceASecond() {
    assertThat(clock.observe(T0)).isTrue();
    assertThat(clock.observe(T0 + SECOND - 1)).isFalse();
    assertThat(clock.observe(T0 + SECOND)).isTrue();
    assertThat(clock.observe(T0 + SECOND + SECOND / 2)).isFalse();
    assertThat(clock.nanos()).isEqualTo(T0 + SECOND + SECOND / 2);
  }

  @Test
  void standsStillWhileFramesArriveOutOfOrder() {
    clock.observe(T0);
    assertThat(clock.observe(T0 - 5 * SECOND)).isFalse();
    assertThat(clock.nanos()).isEqualTo(T0);
  }

  @Test
  void followsASilenceOfDays() {
    clock.observe(T0);
    assertThat(clock.observe(T0 + 100 * DAY)).isTrue();
    assertThat(clock.nanos()).isEqualTo(T0 + 100 * DAY);
  }

  @Test
  void ignoresZeroStampsAmongGoodOnes() {
    clock.observe(T0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(clock.observe(0)).isEqualTo(false);
      clock.observe(T0 + i);
    }
    assertThat(clock.nanos()).isEqualTo(T0 + 999);
    assertThat(clock.steps()).isZero();
  }

  @Test
  void ignoresAYearTooFarAheadUntilARunOfFramesConfirmsIt() {
    long year2106 = 4_294_967_295L * SECOND;
    clock.observe(T0);
    for (int i = 1; i < PacketClock.CONFIRMATIONS; i++) {
      assertThat(clock.observe(year2106 + i)).isFalse();
    }
    assertThat(clock.nanos()).isEqualTo(T0);
    assertThat(clock.observe(year2106 + 99)).isTrue();
    assertThat(clock.nanos()).isEqualTo(year2106 + 99);
    assertThat(clock.steps()).isEqualTo(1);
  }

  @Test
  void stepsBackToAnOlderFile() {
    clock.observe(T0);
    long older = T0 - 30 * DAY;
    for (int i = 0; i < PacketClock.CONFIRMATIONS; i++) {
      clock.observe(older + i * SECOND);
    }
    assertThat(clock.nanos()).isEqualTo(older + (PacketClock.CONFIRMATIONS - 1) * SECOND);
  }

  @Test
  void survivesStampsAtTheEndsOfTheRange() {
    clock.observe(Long.MAX_VALUE);
    assertThat(clock.observe(Long.MIN_VALUE)).isFalse();
    assertThat(clock.observe(Long.MAX_VALUE)).isFalse();
  }
}
