package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TcpViewTest {
  private static final String FIXED = "c000 01bb 00000001 00000002 %s002 0200 1234 0005";
  private final TcpView view = new TcpView();

  @Test
  void readsTheFieldsOfRfc9293() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED.formatted("5"))).isTrue();
    assertThat(view.sourcePort()).isEqualTo(0xc000);
    assertThat(view.destinationPort()).isEqualTo(443);
    assertThat(view.sequence()).isEqualTo(1);
    assertThat(view.acknowledgment()).isEqualTo(2);
    assertThat(view.flags()).isEqualTo(TcpView.SYN);
    assertThat(view.window()).isEqualTo(512);
    assertThat(view.checksum()).isEqualTo(0x1234);
    assertThat(view.urgentPointer()).isEqualTo(5);
    assertThat(view.maximumSegmentSize()).isEqualTo(-1);
  }

  @Test
  void findsTheOptionsOfASynSegment() {
    String options = "0204 05b4 0402 080a 0000000a 00000000 01 030307";
    assertThat(HeaderBytes.wrap(view::wrap, FIXED.formatted("a") + options)).isTrue();
    assertThat(view.optionsAreWhole()).isTrue();
    assertThat(view.maximumSegmentSize()).isEqualTo(1460);
    assertThat(view.sackPermitted()).isTrue();
    assertThat(view.windowScale()).isEqualTo(7);
    assertThat(view.timestampValue()).isEqualTo(10);
  }

  @Test
  void findsNothingBehindTheEndOfOptionsOrABrokenOne() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED.formatted("7") + "00 000000 020405b4")).isTrue();
    assertThat(view.maximumSegmentSize()).isEqualTo(-1);
    assertThat(view.optionsAreWhole()).isTrue();
    for (String broken : new String[] {"02000000", "02010000", "01010102", "02050000"}) {
      assertThat(HeaderBytes.wrap(view::wrap, FIXED.formatted("6") + broken)).isTrue();
      assertThat(view.optionsAreWhole()).as(broken).isFalse();
      assertThat(view.maximumSegmentSize()).isEqualTo(-1);
    }
  }

  @Test
  void needsTheWholeHeader() {
    HeaderBytes.assertNeeds(
        24, view::wrap, () -> "" + view.optionsAreWhole(), FIXED.formatted("6") + "01010101 ff");
    assertThat(HeaderBytes.wrap(view::wrap, FIXED.formatted("4"))).isFalse();
  }
}
