package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RadiotapViewTest {
  /** TSFT, flags, rate, channel, signal, antenna (presence 0x082F), 27 bytes of 32 used. */
  private static final String FULL =
      "0000 2000 2f080000 8877665544332211 10 6c 3c14 4001 d8 02 000000000000000000";

  private final RadiotapView view = new RadiotapView();

  @Test
  void readsTheFieldsThatThePresenceWordNames() {
    assertThat(HeaderBytes.wrap(view::wrap, FULL)).isTrue();
    assertThat(view.headerLength()).isEqualTo(32);
    assertThat(view.timestampMicros()).isEqualTo(0x1122334455667788L);
    assertThat(view.flags()).isEqualTo(0x10);
    assertThat(view.hasFcs()).isTrue();
    assertThat(view.isBadFcs()).isFalse();
    assertThat(view.hasDataPad()).isFalse();
    assertThat(view.rate()).isEqualTo(108);
    assertThat(view.frequencyMhz()).isEqualTo(5180);
    assertThat(view.hasSignal()).isTrue();
    assertThat(view.signalDbm()).isEqualTo(-40);
    assertThat(view.hasNoise()).isFalse();
    assertThat(view.antenna()).isEqualTo(2);
  }

  @Test
  void alignsTheChannelToTwoBytes() {
    // Flags and channel: one padding byte between them.
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0e00 0a000000 70 ff 6c09 a000")).isTrue();
    assertThat(view.hasFcs()).isTrue();
    assertThat(view.isBadFcs()).isTrue();
    assertThat(view.hasDataPad()).isTrue();
    assertThat(view.frequencyMhz()).isEqualTo(2412);
  }

  @Test
  void followsTheChainOfPresenceWords() {
    // Two words end at 12, so the timestamp starts at 16.
    String chained = "0000 1900 03000080 00000000 ffffffff 0100000000000000 10";
    assertThat(HeaderBytes.wrap(view::wrap, chained)).isTrue();
    assertThat(view.presenceWords()).isEqualTo(2);
    assertThat(view.timestampMicros()).isEqualTo(1);
    assertThat(view.hasFcs()).isTrue();
  }

  @Test
  void hasNoFieldsWithoutPresenceBits() {
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0800 00000000")).isTrue();
    assertThat(view.flags()).isZero();
    assertThat(view.antenna()).isEqualTo(-1);
  }

  @Test
  void ignoresFieldsBeyondTheHeader() {
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0800 02000000 10")).isTrue();
    assertThat(view.flags()).isZero();
  }

  @Test
  void refusesOtherVersionsShortLengthsAndAnEndlessChain() {
    assertThat(HeaderBytes.wrap(view::wrap, "0100 0800 00000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0700 00000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0000 0c00 00000080 00000080")).isFalse();
    String tooMany = "0000 9000" + "00000080".repeat(34) + "00000000";
    assertThat(HeaderBytes.wrap(view::wrap, tooMany)).isFalse();
  }

  @Test
  void needsItsOwnLength() {
    HeaderBytes.assertNeeds(32, view::wrap, view::toString, FULL + "08");
  }
}
