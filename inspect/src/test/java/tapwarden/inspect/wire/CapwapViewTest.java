package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapwapViewTest {
  /** HLEN 4, radio 1, binding 1, native, radio MAC of 6 bytes. */
  private static final String NATIVE = "00 204310 00000000 06 020000000001 00";

  private final CapwapView view = new CapwapView();

  @Test
  void readsANativeFrameWithRadioMac() {
    assertThat(HeaderBytes.wrap(view::wrap, NATIVE)).isTrue();
    assertThat(view.isDtls()).isFalse();
    assertThat(view.headerLength()).isEqualTo(16);
    assertThat(view.radioId()).isEqualTo(1);
    assertThat(view.binding()).isEqualTo(CapwapView.BINDING_IEEE802_11);
    assertThat(view.isNative()).isTrue();
    assertThat(view.isFragment()).isFalse();
    assertThat(view.isKeepAlive()).isFalse();
    assertThat(view.hasRadioMac()).isTrue();
    assertThat(view.radioMac()).isEqualTo(0x020000000001L);
  }

  @Test
  void readsAFragmentOfAnEthernetFrame() {
    // HLEN 2, radio 1, binding 1, F and L; fragment 0x1234 at 8 x 3 bytes.
    assertThat(HeaderBytes.wrap(view::wrap, "00 1042c0 1234 0018")).isTrue();
    assertThat(view.isNative()).isFalse();
    assertThat(view.isFragment()).isTrue();
    assertThat(view.isLastFragment()).isTrue();
    assertThat(view.fragmentId()).isEqualTo(0x1234);
    assertThat(view.fragmentOffset()).isEqualTo(24);
    assertThat(view.radioMac()).isEqualTo(-1);
    assertThat(view.headerLength()).isEqualTo(8);
  }

  @Test
  void readsAKeepAlive() {
    assertThat(HeaderBytes.wrap(view::wrap, "00 104208 00000000")).isTrue();
    assertThat(view.isKeepAlive()).isTrue();
  }

  @Test
  void recognisesTheDtlsPreamble() {
    assertThat(HeaderBytes.wrap(view::wrap, "01000000 16feff")).isTrue();
    assertThat(view.isDtls()).isTrue();
    assertThat(view.headerLength()).isEqualTo(4);
    assertThat(view.isFragment()).isFalse();
  }

  @Test
  void refusesOtherVersionsTypesAndShortLengths() {
    assertThat(HeaderBytes.wrap(view::wrap, "10 104200 00000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "02 104200 00000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "00 084200 00000000")).isFalse();
  }

  @Test
  void needsItsHeaderLength() {
    HeaderBytes.assertNeeds(16, view::wrap, view::toString, NATIVE + "0801");
    HeaderBytes.assertNeeds(4, view::wrap, view::toString, "01000000 16");
  }
}
