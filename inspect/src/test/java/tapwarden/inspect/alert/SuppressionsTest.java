package tapwarden.inspect.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tapwarden.inspect.alert.Findings.START;
import static tapwarden.inspect.alert.Findings.at;
import static tapwarden.inspect.alert.Findings.named;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionsTest {
  @Test
  void matchesAnAddressOrANetworkOfTheEndpoint() {
    assertThat(endpoint("203.0.113.9").suppresses(at(0))).isTrue();
    assertThat(endpoint("203.0.113.8/29").suppresses(at(0))).isTrue();
    assertThat(endpoint("203.0.113.10").suppresses(at(0))).isFalse();
    assertThat(endpoint("::/0").suppresses(at(0))).as("other family").isFalse();
    assertThat(endpoint("203.0.113.9").suppresses(named("a.example", 0))).isFalse();
  }

  @Test
  void matchesANameAndNamesBelowItOnly() {
    assertThat(endpoint("example.net").suppresses(named("example.net", 0))).isTrue();
    assertThat(endpoint("Example.NET.").suppresses(named("upd.example.net", 0))).isTrue();
    assertThat(endpoint("*.example.net").suppresses(named("UPD.example.net.", 0))).isTrue();
    assertThat(endpoint("example.net").suppresses(named("badexample.net", 0))).isFalse();
    assertThat(endpoint("example.net").suppresses(named("example.net.evil.org", 0))).isFalse();
    assertThat(endpoint("example.net").suppresses(at(0))).as("no name").isFalse();
  }

  @Test
  void wantsEveryGivenPartToMatch() {
    assertThat(list("policy", "enb-1", "203.0.113.9", null).suppresses(at(0))).isTrue();
    assertThat(list("watchlist", "enb-1", null, null).suppresses(at(0))).isFalse();
    assertThat(list(null, "enb-10", null, null).suppresses(at(0))).isFalse();
    assertThat(list("policy", null, null, null).suppresses(at(0))).isTrue();
  }

  @Test
  void holdsUntilTheEndOfItsLastDayInPacketTime() {
    // 1767323045 is 2026-01-02T03:04:05Z; the day ends 75,355 s later.
    assertThat(START).isEqualTo(1_767_323_045_000_000_000L);
    Suppressions list = list("policy", null, null, LocalDate.of(2026, 1, 2));
    assertThat(list.suppresses(at(75_354))).isTrue();
    assertThat(list.suppresses(at(75_355))).isFalse();
    assertThat(list("policy", null, null, LocalDate.MAX).suppresses(at(75_355))).isTrue();
  }

  @Test
  void countsForTheFirstEntryThatMatches() {
    Suppression narrow = new Suppression(null, null, "203.0.113.9", null, "a", "f:1:1");
    Suppression wide = new Suppression("policy", null, null, null, "b", "f:2:1");
    Suppressions list = new Suppressions(List.of(narrow, wide));
    list.suppresses(at(0));
    list.suppresses(at(1));
    assertThat(list.hits())
        .containsExactly(new Suppressions.Hits(narrow, 2), new Suppressions.Hits(wide, 0));
  }

  @Test
  void refusesAnEntryThatWouldSilenceEverything() {
    assertThatThrownBy(() -> list(null, null, null, null)).hasMessageContaining("f:1:1");
  }

  private static Suppressions endpoint(String endpoint) {
    return list(null, null, endpoint, null);
  }

  private static Suppressions list(
      String detector, String equipment, String endpoint, LocalDate until) {
    return new Suppressions(
        List.of(new Suppression(detector, equipment, endpoint, until, "known", "f:1:1")));
  }
}
