package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NshViewTest {
  private static final String MD_TYPE_1 = "0fc6 01 03 000064 ff" + "00".repeat(16);

  /** Length 5 words: one context header of 5 bytes, padded to 8. */
  private static final String MD_TYPE_2 = "0fc5 02 01 000001 fe 0100 02 05 aabbccddee 000000";

  private final NshView view = new NshView();

  @Test
  void readsMdTypeOne() {
    assertThat(HeaderBytes.wrap(view::wrap, MD_TYPE_1)).isTrue();
    assertThat(view.version()).isZero();
    assertThat(view.isOam()).isFalse();
    assertThat(view.ttl()).isEqualTo(63);
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.mdType()).isEqualTo(NshView.MD_TYPE_1);
    assertThat(view.payloadType()).isEqualTo(NshView.ETHERNET);
    assertThat(view.servicePath()).isEqualTo(100);
    assertThat(view.serviceIndex()).isEqualTo(255);
    assertThat(view.metadata().next()).isFalse();
  }

  @Test
  void walksTheMetadataOfMdTypeTwo() {
    assertThat(HeaderBytes.wrap(view::wrap, MD_TYPE_2)).isTrue();
    assertThat(view.headerLength()).isEqualTo(20);
    TlvCursor metadata = view.metadata();
    assertThat(metadata.next()).isTrue();
    assertThat(metadata.type()).isEqualTo(0x010002);
    assertThat(metadata.valueLength()).isEqualTo(5);
    assertThat(metadata.next()).isFalse();
    assertThat(metadata.isDamaged()).isFalse();
  }

  @Test
  void refusesOtherVersionsAndLengthsThatDoNotFitTheType() {
    assertThat(HeaderBytes.wrap(view::wrap, "4fc6 01 03 000064 ff" + "00".repeat(16))).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0fc2 01 03 000064 ff" + "00".repeat(16))).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0fc1 02 03 000064 ff")).isFalse();
  }

  @Test
  void needsItsLength() {
    HeaderBytes.assertNeeds(24, view::wrap, view::toString, MD_TYPE_1 + "ff");
    HeaderBytes.assertNeeds(20, view::wrap, view::toString, MD_TYPE_2 + "45");
  }
}
