package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MacInMacViewTest {
  private final MacInMacView view = new MacInMacView();

  @Test
  void readsPriorityFlagsAndServiceId() {
    assertThat(HeaderBytes.wrap(view::wrap, "b8 0186a0")).isTrue();
    assertThat(view.priority()).isEqualTo(5);
    assertThat(view.dropEligible()).isTrue();
    assertThat(view.usesCustomerAddresses()).isTrue();
    assertThat(view.serviceId()).isEqualTo(100_000);
    assertThat(view.headerLength()).isEqualTo(4);
  }

  @Test
  void needsFourBytes() {
    HeaderBytes.assertNeeds(4, view::wrap, view::toString, "00 000001 02");
  }
}
