package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VnTagViewTest {
  private final VnTagView view = new VnTagView();

  @Test
  void readsBothInterfacesAndTheType() {
    assertThat(HeaderBytes.wrap(view::wrap, "c123 9abc 8100")).isTrue();
    assertThat(view.isToExtender()).isTrue();
    assertThat(view.isPointer()).isTrue();
    assertThat(view.destinationInterface()).isEqualTo(0x123);
    assertThat(view.isLooped()).isTrue();
    assertThat(view.version()).isEqualTo(1);
    assertThat(view.sourceInterface()).isEqualTo(0xABC);
    assertThat(view.payloadType()).isEqualTo(EtherType.VLAN);
    assertThat(view.headerLength()).isEqualTo(6);
  }

  @Test
  void needsSixBytes() {
    HeaderBytes.assertNeeds(6, view::wrap, view::toString, "0001 0002 0800 45");
  }
}
