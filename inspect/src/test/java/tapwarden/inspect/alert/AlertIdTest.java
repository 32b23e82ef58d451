package tapwarden.inspect.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertIdTest {
  /** Computed with Python's hashlib, base64 and struct from the description of the encoding. */
  @Test
  void isTheDescribedHashInBase32() {
    assertThat(
            AlertId.of("policy", "enb-tokyo-17", "203.0.113.9", 6, 443, 1_767_323_045_123_456_789L))
        .isEqualTo("2pylypkhv6clzhauiqmqn3mky6");
    assertThat(AlertId.of("watchlist", "10.0.0.5", "дом.example", 17, 0, -1))
        .isEqualTo("5ese6xnrfvsysgmuumxeffvg6x");
  }

  @Test
  void doesNotTellNanosecondsApartWhichSomeCapturesLack() {
    assertThat(AlertId.of("policy", "a", "b", 6, 1, 5_999))
        .isEqualTo(AlertId.of("policy", "a", "b", 6, 1, 5_000))
        .isNotEqualTo(AlertId.of("policy", "a", "b", 6, 1, 6_000));
  }

  @Test
  void keepsThePartsApart() {
    assertThat(AlertId.of("policy", "ab", "c", 6, 1, 0))
        .isNotEqualTo(AlertId.of("policy", "a", "bc", 6, 1, 0));
  }

  @Test
  void recognisesItsOwnFormOnly() {
    assertThat(AlertId.isValid(AlertId.of("policy", "a", "b", 6, 1, 0))).isTrue();
    assertThat(AlertId.isValid("../../../../etc/passwd12345")).isFalse();
    assertThat(AlertId.isValid("ABCDEFGHIJKLMNOPQRSTUVWXYZ")).isFalse();
    assertThat(AlertId.isValid("abc")).isFalse();
  }
}
