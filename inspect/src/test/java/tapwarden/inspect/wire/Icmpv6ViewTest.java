package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Icmpv6ViewTest {
  private static final String TARGET = "fe800000000000000000000000000001";
  private final Icmpv6View view = new Icmpv6View();

  @Test
  void readsTheTargetAndLinkLayerAddressOfAnAdvertisement() {
    String option = "0201 02000000000a";
    assertThat(HeaderBytes.wrap(view::wrap, "88 00 1234 60000000" + TARGET + option)).isTrue();
    assertThat(view.type()).isEqualTo(Icmpv6View.NEIGHBOR_ADVERTISEMENT);
    assertThat(view.checksum()).isEqualTo(0x1234);
    assertThat(view.hasTarget()).isTrue();
    assertThat(view.targetHigh()).isEqualTo(0xfe80000000000000L);
    assertThat(view.targetLow()).isEqualTo(1);
    assertThat(view.linkLayerAddress()).isEqualTo(0x02000000000aL);
  }

  @Test
  void findsNoAddressInOptionsThatAreEmptyCutOrOfTheOtherKind() {
    for (String option :
        new String[] {"", "0200 02000000000a", "0202 02000000000a", "0101 02000000000a"}) {
      assertThat(HeaderBytes.wrap(view::wrap, "88 00 0000 00000000" + TARGET + option)).isTrue();
      assertThat(view.linkLayerAddress()).as(option).isEqualTo(-1);
    }
  }

  @Test
  void knowsWhichMessagesQuote() {
    assertThat(Icmpv6View.quotes(1)).isTrue();
    assertThat(Icmpv6View.quotes(4)).isTrue();
    assertThat(Icmpv6View.quotes(Icmpv6View.ECHO_REQUEST)).isFalse();
    HeaderBytes.assertNeeds(
        8, view::wrap, () -> "" + view.hasTarget() + view.rest(), "80 00 0000 00010002 ffff");
    assertThat(view.identifier()).isEqualTo(1);
    assertThat(view.sequence()).isEqualTo(2);
  }
}
