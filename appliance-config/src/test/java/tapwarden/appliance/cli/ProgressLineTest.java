package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

  @Test
  void saysShareSpeedAlertsAndTimeLeft() {
    // a quarter of 4 GB in 10 s: 100 MB/s, 30 s left
    SessionView.Progress progress =
        new SessionView.Progress(1_000_000_000, 4_000_000_000L, 12_340_000, 3);
    assertThat(ProgressLine.bar(progress, TEN_SECONDS, 120))
        .isEqualTo(
            "[#####...............]  25 %  100.0 MB/s  1.23 M packets/s  12,340,000 packets"
                + "  3 alerts  ETA 0:30");
  }

  @Test
  void saysNoShareOfAnInputOfUnknownLength() {
    SessionView.Progress progress = new SessionView.Progress(5_000_000, -1, 1_000, 1);
    assertThat(ProgressLine.bar(progress, TEN_SECONDS, 120))
        .isEqualTo("0.5 MB/s  100 packets/s  1,000 packets  1 alert");
  }

  @Test
  void fitsANarrowTerminal() {
    SessionView.Progress progress = new SessionView.Progress(1, 2, 3, 4);
    for (int columns = 1; columns < 120; columns++) {
      assertThat(ProgressLine.bar(progress, TEN_SECONDS, columns)).hasSizeLessThan(columns + 1);
    }
  }

  @Test
  void writesLongTimesWithHours() {
    SessionView.Progress progress = new SessionView.Progress(1, 1_000, 0, 0);
    assertThat(ProgressLine.words(progress, TEN_SECONDS)).endsWith("ETA 2:46:30");
  }
}
