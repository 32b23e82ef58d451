package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.wire.OverlapPolicy.BSD;
import static tapwarden.inspect.wire.OverlapPolicy.FIRST;
import static tapwarden.inspect.wire.OverlapPolicy.LAST;
import static tapwarden.inspect.wire.OverlapPolicy.LINUX;
import static tapwarden.inspect.wire.OverlapPolicy.SOLARIS;
import static tapwarden.inspect.wire.OverlapPolicy.WINDOWS;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlapPoliciesTest {
  private static final OverlapPolicies POLICIES =
      new OverlapPolicies(
          List.of(
              entry("10.0.0.0/8", BSD),
              entry("10.1.0.0/16", LAST),
              entry("10.1.2.3", WINDOWS),
              entry("10.1.2.3/32", FIRST),
              entry("192.0.2.128/25", SOLARIS),
              entry("2001:db8::/32", LAST),
              entry("2001:db8:0:1::/64", FIRST),
              entry("2001:db8::1/128", WINDOWS),
              entry("::/0", BSD)),
          LINUX);

  @ParameterizedTest
  @CsvSource({
    "10.255.255.255, BSD",
    "10.1.255.0, LAST",
    "10.1.2.3, WINDOWS",
    "10.1.2.2, LAST",
    "11.0.0.0, LINUX",
    "9.255.255.255, LINUX",
    "192.0.2.127, LINUX",
    "192.0.2.128, SOLARIS",
    "192.0.2.255, SOLARIS",
    "2001:db8:ffff::, LAST",
    "2001:db8:0:1:ffff::, FIRST",
    "2001:db8:0:2::, LAST",
    "2001:db8::1, WINDOWS",
    "2001:db9::, BSD",
    "::ffff:10.1.2.3, BSD"
  })
  void takesThePolicyOfTheLongestNetwork(String address, OverlapPolicy policy) {
    assertThat(of(POLICIES, address)).isEqualTo(policy);
  }

  @Test
  void hasOnePolicyForEverybodyWithoutNetworks() {
    OverlapPolicies everywhere = OverlapPolicies.everywhere(SOLARIS);
    assertThat(of(everywhere, "192.0.2.1")).isEqualTo(SOLARIS);
    assertThat(of(everywhere, "::")).isEqualTo(SOLARIS);
  }

  @Test
  void isEqualByContents() {
    OverlapPolicies one = new OverlapPolicies(List.of(entry("10.0.0.0/8", BSD)), LINUX);
    assertThat(one)
        .isEqualTo(new OverlapPolicies(List.of(entry("10.1.1.1/8", BSD)), LINUX))
        .isNotEqualTo(new OverlapPolicies(List.of(entry("10.0.0.0/8", LAST)), LINUX))
        .isNotEqualTo(new OverlapPolicies(List.of(entry("11.0.0.0/8", BSD)), LINUX))
        .isNotEqualTo(new OverlapPolicies(List.of(entry("10.0.0.0/8", BSD)), FIRST))
        .isNotEqualTo(OverlapPolicies.everywhere(LINUX));
  }

  @Test
  void saysInWordsWhatHoldsForWhom() {
    assertThat(
            new OverlapPolicies(
                List.of(entry("10.0.0.0/8", BSD), entry("10.1.0.0/16", LAST)), LINUX))
        .hasToString("10.1.0.0/16 LAST, 10.0.0.0/8 BSD, others LINUX");
  }

  private static OverlapPolicy of(OverlapPolicies policies, String address) {
    IpAddress ip = Objects.requireNonNull(IpAddress.parse(address));
    return policies.of(ip.version(), ip.high(), ip.low());
  }

  private static OverlapPolicies.Entry entry(String network, OverlapPolicy policy) {
    return new OverlapPolicies.Entry(Objects.requireNonNull(Cidr.parse(network)), policy);
  }
}
