package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VxlanGpeViewTest {
  private final VxlanGpeView view = new VxlanGpeView();

  @Test
  void readsTheNextProtocolUnderThePFlag() {
    assertThat(HeaderBytes.wrap(view::wrap, "0c000004 0abcde00")).isTrue();
    assertThat(view.payloadType()).isEqualTo(VxlanGpeView.NSH);
    assertThat(view.vni()).isEqualTo(0x0ABCDE);
    assertThat(view.version()).isZero();
    assertThat(view.isOam()).isFalse();
    assertThat(view.headerLength()).isEqualTo(8);
  }

  @Test
  void carriesEthernetWithoutThePFlag() {
    assertThat(HeaderBytes.wrap(view::wrap, "08000001 00000100")).isTrue();
    assertThat(view.payloadType()).isEqualTo(VxlanGpeView.ETHERNET);
  }

  @Test
  void readsVersionBroadcastAndOam() {
    assertThat(HeaderBytes.wrap(view::wrap, "1f000001 00000100")).isTrue();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.isBroadcast()).isTrue();
    assertThat(view.isOam()).isTrue();
    assertThat(view.hasVni()).isTrue();
    assertThat(view.payloadType()).isEqualTo(VxlanGpeView.IPV4);
  }

  @Test
  void needsEightBytes() {
    HeaderBytes.assertNeeds(8, view::wrap, view::toString, "0c000001 00000100 4500");
  }
}
