package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorGroupsTest {
  private final VendorGroups groups = VendorGroups.standard();

  /** Address blocks of these companies in the IEEE registry. */
  @ParameterizedTest
  @CsvSource({
    "00259E000001, huawei",
    "848A59000001, huawei",
    "00D0D0000001, zte",
    "DCF090000001, zte",
    "AC64DD500001, zte",
    "787264500001, zte",
    "24B105000001, hikvision",
    "A44C62000001, hikvision",
    "30DDAA000001, dahua",
    "202C05000001, dahua",
    "302FAC000001, dahua",
    "906A94000001, dahua",
    "6469BC000001, hytera",
    "9C066E000001, hytera"
  })
  void knowsTheVendorsAndTheirSubsidiaries(String mac, String group) {
    long set = groups.groupsOf(Long.parseLong(mac, 16));
    assertThat(groups.idsOf(set)).containsExactly(group, "excluded-vendors");
    assertThat(groups.bestGroup(set)).isEqualTo(group);
    assertThat(groups.isExcluded(set)).isTrue();
  }

  /** Similar names, companies that were sold to others, and other companies of the same cities. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7866AE000001 | ZTEC Instruments, Inc.",
        "002675000001 | Aztech Electronics Pte Ltd",
        "402C76100001 | Shanghai Dahua Scale Factory",
        "0041B4000001 | Wuxi Zhongxing Optoelectronics Technology Co.,Ltd.",
        "F8EFB1000001 | Hangzhou Zhongxinghui Intelligent Technology Co., Ltd.",
        "00A307000001 | Honor Device Co., Ltd.",
        "347379000001 | xFusion Digital Technologies Co., Limited",
        "000DD4000001 | Symantec Corporation",
        "001E96000001 | Sepura Limited",
        "000418000001 | Teltronic S.A.U.",
        "001F54000001 | Lorex Technology Inc.",
        "000FE2000001 | Hangzhou H3C Technologies Co., Limited",
        "E428A4000001 | Prama India Private Limited",
        "DCB131000001 | SHENZHEN HUARUIAN TECHNOLOGY CO.,LTD"
      })
  void leavesOutNamesThatOnlyLookAlike(String mac, String organisation) {
    long address = Long.parseLong(mac, 16);
    assertThat(OuiTable.standard().organisation(address)).isEqualTo(organisation);
    assertThat(groups.groupsOf(address)).isZero();
  }

  @Test
  void findsEveryReadyMadeNameInTheRegistry() {
    assertThat(groups.problems()).isEmpty();
    assertThat(groups.ids())
        .containsExactly("huawei", "zte", "hikvision", "dahua", "hytera", "excluded-vendors");
  }

  @Test
  void takesFurtherGroupsByExactNameAndTellsUnknownOnes() {
    VendorGroups more =
        VendorGroups.of(
            OuiTable.standard(),
            Map.of(
                "ran", List.of("HUAWEI TECHNOLOGIES CO.,LTD", "Cisco Systems, Inc"),
                "typo", List.of("Cisco Systems"),
                "zte", List.of("Cisco Systems, Inc")),
            "vendors.yaml:3:1");
    assertThat(more.idsOf(more.groupsOf(0x0000_0C00_0001L))).containsExactly("ran");
    assertThat(more.idsOf(more.groupsOf(0x0025_9E00_0001L)))
        .containsExactly("huawei", "excluded-vendors", "ran");
    assertThat(more.problems())
        .extracting(Problem::message)
        .containsExactly(
            "vendor group zte exists already",
            "vendor group typo: no organisation is registered as Cisco Systems");
    assertThat(more.isExcluded(more.groupsOf(0x0000_0C00_0001L))).isFalse();
  }
}
