package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AhViewTest {
  private static final String HMAC_96 = "06 04 0000 00000100 00000001" + "ab".repeat(12);

  private final AhView view = new AhView();

  @Test
  void countsItsLengthInWordsLessTwo() {
    assertThat(HeaderBytes.wrap(view::wrap, HMAC_96)).isTrue();
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.icvLength()).isEqualTo(12);
    assertThat(view.nextHeader()).isEqualTo(IpProtocol.TCP);
    assertThat(view.payloadType()).isEqualTo(IpProtocol.TCP);
    assertThat(view.spi()).isEqualTo(256);
    assertThat(view.sequence()).isEqualTo(1);
  }

  @Test
  void refusesALengthBelowTheFixedFields() {
    assertThat(HeaderBytes.wrap(view::wrap, "06 00 0000 00000100 00000001")).isFalse();
  }

  @Test
  void needsTheIntegrityCheckValue() {
    HeaderBytes.assertNeeds(24, view::wrap, view::toString, HMAC_96 + "4500");
  }
}
