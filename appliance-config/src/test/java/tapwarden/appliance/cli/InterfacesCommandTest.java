package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.live.LiveInterface;

class InterfacesCommandTest {
  @Test
  void writesIpv6AsRfc5952WantsIt() {
    LiveInterface given =
        new LiveInterface(
            "eth1",
            "",
            List.of(
                "192.0.2.1",
                "0:0:0:0:0:0:0:1",
                "fe80:0:0:0:216:3eff:fe00:1",
                "2001:db8:0:0:1:0:0:1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0DB8:0:0:0:0:2:1"),
            "",
            LinkType.ETHERNET,
            true,
            true,
            false,
            false);
    // Sections 4.1 to 4.3: no leading zeros, the longest run and of equal ones the first becomes
    // ::, a single 0 does not, and letters are small.
    assertThat(InterfacesCommand.addresses(given))
        .containsExactly(
            "192.0.2.1",
            "::1",
            "fe80::216:3eff:fe00:1",
            "2001:db8::1:0:0:1",
            "2001:db8:0:1:1:1:1:1",
            "2001:db8::2:1");
  }
}
