package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

class NetworksTest {
  private final Networks standard = Networks.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.168.0.0",
        "192.168.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "169.254.0.1",
        "fc00::",
        "fdff::1",
        "fe80::1",
        "febf:ffff::"
      })
  void countsTheDefaultNetworksAsHome(String text) {
    IpAddress a = IpAddress.parse(text);
    assertThat(standard.isHome(a.version(), a.high(), a.low())).isTrue();
    assertThat(standard.isExternal(a.version(), a.high(), a.low())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "8.8.8.8",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "223.255.255.255",
        "2001:db8::1",
        "2000::",
        "fec0::1",
        "fbff::",
        "fe00::1",
        "::2",
        "64:ff9b::808:808"
      })
  void countsAllOtherUnicastAsExternalDocumentationRangesIncluded(String text) {
    IpAddress a = IpAddress.parse(text);
    assertThat(standard.isHome(a.version(), a.high(), a.low())).isFalse();
    assertThat(standard.isExternal(a.version(), a.high(), a.low())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0", "127.0.0.1", "127.255.255.255", "224.0.0.1", "239.255.255.250",
        "255.255.255.255", "::", "::1", "ff02::1", "ff0e::1"
      })
  void countsWhatIsNotUnicastAsNeither(String text) {
    IpAddress a = IpAddress.parse(text);
    assertThat(standard.isHome(a.version(), a.high(), a.low())).isFalse();
    assertThat(standard.isExternal(a.version(), a.high(), a.low())).isFalse();
  }

  @Test
  void neverCountsLinkLocalAsExternalEvenIfHomeLeavesItOut() {
    Networks narrow = new Networks(List.of(Cidr.parse("10.0.0.0/8")));
    IpAddress v4 = IpAddress.parse("169.254.7.7");
    IpAddress v6 = IpAddress.parse("fe80::7");
    assertThat(narrow.isExternal(4, v4.high(), v4.low())).isFalse();
    assertThat(narrow.isExternal(6, v6.high(), v6.low())).isFalse();
  }

  @Test
  void tellsIpv4FromIpv6WithTheSameBits() {
    Networks home = new Networks(List.of(Cidr.parse("1.2.3.4/32")));
    assertThat(home.isHome(4, 0, 0x0102_0304L)).isTrue();
    assertThat(home.isHome(6, 0, 0x0102_0304L)).isFalse();
  }

  @Test
  void mergesNetworksThatLieInEachOther() {
    Networks home =
        new Networks(
            List.of(
                Cidr.parse("10.1.0.0/16"),
                Cidr.parse("10.0.0.0/8"),
                Cidr.parse("2001:db8:1::/48"),
                Cidr.parse("2001:db8::/32"),
                Cidr.parse("198.51.100.128/25")));
    assertThat(isHome(home, "10.200.0.1")).isTrue();
    assertThat(isHome(home, "2001:db8:ffff::1")).isTrue();
    assertThat(isHome(home, "2001:db9::")).isFalse();
    assertThat(isHome(home, "198.51.100.127")).isFalse();
    assertThat(isHome(home, "198.51.100.128")).isTrue();
  }

  private static boolean isHome(Networks networks, String text) {
    IpAddress a = IpAddress.parse(text);
    return networks.isHome(a.version(), a.high(), a.low());
  }
}
