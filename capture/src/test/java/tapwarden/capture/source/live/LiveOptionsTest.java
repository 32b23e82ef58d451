package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LiveOptionsTest {
  @Test
  void refusesABlockTimeThatWouldNeverDeliver() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveOptions("lo", 1_500, true, 1 << 20, 0, "", true))
        .withMessage("block milliseconds 0 is not between 1 and 1000");
  }

  @Test
  void refusesASnapLengthThatNoBatchHolds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveOptions("lo", 262_145, true, 1 << 20, 10, "", true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LiveOptions("lo", 1_500, true, 1_000, 10, "", true));
  }
}
