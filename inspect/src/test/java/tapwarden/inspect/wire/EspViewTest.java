package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EspViewTest {
  private final EspView view = new EspView();

  @Test
  void readsTheParametersIndexAndTheSequence() {
    assertThat(HeaderBytes.wrap(view::wrap, "fedcba98 00000007 ffff")).isTrue();
    assertThat(view.spi()).isEqualTo(0xFEDCBA98L);
    assertThat(view.sequence()).isEqualTo(7);
    assertThat(view.headerLength()).isEqualTo(8);
  }

  @Test
  void needsEightBytes() {
    HeaderBytes.assertNeeds(8, view::wrap, view::toString, "fedcba98 00000007 ffff");
  }
}
