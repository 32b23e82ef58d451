package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sll2ViewTest {
  private static final String TO_US = "0800 0000 00000003 0001 00 06 020000000002 0000";

  private final Sll2View view = new Sll2View();

  @Test
  void readsEveryField() {
    assertThat(HeaderBytes.wrap(view::wrap, TO_US)).isTrue();
    assertThat(view.protocol()).isEqualTo(EtherType.IPV4);
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV4);
    assertThat(view.interfaceIndex()).isEqualTo(3);
    assertThat(view.arphrd()).isEqualTo(SllView.ARPHRD_ETHER);
    assertThat(view.packetType()).isEqualTo(SllView.TO_US);
    assertThat(view.addressLength()).isEqualTo(6);
    assertThat(view.hasMac()).isTrue();
    assertThat(view.sourceMac()).isEqualTo(0x020000000002L);
    assertThat(view.headerLength()).isEqualTo(20);
  }

  @Test
  void keepsTheNetlinkFamilyApartFromEtherTypes() {
    String netlink = "0000 0000 00000007 0338 04 00 0000000000000000";
    assertThat(HeaderBytes.wrap(view::wrap, netlink)).isTrue();
    assertThat(view.payloadType()).isEqualTo(SllView.NO_ETHER_TYPE);
    assertThat(view.packetType()).isEqualTo(SllView.FROM_US);
  }

  @Test
  void needsTwentyBytes() {
    HeaderBytes.assertNeeds(20, view::wrap, view::toString, TO_US + "45");
  }
}
