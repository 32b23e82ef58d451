package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PppoeViewTest {
  private final PppoeView view = new PppoeView();

  @Test
  void readsASessionPacket() {
    // RFC 2516 appendix B, session id 0x1234, PPP LCP.
    assertThat(HeaderBytes.wrap(view::wrap, "1100 1234 0016 c021")).isTrue();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.type()).isEqualTo(1);
    assertThat(view.code()).isEqualTo(PppoeView.SESSION_DATA);
    assertThat(view.sessionId()).isEqualTo(0x1234);
    assertThat(view.payloadLength()).isEqualTo(22);
    assertThat(view.headerLength()).isEqualTo(6);
  }

  @Test
  void walksTheTagsOfTheDiscovery() {
    // PADO of RFC 2516 appendix B: service name (empty), AC name "Go RedBack"; then padding.
    String pado = "1107 0000 0012 0101 0000 0102 000a 476f 2052 6564 4261 636b 00000000";
    assertThat(HeaderBytes.wrap(view::wrap, pado)).isTrue();
    assertThat(view.code()).isEqualTo(PppoeView.PADO);
    TlvCursor tags = view.tags();
    assertThat(tags.next()).isTrue();
    assertThat(tags.type()).isEqualTo(0x0101);
    assertThat(tags.valueLength()).isZero();
    assertThat(tags.next()).isTrue();
    assertThat(tags.type()).isEqualTo(0x0102);
    assertThat(tags.valueLength()).isEqualTo(10);
    assertThat(tags.next()).isFalse();
    assertThat(tags.isDamaged()).isFalse();
  }

  @Test
  void needsSixBytes() {
    HeaderBytes.assertNeeds(6, view::wrap, view::toString, "1100 1234 0016 c021");
  }
}
