package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VxlanViewTest {
  private final VxlanView view = new VxlanView();

  @Test
  void readsTheNetworkIdentifierOfRfc7348() {
    assertThat(HeaderBytes.wrap(view::wrap, "08000000 00007b00")).isTrue();
    assertThat(view.hasVni()).isTrue();
    assertThat(view.vni()).isEqualTo(123);
    assertThat(view.hasGroupPolicy()).isFalse();
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view).hasToString("VXLAN flags=0x08 vni=123 group-policy=0");
  }

  @Test
  void readsTheGroupPolicyExtension() {
    assertThat(HeaderBytes.wrap(view::wrap, "88000064 ffffff00")).isTrue();
    assertThat(view.hasGroupPolicy()).isTrue();
    assertThat(view.groupPolicyId()).isEqualTo(100);
    assertThat(view.vni()).isEqualTo(0xFFFFFF);
  }

  @Test
  void showsAMissingVniFlag() {
    assertThat(HeaderBytes.wrap(view::wrap, "00000000 00007b00")).isTrue();
    assertThat(view.hasVni()).isFalse();
  }

  @Test
  void needsEightBytes() {
    HeaderBytes.assertNeeds(8, view::wrap, view::toString, "08000000 00007b00 ffff");
  }
}
