package tapwarden.inspect.codec.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.discovery.Announcements.Answer.KNOWN;
import static tapwarden.inspect.codec.discovery.Announcements.Answer.MORE_SENDERS;
import static tapwarden.inspect.codec.discovery.Announcements.Answer.TELL;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final Announcements announcements = new Announcements();

  @Test
  void knowsSoManySendersAndForgetsThoseThatFellSilent() {
    for (int i = 0; i < Announcements.MOST_SENDERS; i++) {
      assertThat(announcements.heard(i, 7, i)).isEqualTo(TELL);
    }
    assertThat(announcements.heard(9_999, 7, 2_000)).isEqualTo(MORE_SENDERS);
    assertThat(announcements.heard(5, 7, 2_001)).isEqualTo(KNOWN);
    // All but the fifth were not heard for an hour.
    assertThat(announcements.heard(9_999, 7, HOUR + 2_000)).isEqualTo(TELL);
    assertThat(announcements.heard(5, 7, HOUR + 2_000)).isEqualTo(KNOWN);
    assertThat(announcements.heard(6, 7, HOUR + 2_000)).isEqualTo(TELL);
  }

  @Test
  void tellsContentApart() {
    long one = Announcements.hash(Announcements.hash(0, 'a'), 'b');
    long other = Announcements.hash(Announcements.hash(0, 'b'), 'a');
    assertThat(one).isNotEqualTo(other);
    assertThat(announcements.heard(1, one, 0)).isEqualTo(TELL);
    assertThat(announcements.heard(1, other, 1)).isEqualTo(TELL);
    assertThat(announcements.heard(1, other, 2)).isEqualTo(KNOWN);
  }
}
