package tapwarden.inspect.equipment.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tapwarden.inspect.equipment.TraitText;

class ClaimRulesFuzzTest {
  private static final String[] TRAITS = {
    "ssh-banner",
    "snmp-sysdescr",
    "http-server",
    "http-user-agent",
    "dhcp-vendor-class",
    "cdp-platform",
    "upnp-server",
    "tls-subject",
    "dhcp-hostname",
    "tls-ja4",
    "",
    "x"
  };

  /** Whatever a device says: bounded guesses, one of a kind, never blank, every time the same. */
  @FuzzTest
  void guessesWithinBounds(FuzzedDataProvider data) {
    String trait = data.pickValue(TRAITS);
    byte[] bytes = data.consumeRemainingAsBytes();
    String text = TraitText.of(bytes, 0, bytes.length);
    assertThat(text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(TraitText.MOST_BYTES);
    List<Guess> guesses = ClaimRules.standard().guesses(trait, text);
    Set<ClaimKind> kinds = EnumSet.noneOf(ClaimKind.class);
    for (Guess guess : guesses) {
      assertThat(kinds.add(guess.kind())).isTrue();
      assertThat(guess.value()).isNotBlank();
      assertThat(guess.value().length()).isLessThanOrEqualTo(ClaimTemplate.MOST_CHARS + 20);
      Families.standard().contradicts(guess, text, text);
    }
    assertThat(ClaimRules.standard().guesses(trait, text)).isEqualTo(guesses);
  }
}
