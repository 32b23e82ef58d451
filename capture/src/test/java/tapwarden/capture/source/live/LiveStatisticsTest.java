package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.capture.source.SourceStatistics;

class LiveStatisticsTest {
  private final LiveStatistics statistics = new LiveStatistics();

  @Test
  void goesOnCountingWhenThirtyTwoBitsWrap() {
    statistics.update(2_000_000_000L, 0, 0);
    statistics.update(4_000_000_000L, 7, 1);
    // 4,000,000,000 + 500,000,000 = 4,500,000,000; minus 2^32 the kernel shows 205,032,704
    assertThat(statistics.update(205_032_704L, 9, 1))
        .isEqualTo(new SourceStatistics(4_500_000_000L, 9, 1, 0));
  }

  @Test
  void aCounterThatGoesBackAddsNothing() {
    statistics.update(100, 0, 50);
    assertThat(statistics.update(110, 0, 20)).isEqualTo(new SourceStatistics(110, 0, 50, 0));
    assertThat(statistics.update(110, 0, 25)).isEqualTo(new SourceStatistics(110, 0, 55, 0));
  }

  @Test
  void keepsTheLastTotals() {
    statistics.update(3, 2, 1);
    assertThat(statistics.latest()).isEqualTo(new SourceStatistics(3, 2, 1, 0));
  }
}
