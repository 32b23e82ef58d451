package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MacAddressTextTest {
  @Test
  void writesSixOctetsInWireOrder() {
    assertThat(MacAddressText.format(0x02005E10000AL)).isEqualTo("02:00:5e:10:00:0a");
    assertThat(MacAddressText.format(-1)).isEqualTo("ff:ff:ff:ff:ff:ff");
  }
}
