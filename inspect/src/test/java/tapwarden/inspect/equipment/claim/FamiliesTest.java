package tapwarden.inspect.equipment.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
  private static boolean vendorsDiffer(String declared, String claimed) {
    return Families.standard().contradicts(new Guess(ClaimKind.VENDOR, claimed), declared, null);
  }

  @ParameterizedTest
  @CsvSource({
    "Huawei, Cisco, true",
    "Huawei, Huawei, false",
    "HUAWEI TECHNOLOGIES CO. LTD, Huawei, false",
    "Cisco Systems, Cisco, false",
    "Meraki, Cisco, false",
    "Hewlett Packard Enterprise, Aruba, false",
    "HP, HPE, false",
    "ZTEC, ZTE, true",
    "Acme Cameras, Hikvision, true",
    "EZVIZ, Hikvision, false",
  })
  void tellsVendorsOfOneHouseFromOthers(String declared, String claimed, boolean differ) {
    assertThat(vendorsDiffer(declared, claimed)).isEqualTo(differ);
  }

  @ParameterizedTest
  @CsvSource({
    "router, switch, false",
    "base-station, router, false",
    "router, camera, true",
    "Camera, recorder, false",
    "camera, router, true",
    "something-else, router, false",
    "router, unheard-of, false",
  })
  void tellsRolesThatExcludeEachOther(String declared, String claimed, boolean differ) {
    assertThat(Families.standard().contradicts(new Guess(ClaimKind.ROLE, claimed), null, declared))
        .isEqualTo(differ);
  }

  @ParameterizedTest
  @CsvSource({"MODEL", "FIRMWARE", "SOFTWARE"})
  void nothingElseIsDeclared(ClaimKind kind) {
    assertThat(Families.standard().contradicts(new Guess(kind, "x"), "Huawei", "router")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"VENDOR, Cisco", "ROLE, camera"})
  void whatIsNotDeclaredIsNotContradicted(ClaimKind kind, String value) {
    assertThat(Families.standard().contradicts(new Guess(kind, value), null, null)).isFalse();
  }
}
