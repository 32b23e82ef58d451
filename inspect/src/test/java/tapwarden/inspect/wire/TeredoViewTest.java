package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TeredoViewTest {
  private static final String IPV6 = "60000000 0000 3b ff";

  /** Origin port 4096 and address 192.0.2.45, both inverted as RFC 4380 section 5.1.1 wants. */
  private static final String ORIGIN = "0000 efff 3ffffdd2";

  /** No client id, no authentication value, nonce 1, confirmation 0. */
  private static final String AUTHENTICATION = "0001 00 00 0000000000000001 00";

  private final TeredoView view = new TeredoView();

  @Test
  void isEmptyBeforeABareIpv6Packet() {
    assertThat(HeaderBytes.wrap(view::wrap, IPV6)).isTrue();
    assertThat(view.headerLength()).isZero();
    assertThat(view.hasOrigin()).isFalse();
    assertThat(view.originAddress()).isEqualTo(-1);
    assertThat(view.hasAuthentication()).isFalse();
  }

  @Test
  void invertsTheOriginIndication() {
    assertThat(HeaderBytes.wrap(view::wrap, ORIGIN + IPV6)).isTrue();
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view.originPort()).isEqualTo(4096);
    assertThat(IpAddress.v4((int) view.originAddress())).hasToString("192.0.2.45");
  }

  @Test
  void skipsTheAuthenticationOfAnyLength() {
    assertThat(HeaderBytes.wrap(view::wrap, AUTHENTICATION + IPV6)).isTrue();
    assertThat(view.headerLength()).isEqualTo(13);
    assertThat(view.hasAuthentication()).isTrue();
    String withValues = "0001 02 03 aabb ccddee 0000000000000001 00";
    assertThat(HeaderBytes.wrap(view::wrap, withValues + ORIGIN + IPV6)).isTrue();
    assertThat(view.headerLength()).isEqualTo(18 + 8);
    assertThat(view.originPort()).isEqualTo(4096);
  }

  @Test
  void refusesWhatIsNotFollowedByIpv6() {
    assertThat(HeaderBytes.wrap(view::wrap, "45000000 0000 3b ff")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, ORIGIN + "45000000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, ORIGIN + ORIGIN + IPV6)).isFalse();
  }

  @Test
  void needsTheIndicationsAndTheVersion() {
    HeaderBytes.assertNeeds(22, view::wrap, view::toString, AUTHENTICATION + ORIGIN + IPV6);
  }
}
