package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

class PolicyTest {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final PolicyDeclaration.Allow OAM =
      new PolicyDeclaration.Allow("*.oam.example.jp", null, -1, 443, 443, "");
  private static final PolicyDeclaration.Allow MME =
      new PolicyDeclaration.Allow(
          null, Cidr.parse("198.51.100.0/24"), SCTP, 36412, 36412, "MME pool");
  private static final PolicyDeclaration.Allow NTP =
      new PolicyDeclaration.Allow("ntp.example.jp", null, UDP, 123, 123, "");

  private final Policy policy = policy(null, OAM, MME, NTP);

  @Test
  void allowsByAddressProtocolAndPortTogether() {
    assertThat(evaluate("198.51.100.7", SCTP, 36412, null))
        .isEqualTo(new Verdict(Verdict.Kind.ALLOWED, MME));
    assertThat(evaluate("198.51.101.7", SCTP, 36412, null)).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(evaluate("198.51.100.7", TCP, 36412, null)).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(evaluate("198.51.100.7", SCTP, 36413, null)).isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void matchesNamesByWholeLabelsAtAnyDepthWhateverTheCase() {
    assertThat(allowed("a.oam.example.jp")).isTrue();
    assertThat(allowed("x.y.OAM.Example.JP.")).isTrue();
    assertThat(allowed("oam.example.jp")).isFalse();
    assertThat(allowed("evil-oam.example.jp")).isFalse();
    assertThat(allowed("xoam.example.jp")).isFalse();
    assertThat(allowed(".oam.example.jp")).isFalse();
    assertThat(allowed("a.oam.example.jp.evil.test")).isFalse();
    assertThat(allowed("")).isFalse();
    // One label "a.oam" below example.jp, and one "a\\" before the dot that parts labels.
    assertThat(allowed("a\\.oam.example.jp")).isFalse();
    assertThat(allowed("a\\\\.oam.example.jp")).isTrue();
  }

  @Test
  void matchesAPlainNameExactly() {
    assertThat(evaluate("203.0.113.1", UDP, 123, "NTP.example.jp").isAllowed()).isTrue();
    assertThat(evaluate("203.0.113.1", UDP, 123, "x.ntp.example.jp").isAllowed()).isFalse();
  }

  @Test
  void waitsForANameOnlyWhereANameRuleFitsProtocolAndPort() {
    assertThat(evaluate("203.0.113.1", TCP, 443, null)).isEqualTo(Verdict.NAME_COULD_STILL_MATCH);
    assertThat(evaluate("203.0.113.1", UDP, 123, null)).isEqualTo(Verdict.NAME_COULD_STILL_MATCH);
    assertThat(evaluate("203.0.113.1", TCP, 123, null)).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(evaluate("203.0.113.1", TCP, 8443, null)).isEqualTo(Verdict.NOT_ALLOWED);
    assertThat(evaluate("203.0.113.1", TCP, 443, "c2.example")).isEqualTo(Verdict.NOT_ALLOWED);
  }

  @Test
  void learnsUntilTheEndOfThatDayInUtc() {
    Policy learning = policy(LocalDate.of(2026, 12, 31), OAM);
    assertThat(learning.isLearning(nanos("2026-12-31T23:59:59.999999999Z"))).isTrue();
    assertThat(learning.isLearning(nanos("2027-01-01T00:00:00Z"))).isFalse();
    assertThat(policy.isLearning(0)).isFalse();
  }

  @Test
  void learnsForEverWhenTheDayIsBeyondWhatNanosecondsCount() {
    Policy learning = policy(LocalDate.of(9999, 12, 31), OAM);
    assertThat(learning.isLearning(nanos("2026-12-31T00:00:00Z"))).isTrue();
  }

  @Test
  void leavesOutAndTellsRulesThatMeanNothingOrEverything() {
    Policies policies =
        Policies.of(
            List.of(
                new PolicyDeclaration(
                    "p",
                    List.of(
                        new PolicyDeclaration.Allow("*", null, -1, -1, -1, ""),
                        new PolicyDeclaration.Allow("a..b", null, -1, -1, -1, ""),
                        new PolicyDeclaration.Allow(null, null, -1, -1, -1, "")),
                    null,
                    "f:1:1"),
                new PolicyDeclaration("p", List.of(), null, "f:9:1")));
    assertThat(policies.problems())
        .extracting(Problem::message)
        .containsExactly(
            "policy p: * is no host name",
            "policy p: a..b is no host name",
            "policy p: a rule without name, address, protocol or port",
            "policy p is declared twice");
    assertThat(policies.policy("p").evaluate(4, 0, 1, TCP, 1, "x")).isEqualTo(Verdict.NOT_ALLOWED);
  }

  private boolean allowed(String name) {
    return evaluate("203.0.113.1", TCP, 443, name).isAllowed();
  }

  private Verdict evaluate(String address, int protocol, int port, String name) {
    IpAddress a = IpAddress.parse(address);
    return policy.evaluate(a.version(), a.high(), a.low(), protocol, port, name);
  }

  private static Policy policy(LocalDate learnUntil, PolicyDeclaration.Allow... rules) {
    PolicyDeclaration declaration =
        new PolicyDeclaration("ran", List.of(rules), learnUntil, "f:1:1");
    return Policies.of(List.of(declaration)).policy("ran");
  }

  private static long nanos(String instant) {
    Instant time = Instant.parse(instant);
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
