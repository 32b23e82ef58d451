package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.inspect.wire.IpAddress;

class AddressMeaningTest {
  /** First and last addresses of the blocks of RFC 6890 and the neighbours just outside. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "0.0.0.1, this network",
    "9.255.255.255, public",
    "10.0.0.0, private",
    "10.255.255.255, private",
    "11.0.0.0, public",
    "100.63.255.255, public",
    "100.64.0.0, shared address space (carrier NAT)",
    "100.127.255.255, shared address space (carrier NAT)",
    "100.128.0.0, public",
    "127.0.0.1, loopback",
    "169.254.0.0, link-local",
    "169.255.0.0, public",
    "172.15.255.255, public",
    "172.16.0.0, private",
    "172.31.255.255, private",
    "172.32.0.0, public",
    "192.0.0.1, IETF protocol assignments",
    "192.0.1.0, public",
    "192.0.2.255, documentation",
    "192.0.3.0, public",
    "192.88.99.1, 6to4 relay anycast (deprecated)",
    "192.168.0.0, private",
    "192.169.0.0, public",
    "198.17.255.255, public",
    "198.18.0.0, benchmarking",
    "198.19.255.255, benchmarking",
    "198.20.0.0, public",
    "198.51.100.7, documentation",
    "203.0.113.7, documentation",
    "203.0.114.0, public",
    "223.255.255.255, public",
    "'224.0.0.1', 'multicast, all hosts'",
    "'224.0.0.251', 'multicast, mDNS'",
    "'224.0.0.99', 'multicast, this link only'",
    "'232.1.1.1', multicast",
    "'239.1.1.1', 'multicast, inside the organisation'",
    "240.0.0.0, reserved",
    "255.255.255.254, reserved",
    "255.255.255.255, broadcast",
    "::, unspecified",
    "::1, loopback",
    "::2, reserved",
    "::ffff:192.0.2.1, IPv4-mapped",
    "64:ff9b::192.0.2.1, NAT64",
    "64:ff9b:1::1, 'NAT64, local use'",
    "100::1, discard only",
    "2001::1, Teredo",
    "2001:1::1, public",
    "2001:db7::1, public",
    "2001:db8::1, documentation",
    "2001:db9::1, public",
    "2002:c000:201::1, 6to4",
    "2600::1, public",
    "3fff::1, documentation",
    "3fff:1000::1, public",
    "4000::1, reserved",
    "fbff::1, reserved",
    "fc00::1, unique local",
    "fdff::1, unique local",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fec0::1, site-local (deprecated)",
    "ff02::1, 'multicast, link-local, all nodes'",
    "ff02::fb, 'multicast, link-local, mDNS'",
    "ff02::1:ffab:cdef, 'multicast, link-local, solicited node'",
    "ff05::2, 'multicast, site-local, all routers'",
    "ff0e::1234, 'multicast, global'",
  })
  void knowsTheBlockOfAnIpAddress(String text, String meaning) {
    IpAddress address = IpAddress.parse(text);
    assertThat(address).isNotNull();
    assertThat(AddressMeaning.ofIp(address.version(), address.high(), address.low()))
        .isEqualTo(meaning);
  }

  @Test
  void tellsGroupAndLocalBitsOfAHardwareAddress() {
    assertThat(mac(0xFFFF_FFFF_FFFFL)).isEqualTo("broadcast");
    assertThat(mac(0x0200_0000_0001L)).isEqualTo("unicast, locally administered");
    assertThat(mac(0x0300_0000_0001L)).isEqualTo("multicast, locally administered");
    assertThat(mac(0x0100_5E00_0001L)).isEqualTo("IPv4 multicast");
    assertThat(mac(0x3333_0000_0001L)).isEqualTo("IPv6 multicast");
    assertThat(mac(0x0180_C200_000EL)).isEqualTo("multicast, nearest bridge (LLDP)");
    assertThat(mac(0x0012_3456_789AL)).isEqualTo("unicast");
  }

  @Test
  void makesAVendorNameHarmless() {
    assertThat(AddressMeaning.ofMac(0x0012_3456_789AL, mac -> "Evil\u001b[2J\u202eCorp"))
        .isEqualTo("Evil\\x1b[2J\\u{202e}Corp");
  }

  private static String mac(long mac) {
    return AddressMeaning.ofMac(mac, MacVendor.UNKNOWN);
  }
}
