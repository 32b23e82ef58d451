package tapwarden.inspect.equipment.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BigramsTest {
  private static final String TEXT =
      Lower.of(
          "Cisco IOS Software, C2960 (\u00e4\u4e2d) Version 15.0(2)SE4, RELEASE SOFTWARE (fc1)");

  @Test
  void letsThroughWhateverTheTextContains() {
    Bigrams text = Bigrams.of(TEXT);
    for (int start = 0; start <= TEXT.length(); start++) {
      for (int end = start; end <= TEXT.length(); end++) {
        assertThat(text.mayContain(Bigrams.of(TEXT.substring(start, end)))).isTrue();
      }
    }
  }

  @Test
  void knowsThatAShorterTextCannotContainALongerOne() {
    assertThat(Bigrams.of("ios").mayContain(Bigrams.of("ios x"))).isFalse();
    assertThat(Bigrams.of("").mayContain(Bigrams.of("ab"))).isFalse();
    assertThat(Bigrams.of("a").mayContain(Bigrams.of("b"))).as("has no pair").isTrue();
  }

  /** It is there to spare searches: of a text of 70 characters nearly all. */
  @Test
  void leavesFewRulesToBeSought() {
    Bigrams text = Bigrams.of(TEXT);
    long all = ClaimRules.standard().rules().size();
    long sought =
        ClaimRules.standard().rules().stream().filter(r -> text.mayContain(r.pairs())).count();
    assertThat(all).isGreaterThan(300);
    assertThat(sought).isBetween(1L, all / 20);
  }
}
