package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GtpuViewTest {
  /** E flag; PDU session container (type 0x85, 4 bytes, QFI 9); then 2 bytes of a packet. */
  private static final String PDU_SESSION = "34ff000a 11223344 00000085 01100900 4500";

  private final GtpuView view = new GtpuView();

  @Test
  void readsAPlainTpdu() {
    assertThat(HeaderBytes.wrap(view::wrap, "30ff0054 00000001 4500")).isTrue();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.isTpdu()).isTrue();
    assertThat(view.teid()).isEqualTo(1);
    assertThat(view.length()).isEqualTo(84);
    assertThat(view.payloadLength()).isEqualTo(84);
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view.sequence()).isEqualTo(-1);
    assertThat(view.qosFlowId()).isEqualTo(-1);
  }

  @Test
  void skipsTheOptionalFieldsWhenTheSequenceIsPresent() {
    assertThat(HeaderBytes.wrap(view::wrap, "32ff0058 fedcba98 28db0000 4500")).isTrue();
    assertThat(view.teid()).isEqualTo(0xFEDCBA98L);
    assertThat(view.sequence()).isEqualTo(0x28DB);
    assertThat(view.npduNumber()).isEqualTo(-1);
    assertThat(view.headerLength()).isEqualTo(12);
    assertThat(view.payloadLength()).isEqualTo(84);
  }

  @Test
  void readsTheQosFlowOfAPduSession() {
    assertThat(HeaderBytes.wrap(view::wrap, PDU_SESSION)).isTrue();
    assertThat(view.headerLength()).isEqualTo(16);
    assertThat(view.extensionCount()).isEqualTo(1);
    assertThat(view.extensionType(0)).isEqualTo(GtpuView.PDU_SESSION_CONTAINER);
    assertThat(view.extensionOffset(0)).isEqualTo(HeaderBytes.OFFSET + 13);
    assertThat(view.extensionLength(0)).isEqualTo(2);
    assertThat(view.qosFlowId()).isEqualTo(9);
    assertThat(view.payloadLength()).isEqualTo(2);
  }

  @Test
  void walksAChainOfExtensions() {
    // PDCP PDU number (0xC0, 4 bytes), then a container of 8 bytes.
    String chain = "34ff0010 00000001 000000c0 01aabb85 02001f00 00000000";
    assertThat(HeaderBytes.wrap(view::wrap, chain)).isTrue();
    assertThat(view.extensionCount()).isEqualTo(2);
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.qosFlowId()).isEqualTo(0x1F);
  }

  @Test
  void refusesAnExtensionOfLengthZero() {
    assertThat(HeaderBytes.wrap(view::wrap, "34ff000a 00000001 00000085 00100900 4500")).isFalse();
  }

  @Test
  void refusesExtensionsBeyondTheLengthField() {
    assertThat(HeaderBytes.wrap(view::wrap, "34ff0004 00000001 00000085 01100900 4500")).isFalse();
  }

  @Test
  void refusesALongerChainThanItsLimit() {
    String eight = "34ff0028 00000001 00000085" + "01000085".repeat(7) + "01000000";
    String nine = "34ff0028 00000001 00000085" + "01000085".repeat(8) + "01000000";
    assertThat(HeaderBytes.wrap(view::wrap, eight)).isTrue();
    assertThat(view.extensionCount()).isEqualTo(GtpuView.MAX_EXTENSIONS);
    assertThat(HeaderBytes.wrap(view::wrap, nine)).isFalse();
  }

  @Test
  void refusesOtherVersionsAndGtpPrime() {
    assertThat(HeaderBytes.wrap(view::wrap, "48200008 00000001 00000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "2eff0004 00000001 00000000")).isFalse();
  }

  @Test
  void needsTheOptionalPartAndTheChain() {
    HeaderBytes.assertNeeds(8, view::wrap, view::toString, "30ff0002 00000001 4500");
    HeaderBytes.assertNeeds(16, view::wrap, view::toString, PDU_SESSION);
  }
}
