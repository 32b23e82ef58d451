package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErspanViewTest {
  private static final String TYPE_II = "1064 a7ff 000abcde";
  private static final String TYPE_III = "2064 0007 00001388 0123 0014";
  private static final String WITH_SUBHEADER = "2064 0007 00001388 0000 000d 0c00000100000002";

  private final ErspanView view = new ErspanView();

  @Test
  void readsTypeTwo() {
    // VLAN 100, COS 5, En 0, T 1, session 1023; reserved 0, index 0xABCDE.
    assertThat(HeaderBytes.wrap(view::wrap, TYPE_II)).isTrue();
    assertThat(view.type()).isEqualTo(ErspanView.TYPE_II);
    assertThat(view.vlan()).isEqualTo(100);
    assertThat(view.classOfService()).isEqualTo(5);
    assertThat(view.isTruncated()).isTrue();
    assertThat(view.sessionId()).isEqualTo(1023);
    assertThat(view.index()).isEqualTo(0xABCDE);
    assertThat(view.payloadType()).isEqualTo(ErspanView.FRAME_TYPE_ETHERNET);
    assertThat(view.headerLength()).isEqualTo(8);
  }

  @Test
  void readsTypeThree() {
    // SGT 0x123; P 0, FT 0, hardware id 1, D 0, granularity 2, O 0.
    assertThat(HeaderBytes.wrap(view::wrap, TYPE_III)).isTrue();
    assertThat(view.type()).isEqualTo(ErspanView.TYPE_III);
    assertThat(view.sessionId()).isEqualTo(7);
    assertThat(view.timestamp()).isEqualTo(5000);
    assertThat(view.securityGroup()).isEqualTo(0x123);
    assertThat(view.granularity()).isEqualTo(2);
    assertThat(view.isEgress()).isFalse();
    assertThat(view.hasSubheader()).isFalse();
    assertThat(view.headerLength()).isEqualTo(12);
  }

  @Test
  void countsThePlatformSubheader() {
    assertThat(HeaderBytes.wrap(view::wrap, WITH_SUBHEADER)).isTrue();
    assertThat(view.hasSubheader()).isTrue();
    assertThat(view.isEgress()).isTrue();
    assertThat(view.headerLength()).isEqualTo(20);
  }

  @Test
  void readsTheFrameTypeOfAMirroredIpPacket() {
    assertThat(HeaderBytes.wrap(view::wrap, "2064 0007 00001388 0000 0800")).isTrue();
    assertThat(view.payloadType()).isEqualTo(ErspanView.FRAME_TYPE_IP);
  }

  @Test
  void hasNoHeaderInTypeOne() {
    assertThat(HeaderBytes.wrap(view::wrapTypeOne, "ffffffffffff")).isTrue();
    assertThat(view.type()).isEqualTo(ErspanView.TYPE_I);
    assertThat(view.headerLength()).isZero();
    assertThat(view.vlan()).isEqualTo(-1);
    assertThat(view.payloadType()).isEqualTo(ErspanView.FRAME_TYPE_ETHERNET);
  }

  @Test
  void refusesOtherVersions() {
    assertThat(HeaderBytes.wrap(view::wrap, "0064 0007 00001388 0000 0000")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "3064 0007 00001388 0000 0000")).isFalse();
  }

  @Test
  void needsTheHeaderOfItsType() {
    HeaderBytes.assertNeeds(8, view::wrap, view::toString, TYPE_II + "ff");
    HeaderBytes.assertNeeds(12, view::wrap, view::toString, TYPE_III + "ff");
    HeaderBytes.assertNeeds(20, view::wrap, view::toString, WITH_SUBHEADER + "ff");
  }
}
