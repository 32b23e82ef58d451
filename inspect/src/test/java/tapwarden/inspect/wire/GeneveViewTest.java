package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneveViewTest {
  /** Two options: class 0x0102 type 0x80 with 4 bytes, class 0x0103 type 1 without any. */
  private static final String WITH_OPTIONS = "03406558 00000a00 01028001 0000000c 01030100";

  private final GeneveView view = new GeneveView();

  @Test
  void readsAHeaderWithoutOptions() {
    assertThat(HeaderBytes.wrap(view::wrap, "00006558 00000a00")).isTrue();
    assertThat(view.payloadType()).isEqualTo(GeneveView.ETHERNET);
    assertThat(view.vni()).isEqualTo(10);
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view.options().next()).isFalse();
  }

  @Test
  void countsOptionsIntoTheHeader() {
    assertThat(HeaderBytes.wrap(view::wrap, WITH_OPTIONS + "ffff")).isTrue();
    assertThat(view.headerLength()).isEqualTo(20);
    assertThat(view.hasCriticalOptions()).isTrue();
    assertThat(view.isControl()).isFalse();
  }

  @Test
  void walksTheOptions() {
    assertThat(HeaderBytes.wrap(view::wrap, WITH_OPTIONS)).isTrue();
    TlvCursor options = view.options();
    assertThat(options.next()).isTrue();
    assertThat(options.type()).isEqualTo(0x010280);
    assertThat(options.valueOffset()).isEqualTo(HeaderBytes.OFFSET + 12);
    assertThat(options.valueLength()).isEqualTo(4);
    assertThat(options.next()).isTrue();
    assertThat(options.type()).isEqualTo(0x010301);
    assertThat(options.valueLength()).isZero();
    assertThat(options.next()).isFalse();
    assertThat(options.isDamaged()).isFalse();
  }

  @Test
  void marksAnOptionThatRunsOverTheHeader() {
    assertThat(HeaderBytes.wrap(view::wrap, "01006558 00000a00 01020105 ffffffff")).isTrue();
    TlvCursor options = view.options();
    assertThat(options.next()).isFalse();
    assertThat(options.isDamaged()).isTrue();
  }

  @Test
  void refusesOtherVersions() {
    assertThat(HeaderBytes.wrap(view::wrap, "40006558 00000a00")).isFalse();
  }

  @Test
  void needsTheOptionsToo() {
    HeaderBytes.assertNeeds(20, view::wrap, view::toString, WITH_OPTIONS + "aabb");
  }
}
