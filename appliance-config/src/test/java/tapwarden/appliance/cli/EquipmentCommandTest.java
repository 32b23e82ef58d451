package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.equipment.PacketPlace;
import tapwarden.inspect.equipment.Trait;
import tapwarden.inspect.equipment.claim.ClaimKind;
import tapwarden.inspect.equipment.claim.Guess;
import tapwarden.inspect.wire.IpAddress;

class EquipmentCommandTest {
  private static final long SECOND = 1_000_000_000L;

  /** 2026-11-02 00:00:00 UTC. */
  private static final long START = 1_793_577_600L * SECOND;

  private static final PacketPlace FIRST = new PacketPlace("a.pcap", 17, START);
  private static final PacketPlace LATER = new PacketPlace("b.pcap", 4, START + 3600 * SECOND);

  private final FakeServices services = new FakeServices();

  @BeforeEach
  void twoDevices() {
    services.inventory.add(
        entry(
            "enb-1",
            new Equipment(0, "enb-1", "Huawei", "huawei", "base-station", null, true, true),
            "Cisco Systems, Inc",
            "10.40.17.2",
            List.of(new Trait("ssh-banner", "SSH-2.0-Cisco-1.25", FIRST, LATER)),
            List.of(
                new Claim(new Guess(ClaimKind.VENDOR, "Cisco"), "ssh-banner", FIRST, true),
                new Claim(new Guess(ClaimKind.FIRMWARE, "IOS"), "ssh-banner", FIRST, false))));
    services.inventory.add(
        entry("02:00:00:00:00:05", null, null, "10.0.0.5", List.of(), List.of()));
  }

  private static InventoryEntry entry(
      String id,
      @Nullable Equipment equipment,
      @Nullable String organisation,
      String address,
      List<Trait> traits,
      List<Claim> claims) {
    return new InventoryEntry(
        id,
        equipment,
        List.of(0x0200_0000_0005L),
        organisation,
        List.of(),
        List.of(IpAddress.parse(address)),
        List.of(),
        List.of(),
        START,
        START,
        3,
        300,
        0,
        false,
        List.of("ip"),
        traits,
        claims);
  }

  @Test
  void saysOfEachDeviceWhatIsDeclaredAndWhatItsOwnWordsSay() {
    assertThat(services.execute("equipment", "x.pcap")).isZero();
    assertThat(services.out().lines().skip(3).limit(9))
        .containsExactly(
            "",
            "enb-1",
            "  vendor Huawei (declared)",
            "  role base-station (declared)",
            "  vendor Cisco Systems, Inc (oui)",
            "  vendor Cisco (ssh-banner, CONTRADICTS what is declared)",
            "  firmware IOS (ssh-banner)",
            "  says ssh-banner \"SSH-2.0-Cisco-1.25\": packet 17 of a.pcap, still at"
                + " 2026-11-02T01:00:00Z",
            "");
    assertThat(services.out().lines().skip(12).findFirst().orElseThrow())
        .startsWith("2 devices, 1 of them known equipment; ");
  }

  /** The table shows the declared vendor, whatever the device says. */
  @Test
  void theTableShowsWhatIsDeclared() {
    services.execute("equipment", "x.pcap");
    assertThat(services.out().lines().skip(1).findFirst().orElseThrow())
        .matches("enb-1 +Huawei +base-station +10\\.40\\.17\\.2 +02:00:00:00:00:05 +- +ip +3");
  }

  @Test
  void writesClaimsAndTraitsWithTheirPacketsAsJson() {
    assertThat(services.execute("equipment", "--json", "x.pcap")).isZero();
    List<String> lines = services.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("\"declared\":true,\"vendor\":\"Huawei\"")
        .endsWith(
            "\"claims\":[{\"kind\":\"vendor\",\"value\":\"Cisco\",\"trait\":\"ssh-banner\","
                + "\"file\":\"a.pcap\",\"packet\":17,\"seen\":\"2026-11-02T00:00:00Z\","
                + "\"contradicts_declared\":true},{\"kind\":\"firmware\",\"value\":\"IOS\","
                + "\"trait\":\"ssh-banner\",\"file\":\"a.pcap\",\"packet\":17,"
                + "\"seen\":\"2026-11-02T00:00:00Z\"}],\"traits\":[{\"trait\":\"ssh-banner\","
                + "\"source\":\"ssh\",\"text\":\"SSH-2.0-Cisco-1.25\",\"first_file\":\"a.pcap\","
                + "\"first_packet\":17,\"first_seen\":\"2026-11-02T00:00:00Z\","
                + "\"last_file\":\"b.pcap\",\"last_packet\":4,"
                + "\"last_seen\":\"2026-11-02T01:00:00Z\"}]}");
    assertThat(lines.getLast()).endsWith("\"claims\":[],\"traits\":[]}");
  }

  @Test
  void findsAVendorAlsoByTheDevicesOwnWords() {
    services.execute("equipment", "--json", "--vendor", "cisco", "x.pcap");
    assertThat(services.out().lines()).hasSize(1);
    services.execute("equipment", "--json", "--vendor", "nokia", "x.pcap");
    assertThat(services.out()).isEmpty();
  }
}
