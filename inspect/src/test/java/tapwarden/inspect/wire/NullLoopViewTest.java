package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullLoopViewTest {
  private final NullLoopView view = new NullLoopView();

  @ParameterizedTest
  @CsvSource({
    "02000000, 2, 0x0800",
    "00000002, 2, 0x0800",
    "0a000000, 10, 0x86dd",
    "18000000, 24, 0x86dd",
    "0000001c, 28, 0x86dd",
    "1e000000, 30, 0x86dd",
    "0000001e, 30, 0x86dd",
    "07000000, 7, -1",
    "dd860000, 0x86dd, 0x86dd",
    "11000000, 17, -1",
  })
  void knowsTheFamiliesInBothOrders(String hex, int family, int etherType) {
    assertThat(HeaderBytes.wrap(view::wrap, hex)).isTrue();
    assertThat(view.family()).isEqualTo(family);
    assertThat(view.payloadType()).isEqualTo(etherType);
    assertThat(view.headerLength()).isEqualTo(4);
  }

  @Test
  void hasNoTypeForAValueThatIsNoFamilyInEitherOrder() {
    assertThat(HeaderBytes.wrap(view::wrap, "ffffffff")).isTrue();
    assertThat(view.payloadType()).isEqualTo(NullLoopView.NO_ETHER_TYPE);
  }

  /** PcapPlusPlus's NullLoopback.pcap has such headers, and tshark reads IPv4 behind them. */
  @ParameterizedTest
  @CsvSource({"0f000800, 0x0800", "0f0086dd, 0x86dd", "0f000806, -1", "08000f00, -1"})
  void findsAnIpEtherTypeBehindBitsThatMeanNothing(String hex, int etherType) {
    assertThat(HeaderBytes.wrap(view::wrap, hex)).isTrue();
    assertThat(view.payloadType()).isEqualTo(etherType);
  }

  @Test
  void needsFourBytes() {
    HeaderBytes.assertNeeds(4, view::wrap, view::toString, "02000000 45");
  }
}
