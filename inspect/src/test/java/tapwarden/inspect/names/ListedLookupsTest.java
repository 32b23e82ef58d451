package tapwarden.inspect.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

class ListedLookupsTest {
  private static final long SECOND = 1_000_000_000L;

  private final CounterBlock counters = new CounterBlock();
  private final ListedLookups lookups = new ListedLookups(2, 7, counters);

  @Test
  void aQuerySentAgainAndItsAnswersAreOneLookUpForTenSeconds() {
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 100 * SECOND)).isTrue();
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 105 * SECOND)).isFalse();
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 95 * SECOND)).isFalse();
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 110 * SECOND)).isFalse();
    // With the same number and from the same port, as simple devices ask: another look-up.
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 110 * SECOND + 1)).isTrue();
    assertThat(lookups.isNew(9, 5, "a.example", "list|example", 120 * SECOND)).isFalse();
  }

  @Test
  void anotherQueryNameOrIncidentIsAnotherLookUp() {
    ListedLookups many = new ListedLookups(16, 7, counters);
    assertThat(many.isNew(9, 5, "a.example", "list|example", 0)).isTrue();
    assertThat(many.isNew(8, 5, "a.example", "list|example", 0)).isTrue();
    assertThat(many.isNew(9, 6, "a.example", "list|example", 0)).isTrue();
    assertThat(many.isNew(9, 5, "b.example", "list|example", 0)).isTrue();
    assertThat(many.isNew(9, 5, "a.example", "list|other", 0)).isTrue();
    assertThat(many.isNew(9, 5, "a.example", "list|example", 0)).isFalse();
  }

  @Test
  void forgetsTheOldestWhenFullAndCountsIt() {
    lookups.isNew(9, 1, "a", "x", 0);
    lookups.isNew(9, 2, "a", "x", 0);
    assertThat(counters.get(Counter.LOOKUPS_FORGOTTEN)).isZero();
    lookups.isNew(9, 3, "a", "x", 0);
    assertThat(counters.get(Counter.LOOKUPS_FORGOTTEN)).isEqualTo(1);
    assertThat(lookups.isNew(9, 3, "a", "x", 0)).isFalse();
    assertThat(lookups.isNew(9, 2, "a", "x", 0)).isFalse();
    assertThat(lookups.isNew(9, 1, "a", "x", 0)).isTrue();
  }
}
