package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class Ipv6ExtensionViewTest {
  private final Ipv6ExtensionView view = new Ipv6ExtensionView();

  private boolean wrap(int kind, String hex) {
    return HeaderBytes.wrap(
        (MemorySegment s, long at, long end) -> view.kind(kind).wrap(s, at, end), hex);
  }

  @Test
  void readsAFragmentHeaderWhoseSecondByteIsNoLength() {
    assertThat(wrap(IpProtocol.FRAGMENT, "11 ff 0019 00000007")).isTrue();
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view.nextHeader()).isEqualTo(17);
    assertThat(view.fragmentOffset()).isEqualTo(24);
    assertThat(view.moreFragments()).isTrue();
    assertThat(view.identification()).isEqualTo(7);
  }

  @Test
  void findsTheJumboPayloadOfRfc2675() {
    assertThat(wrap(IpProtocol.HOP_BY_HOP, "06 00 c2 04 00011170")).isTrue();
    assertThat(view.jumboLength()).isEqualTo(70_000);
    assertThat(wrap(IpProtocol.HOP_BY_HOP, "06 00 01 04 00000000")).isTrue();
    assertThat(view.jumboLength()).isZero();
  }

  @Test
  void findsAnOptionThatRunsOverTheHeader() {
    assertThat(wrap(IpProtocol.DESTINATION_OPTIONS, "06 00 01 05 00000000")).isTrue();
    assertThat(view.jumboLength()).isEqualTo(Ipv6ExtensionView.BROKEN_OPTION);
    assertThat(wrap(IpProtocol.DESTINATION_OPTIONS, "06 00 00 00 00000001")).isTrue();
    assertThat(view.jumboLength()).isEqualTo(Ipv6ExtensionView.BROKEN_OPTION);
  }

  @Test
  void readsARoutingHeaderAndRefusesACutOne() {
    String header = "06 02 00 01 00000000 20010db8000000000000000000000001";
    assertThat(wrap(IpProtocol.ROUTING, header)).isTrue();
    assertThat(view.routingType()).isZero();
    assertThat(view.segmentsLeft()).isEqualTo(1);
    assertThat(view.headerLength()).isEqualTo(24);
    HeaderBytes.assertNeeds(
        24,
        (s, at, end) -> view.kind(IpProtocol.ROUTING).wrap(s, at, end),
        () -> "" + view.nextHeader(),
        header + "ff");
  }
}
