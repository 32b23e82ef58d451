package tapwarden.inspect.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LldpViewTest {
  private static final String MANDATORY = "0207 04 020000000001 0404 05 653235 0602 0078";
  private static final String NAME = "0a02 7377";
  private static final String CAPABILITIES = "0e04 0014 0004";
  private static final String MANAGEMENT_V4 = "100c 05 01 c0000205 02 00000001 00";
  private static final String END = "0000";

  private final LldpView view = new LldpView();

  @Test
  void readsTheMandatoryElements() {
    assertThat(HeaderBytes.wrap(view::wrap, MANDATORY + END + "00000000")).isTrue();
    assertThat(view.chassisIdSubtype()).isEqualTo(LldpView.CHASSIS_MAC);
    assertThat(view.chassisMac()).isEqualTo(0x020000000001L);
    assertThat(view.portIdSubtype()).isEqualTo(5);
    assertThat(view.timeToLiveSeconds()).isEqualTo(120);
    assertThat(view.capabilities()).isEqualTo(-1);
    assertThat(view.managementIpVersion()).isZero();
    assertThat(view.headerLength()).isEqualTo(9 + 6 + 4 + 2);
    assertThat(view.isDamaged()).isFalse();
  }

  @Test
  void readsNameCapabilitiesAndManagementAddress() {
    String unit = MANDATORY + NAME + CAPABILITIES + MANAGEMENT_V4 + END;
    assertThat(HeaderBytes.wrap(view::wrap, unit)).isTrue();
    byte[] name = new byte[8];
    assertThat(view.copyValue(LldpView.SYSTEM_NAME, name)).isEqualTo(2);
    assertThat(new String(name, 0, 2, US_ASCII)).isEqualTo("sw");
    assertThat(view.capabilities()).isEqualTo(0x14);
    assertThat(view.enabledCapabilities()).isEqualTo(0x04);
    assertThat(view.managementIpVersion()).isEqualTo(4);
    assertThat(IpAddress.v4((int) view.managementLow())).hasToString("192.0.2.5");
  }

  @Test
  void readsAnIpv6ManagementAddress() {
    String v6 = "1018 11 02 20010db8000000000000000000000005 02 00000001 00";
    assertThat(HeaderBytes.wrap(view::wrap, MANDATORY + v6 + END)).isTrue();
    assertThat(view.managementIpVersion()).isEqualTo(6);
    assertThat(new IpAddress(6, view.managementHigh(), view.managementLow()))
        .hasToString("2001:db8::5");
  }

  @Test
  void copiesNoMoreThanTheTargetHolds() {
    assertThat(HeaderBytes.wrap(view::wrap, MANDATORY + NAME + END)).isTrue();
    assertThat(view.copyValue(LldpView.SYSTEM_NAME, new byte[1])).isEqualTo(1);
    assertThat(view.copyValue(LldpView.PORT_DESCRIPTION, new byte[1])).isZero();
  }

  @Test
  void keepsTheFirstOfRepeatedElements() {
    assertThat(HeaderBytes.wrap(view::wrap, MANDATORY + NAME + "0a03 6f7468" + END)).isTrue();
    assertThat(view.valueLength(LldpView.SYSTEM_NAME)).isEqualTo(2);
  }

  @Test
  void keepsWhatStandsBeforeADamagedElement() {
    assertThat(HeaderBytes.wrap(view::wrap, MANDATORY + NAME + "0cff 41")).isTrue();
    assertThat(view.isDamaged()).isTrue();
    assertThat(view.has(LldpView.SYSTEM_NAME)).isTrue();
    assertThat(view.has(LldpView.SYSTEM_DESCRIPTION)).isFalse();
  }

  @Test
  void refusesWhatDoesNotStartWithAChassisId() {
    assertThat(HeaderBytes.wrap(view::wrap, "0404 05 653235" + END)).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "0404 05 653235 0207 04 020000000001")).isFalse();
  }

  @Test
  void needsItsChassisId() {
    String unit = MANDATORY + NAME + CAPABILITIES + MANAGEMENT_V4 + END;
    HeaderBytes.assertNeeds(9, view::wrap, view::toString, unit);
  }
}
