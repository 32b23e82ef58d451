package tapwarden.inspect.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElapsedTimeTest {
  private final ElapsedTime time = new ElapsedTime(99);

  @Test
  void beginsAtItsFirstTickAndGoesOnWithTheClock() {
    time.goOn(1_000_000);
    assertThat(time.nanos()).isZero();
    time.goOn(1_000_007);
    time.goOn(1_000_010);
    assertThat(time.nanos()).isEqualTo(10);
    assertThat(time.tickNanos()).isEqualTo(1_000_010);
  }

  @Test
  void goesOnFromWhatItWasWhenTheClockStepsBack() {
    time.goOn(1_000);
    time.goOn(1_050);
    time.goOn(20);
    assertThat(time.nanos()).isEqualTo(50);
    time.goOn(31);
    assertThat(time.nanos()).isEqualTo(61);
  }

  @Test
  void aStepForwardCountsForNoMoreThanIsBeyondTheLongestWait() {
    time.goOn(Long.MIN_VALUE);
    time.goOn(Long.MAX_VALUE);
    assertThat(time.nanos()).isEqualTo(100);
    time.goOn(0);
    time.goOn(1_000);
    assertThat(time.nanos()).isEqualTo(200);
  }
}
