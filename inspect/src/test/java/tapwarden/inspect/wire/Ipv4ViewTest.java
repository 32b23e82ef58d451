package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Ipv4ViewTest {
  private final Ipv4View view = new Ipv4View();

  @Test
  void readsTheFieldsOfRfc791() {
    String header = "46b9 0073 1234 6001 40 11 b861 c0a80001 c0a800c7 94040000";
    assertThat(HeaderBytes.wrap(view::wrap, header)).isTrue();
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.dscp()).isEqualTo(46);
    assertThat(view.ecn()).isEqualTo(1);
    assertThat(view.totalLength()).isEqualTo(115);
    assertThat(view.identification()).isEqualTo(0x1234);
    assertThat(view.doNotFragment()).isTrue();
    assertThat(view.moreFragments()).isTrue();
    assertThat(view.fragmentOffset()).isEqualTo(8);
    assertThat(view.ttl()).isEqualTo(64);
    assertThat(view.protocol()).isEqualTo(17);
    assertThat(view.checksum()).isEqualTo(0xb861);
    assertThat(view.source()).isEqualTo(0xc0a80001L);
    assertThat(view.destination()).isEqualTo(0xc0a800c7L);
    assertThat(view.optionsOffset()).isEqualTo(HeaderBytes.OFFSET + 20);
  }

  @Test
  void tellsFragmentsFromWholePackets() {
    assertThat(Ipv4View.isFragment(0x4000)).isFalse();
    assertThat(Ipv4View.isFragment(0x2000)).isTrue();
    assertThat(Ipv4View.isFragment(0x0001)).isTrue();
  }

  @Test
  void refusesOtherVersionsShortHeadersAndAnyCut() {
    String header = "4500 0073 1234 4000 40 11 b861 c0a80001 c0a800c7";
    assertThat(HeaderBytes.wrap(view::wrap, header.replaceFirst("45", "65"))).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, header.replaceFirst("45", "44"))).isFalse();
    HeaderBytes.assertNeeds(20, view::wrap, () -> "" + view.destination(), header + "ff");
  }
}
