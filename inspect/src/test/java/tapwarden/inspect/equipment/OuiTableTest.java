package tapwarden.inspect.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OuiTableTest {
  private static final String DATA =
      """
      {"0055DA": "IEEE Registration Authority\\nstreet",
       "0055DA1": "KoolPOS Inc.\\nWuxi",
       "70B3D5": "Block Owner",
       "70B3D5DF5": "\\u676d \\"Q\\" Co.",
       "00259E": "HUAWEI TECHNOLOGIES CO.,LTD\\nShenzhen",
       "ABCDEF": "Private"}
      """;

  @Test
  void prefersTheLongestPrefix() throws IOException {
    OuiTable table = OuiTable.read(OuiTableBuilder.build(DATA));
    assertThat(table.organisation(0x0025_9E0A_0B0CL)).isEqualTo("HUAWEI TECHNOLOGIES CO.,LTD");
    assertThat(table.organisation(0x0055_DA10_0000L)).isEqualTo("KoolPOS Inc.");
    assertThat(table.organisation(0x70B3_D5DF_5001L)).isEqualTo("\u676d \"Q\" Co.");
    assertThat(table.organisation(0x70B3_D5DF_6001L)).isEqualTo("Block Owner");
    assertThat(table.prefixCount()).isEqualTo(4);
  }

  @Test
  void knowsNobodyBehindARegistryBlockAPrivateOwnerOrAnUnknownPrefix() throws IOException {
    OuiTable table = OuiTable.read(OuiTableBuilder.build(DATA));
    assertThat(table.organisation(0x0055_DA20_0000L)).isNull();
    assertThat(table.organisation(0xABCD_EF00_0000L)).isNull();
    assertThat(table.organisation(0x0000_0000_0001L)).isNull();
  }

  @Test
  void knowsNobodyBehindLocallyAdministeredAndGroupAddresses() {
    OuiTable table = OuiTable.standard();
    assertThat(table.organisation(0x0025_9E00_0001L)).isNotNull();
    assertThat(table.organisation(0x0225_9E00_0001L)).isNull();
    assertThat(table.organisation(0x0125_9E00_0001L)).isNull();
  }

  // Prefixes and names as published by the IEEE registration authority.
  @Test
  void shipsTheWholeRegistry() {
    OuiTable table = OuiTable.standard();
    assertThat(table.prefixCount()).isGreaterThan(53_000);
    assertThat(table.organisation(0x0000_0C12_3456L)).isEqualTo("Cisco Systems, Inc");
    assertThat(table.organisation(0x0025_9E12_3456L)).isEqualTo("HUAWEI TECHNOLOGIES CO.,LTD");
    assertThat(table.organisation(0x0000_0012_3456L)).isEqualTo("XEROX CORPORATION");
  }

  @Test
  void refusesDataThatIsNotItsFormat() {
    assertThatThrownBy(() -> OuiTable.read(new byte[] {0, 0, 0, 8, 1, 2, 3}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> OuiTableBuilder.build("{\"12\": \"two digits\"}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OuiTableBuilder.build("{\"00259E\": 7}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
