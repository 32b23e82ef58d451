package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SllViewTest {
  private static final String FROM_US = "0004 0001 0006 020000000001 0000 0800";

  private final SllView view = new SllView();

  @Test
  void readsAPacketSentByUs() {
    assertThat(HeaderBytes.wrap(view::wrap, FROM_US)).isTrue();
    assertThat(view.packetType()).isEqualTo(SllView.FROM_US);
    assertThat(view.arphrd()).isEqualTo(SllView.ARPHRD_ETHER);
    assertThat(view.hasMac()).isTrue();
    assertThat(view.sourceMac()).isEqualTo(0x020000000001L);
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV4);
    assertThat(view.headerLength()).isEqualTo(16);
  }

  @Test
  void keepsTheNetlinkFamilyApartFromEtherTypes() {
    assertThat(HeaderBytes.wrap(view::wrap, "0004 0338 0000 0000000000000000 0010")).isTrue();
    assertThat(view.arphrd()).isEqualTo(SllView.ARPHRD_NETLINK);
    assertThat(view.protocol()).isEqualTo(16);
    assertThat(view.payloadType()).isEqualTo(SllView.NO_ETHER_TYPE);
    assertThat(view.hasMac()).isFalse();
  }

  @Test
  void takesTheLoopbackDeviceForEthernet() {
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0304 0006 0000000000000000 86dd")).isTrue();
    assertThat(view.arphrd()).isEqualTo(SllView.ARPHRD_LOOPBACK);
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV6);
  }

  @Test
  void leavesTheLlcMarkInThePayloadType() {
    assertThat(HeaderBytes.wrap(view::wrap, "0002 0001 0006 0200000000010000 0004")).isTrue();
    assertThat(view.payloadType()).isEqualTo(SllView.LLC);
  }

  @Test
  void needsSixteenBytes() {
    HeaderBytes.assertNeeds(16, view::wrap, view::toString, FROM_US + "4500");
  }
}
