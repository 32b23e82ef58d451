package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRelayViewTest {
  private final FrameRelayView view = new FrameRelayView();

  @ParameterizedTest
  @CsvSource({
    // DLCI 100 = 0b000110_0100 in two bytes.
    "18 41 03 cc 45, 100, 2, 4, 0x0800, 0xcc",
    "18 41 03 8e 60, 100, 2, 4, 0x86dd, 0x8e",
    "18 41 03 00 80 000000 0800 45, 100, 2, 10, 0x0800, 0x80",
    "18 41 03 00 80 0080c2 0007 ffff, 100, 2, 10, 0x6558, 0x80",
    "18 41 03 80 0080c2 0006 ffff, 100, 2, 9, -1, 0x80",
    "18 41 03 08 00, 100, 2, 4, -1, 8",
    "18 41 08 00 45, 100, 2, 4, 0x0800, -1",
    // 6 + 4 + 6 bits: 000001 0000 000011 = 1 * 1024 + 3.
    "04 00 0d 03 cc 45, 1027, 3, 5, 0x0800, 0xcc",
    // 6 + 4 + 7 + 6 bits, 0 1 1 1: 1 * 8192 + 1 * 64 + 1.
    "00 10 02 05 03 cc 45, 8257, 4, 6, 0x0800, 0xcc",
  })
  void readsEveryFormOfAddressAndEncapsulation(
      String hex, int dlci, int addressLength, int headerLength, int type, int nlpid) {
    assertThat(HeaderBytes.wrap(view::wrap, hex)).isTrue();
    assertThat(view.dlci()).isEqualTo(dlci);
    assertThat(view.addressLength()).isEqualTo(addressLength);
    assertThat(view.headerLength()).isEqualTo(headerLength);
    assertThat(view.payloadType()).isEqualTo(type);
    assertThat(view.nlpid()).isEqualTo(nlpid);
  }

  @Test
  void readsTheCongestionBits() {
    assertThat(HeaderBytes.wrap(view::wrap, "18 4b 03 cc")).isTrue();
    assertThat(view.isForwardCongested()).isTrue();
    assertThat(view.isBackwardCongested()).isFalse();
    assertThat(view.isDiscardEligible()).isTrue();
  }

  @Test
  void refusesAnAddressOfOneByteOrWithoutEnd() {
    assertThat(HeaderBytes.wrap(view::wrap, "19 41 03 cc 45")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "18 40 40 40 03 cc 45")).isFalse();
  }

  @Test
  void needsTheEncapsulationToo() {
    String snap = "18 41 03 00 80 000000 0800 45";
    HeaderBytes.assertNeeds(10, view::wrap, view::toString, snap);
    HeaderBytes.assertNeeds(6, view::wrap, view::toString, "00 10 02 05 08 00 45");
  }
}
