package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

class RolePoliciesTest {
  @Test
  void takesEquipmentForWhatDevicesOfItsRoleRun() {
    assertThat(
            RolePolicies.of(
                List.of(),
                List.of(
                    declared("router", "10.0.0.1"),
                    declared("camera", "10.0.0.2"),
                    declared(null, "10.0.0.3"),
                    declared("medical", "10.8.0.0/16"))))
        .hasToString("10.0.0.1/32 BSD, 10.8.0.0/16 WINDOWS, others LINUX");
  }

  @Test
  void whatWasSaidOfANetworkHoldsForTheEquipmentInIt() {
    assertThat(
            RolePolicies.of(
                List.of(new OverlapPolicies.Entry(network("10.0.0.0/8"), OverlapPolicy.LAST)),
                List.of(declared("router", "10.0.0.1"), declared("router", "192.0.2.1"))))
        .hasToString("192.0.2.1/32 BSD, 10.0.0.0/8 LAST, others LINUX");
  }

  private static EquipmentDeclaration declared(
      @org.jspecify.annotations.Nullable String role, String network) {
    return new EquipmentDeclaration(
        "e",
        List.of(network(network)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        role,
        null,
        "test");
  }

  private static Cidr network(String text) {
    return Objects.requireNonNull(Cidr.parse(text));
  }
}
