package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TzspViewTest {
  /** Padding, channel 6 (tag 18), sensor MAC (tag 60), end. */
  private static final String TAGGED = "01 00 0012 00 12 01 06 3c 06 020000000001 01";

  private final TzspView view = new TzspView();

  @Test
  void readsAnEthernetFrameWithoutTags() {
    assertThat(HeaderBytes.wrap(view::wrap, "01 00 0001 01 ffffffffffff")).isTrue();
    assertThat(view.carriesFrame()).isTrue();
    assertThat(view.payloadType()).isEqualTo(TzspView.ETHERNET);
    assertThat(view.headerLength()).isEqualTo(5);
  }

  @Test
  void walksTagsAndPadding() {
    assertThat(HeaderBytes.wrap(view::wrap, TAGGED + "0801")).isTrue();
    assertThat(view.payloadType()).isEqualTo(TzspView.IEEE802_11);
    assertThat(view.headerLength()).isEqualTo(17);
    TlvCursor tags = view.tags();
    assertThat(tags.next()).isTrue();
    assertThat(tags.type()).isEqualTo(18);
    assertThat(tags.valueLength()).isEqualTo(1);
    assertThat(tags.next()).isTrue();
    assertThat(tags.type()).isEqualTo(60);
    assertThat(tags.valueLength()).isEqualTo(6);
    assertThat(tags.next()).isFalse();
  }

  @Test
  void carriesNothingInAKeepAlive() {
    assertThat(HeaderBytes.wrap(view::wrap, "01 04 0000")).isTrue();
    assertThat(view.carriesFrame()).isFalse();
    assertThat(view.headerLength()).isEqualTo(4);
  }

  @Test
  void refusesAMissingEndOtherVersionsAndTooManyTags() {
    assertThat(HeaderBytes.wrap(view::wrap, "01 00 0001 00 00 00")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "02 00 0001 01")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "01 00 0001" + "0a00".repeat(256) + "01")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "01 00 0001" + "0a00".repeat(255) + "01")).isTrue();
  }

  @Test
  void needsTheEndTag() {
    HeaderBytes.assertNeeds(17, view::wrap, view::toString, TAGGED + "0801");
  }
}
