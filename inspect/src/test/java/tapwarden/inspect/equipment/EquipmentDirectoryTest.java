package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.wire.IpAddress;

class EquipmentDirectoryTest {
  private static final long CAMERA_MAC = 0x0200_0000_0001L;

  @Test
  void givesAnAddressToTheLongestNetworkWhateverTheOrder() {
    EquipmentDirectory directory =
        directory(
            Declared.of("site").network("10.0.0.0/8"),
            Declared.of("cell").network("10.40.17.0/29"),
            Declared.of("radio").network("10.40.17.3"),
            Declared.of("core").network("2001:db8:7::/48"));
    assertThat(idOf(directory, "10.40.17.3")).isEqualTo("radio");
    assertThat(idOf(directory, "10.40.17.2")).isEqualTo("cell");
    assertThat(idOf(directory, "10.40.17.8")).isEqualTo("site");
    assertThat(idOf(directory, "2001:db8:7:ffff::1")).isEqualTo("core");
    assertThat(idOf(directory, "2001:db8:8::1")).isNull();
    assertThat(idOf(directory, "11.0.0.1")).isNull();
    assertThat(directory.problems()).isEmpty();
  }

  @Test
  void findsByMacVlanInterfaceAndVendorGroup() {
    EquipmentDirectory directory =
        directory(
            Declared.of("camera").mac(CAMERA_MAC),
            Declared.of("cell").vlan(410),
            Declared.of("port").onInterface("eth7"),
            Declared.of("all-huawei").vendorMatch("Huawei"));
    assertThat(directory.byMac(CAMERA_MAC)).isEqualTo(0);
    assertThat(directory.byMac(CAMERA_MAC + 1)).isEqualTo(EquipmentDirectory.NONE);
    assertThat(directory.byVlan(410)).isEqualTo(1);
    assertThat(directory.byVlan(411)).isEqualTo(EquipmentDirectory.NONE);
    assertThat(directory.byInterface(List.of("eth0", "eth7"))).containsExactly(-1, 2);
    long groups = directory.vendorGroups().groupsOf(0x0025_9E00_0001L);
    assertThat(directory.byVendorGroups(groups)).isEqualTo(3);
    assertThat(directory.byVendorGroups(0)).isEqualTo(EquipmentDirectory.NONE);
  }

  @Test
  void tellsEveryContradictionWithBothPlacesAndKeepsTheFirst() {
    EquipmentDirectory directory =
        directory(
            Declared.of("a").network("10.0.0.0/24").mac(CAMERA_MAC).vlan(5).onInterface("e"),
            Declared.of("b").network("10.0.0.9/24").mac(CAMERA_MAC).vlan(5).onInterface("e"));
    assertThat(directory.problems())
        .extracting(Problem::message)
        .containsExactly(
            "equipment b claims 10.0.0.0/24, which a (test.yaml:a) has already",
            "equipment b claims MAC 02:00:00:00:00:01, which a (test.yaml:a) has already",
            "equipment b claims VLAN 5, which a (test.yaml:a) has already",
            "equipment b claims interface e, which a (test.yaml:a) has already");
    assertThat(directory.problems()).extracting(Problem::where).containsOnly("test.yaml:b");
    assertThat(idOf(directory, "10.0.0.77")).isEqualTo("a");
  }

  @Test
  void acceptsTheSameThingNamedTwiceByOne() {
    assertThat(directory(Declared.of("a").network("10.0.0.1").network("10.0.0.1/32")).problems())
        .isEmpty();
  }

  @Test
  void refusesDuplicateIdsUnknownPoliciesUnknownVendorsAndEmptyMatches() {
    EquipmentDirectory directory =
        directory(
            Declared.of("x").network("10.0.0.1").policy("ram"),
            Declared.of("x").vendorMatch("Huwei"),
            Declared.of("y"),
            Declared.of("z").vlan(4095).mac(0x0100_5E00_0001L));
    assertThat(directory.problems())
        .extracting(Problem::message)
        .containsExactly(
            "equipment x has the policy ram, which does not exist",
            "equipment id x is declared twice, first at test.yaml:x",
            "there is no vendor group Huwei",
            "equipment y matches nothing",
            "MAC 01:00:5e:00:00:01 is no device's address",
            "VLAN 4095 is out of range");
  }

  @Test
  void takesTheVendorGroupFromTheDeclaredVendor() {
    EquipmentDirectory directory =
        directory(
            Declared.of("a").network("10.0.0.1").vendor("Huawei"),
            Declared.of("b").network("10.0.0.2").vendor("Nokia"),
            Declared.of("c").mac(0x0025_9E00_0001L));
    assertThat(directory.equipment(0).excludedVendor()).isTrue();
    assertThat(directory.equipment(0).vendorGroup()).isEqualTo("huawei");
    assertThat(directory.equipment(1).excludedVendor()).isFalse();
    assertThat(directory.equipment(2).vendor()).isEqualTo("Huawei");
    assertThat(directory.equipment(2).excludedVendor()).isTrue();
  }

  @Test
  void holdsFiftyThousandDeclarations() {
    List<EquipmentDeclaration> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      String address = "10." + (i >> 12) + "." + (i >> 4 & 0xFF) + "." + (i & 0xF) * 16;
      many.add(Declared.of("e" + i).network(address + "/28").mac(0x0200_0000_0000L + i).build());
    }
    EquipmentDirectory directory =
        EquipmentDirectory.of(many, Policies.none(), VendorGroups.standard());
    assertThat(directory.problems()).isEmpty();
    for (int i = 0; i < 50_000; i += 7) {
      long low = 10L << 24 | (long) (i >> 12) << 16 | (i >> 4 & 0xFF) << 8 | (i & 0xF) * 16 + 15;
      assertThat(directory.byAddress(4, 0, low)).isEqualTo(i);
      assertThat(directory.byMac(0x0200_0000_0000L + i)).isEqualTo(i);
    }
  }

  private static EquipmentDirectory directory(Declared... declarations) {
    return EquipmentDirectory.of(
        List.of(declarations).stream().map(Declared::build).toList(),
        Policies.none(),
        VendorGroups.standard());
  }

  private static String idOf(EquipmentDirectory directory, String text) {
    IpAddress a = IpAddress.parse(text);
    int index = directory.byAddress(a.version(), a.high(), a.low());
    return index == EquipmentDirectory.NONE ? null : directory.equipment(index).id();
  }
}
