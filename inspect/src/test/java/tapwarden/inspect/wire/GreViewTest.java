package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GreViewTest {
  private final GreView view = new GreView();

  @Test
  void readsChecksumKeyAndSequenceOfRfc2890() {
    assertThat(HeaderBytes.wrap(view::wrap, "b000 0800 1234 0000 0000002a 00000007")).isTrue();
    assertThat(view.headerLength()).isEqualTo(16);
    assertThat(view.protocolType()).isEqualTo(0x0800);
    assertThat(view.hasChecksum()).isTrue();
    assertThat(view.key()).isEqualTo(42);
    assertThat(view.sequence()).isEqualTo(7);
    assertThat(view.isNvgre()).isFalse();
  }

  @Test
  void readsTheSubnetOfNvgre() {
    assertThat(HeaderBytes.wrap(view::wrap, "2000 6558 00123405")).isTrue();
    assertThat(view.isNvgre()).isTrue();
    assertThat(view.virtualSubnetId()).isEqualTo(0x1234);
  }

  @Test
  void readsTheCallOfPptp() {
    assertThat(HeaderBytes.wrap(view::wrap, "3081 880b 0024 0007 00000001 00000002")).isTrue();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.headerLength()).isEqualTo(16);
    assertThat(view.callId()).isEqualTo(7);
    assertThat(view.sequence()).isEqualTo(1);
  }

  @Test
  void passesSourceRoutesAndRefusesTooMany() {
    String head = "4000 0800 0000 0000";
    assertThat(HeaderBytes.wrap(view::wrap, head + "0800 00 04 0a000001" + "00000000")).isTrue();
    assertThat(view.headerLength()).isEqualTo(20);
    String endless = "0800 00 00".repeat(GreView.MAX_ROUTES);
    assertThat(HeaderBytes.wrap(view::wrap, head + endless + "00000000")).isFalse();
  }

  @Test
  void refusesVersionTwoAndAnyCut() {
    assertThat(HeaderBytes.wrap(view::wrap, "0002 0800")).isFalse();
    HeaderBytes.assertNeeds(
        16,
        view::wrap,
        () -> "" + view.key() + view.sequence(),
        "b000 0800 1234 0000 0000002a 00000007 ff");
  }
}
