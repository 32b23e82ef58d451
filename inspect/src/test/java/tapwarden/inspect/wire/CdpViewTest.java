package tapwarden.inspect.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CdpViewTest {
  private static final String FIXED = "02 b4 abcd";
  private static final String DEVICE = "0001 0006 7231";
  private static final String ADDRESSES = "0002 0011 00000001 01 01 cc 0004 c0000201";
  private static final String MANAGEMENT = "0016 0011 00000001 01 01 cc 0004 c0000207";
  private static final String VLAN = "000a 0006 0064";

  private final CdpView view = new CdpView();

  @Test
  void readsTheFixedPartAndTheDeviceId() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + DEVICE + VLAN)).isTrue();
    assertThat(view.version()).isEqualTo(2);
    assertThat(view.timeToLiveSeconds()).isEqualTo(180);
    assertThat(view.checksum()).isEqualTo(0xABCD);
    byte[] device = new byte[2];
    assertThat(view.copyValue(CdpView.DEVICE_ID, device)).isEqualTo(2);
    assertThat(new String(device, US_ASCII)).isEqualTo("r1");
    assertThat(view.nativeVlan()).isEqualTo(100);
    assertThat(view.capabilities()).isEqualTo(-1);
    assertThat(view.managementIpVersion()).isZero();
    assertThat(view.headerLength()).isEqualTo(16);
  }

  @Test
  void prefersTheManagementAddress() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + ADDRESSES)).isTrue();
    assertThat(IpAddress.v4((int) view.managementLow())).hasToString("192.0.2.1");
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + ADDRESSES + MANAGEMENT)).isTrue();
    assertThat(view.managementIpVersion()).isEqualTo(4);
    assertThat(IpAddress.v4((int) view.managementLow())).hasToString("192.0.2.7");
  }

  @Test
  void findsAnIpv6AddressBehindOneOfAnotherProtocol() {
    String records = "00000002 01 01 81 0003 490001 02 08 aaaa0300000086dd 0010";
    String address = "20010db8000000000000000000000009";
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + "0002 002c" + records + address)).isTrue();
    assertThat(view.managementIpVersion()).isEqualTo(6);
    assertThat(new IpAddress(6, view.managementHigh(), view.managementLow()))
        .hasToString("2001:db8::9");
  }

  @Test
  void readsTheCapabilities() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + "0004 0008 00000029")).isTrue();
    assertThat(view.capabilities()).isEqualTo(0x29);
  }

  @Test
  void keepsWhatStandsBeforeADamagedElement() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + DEVICE + "0005 00ff 41")).isTrue();
    assertThat(view.isDamaged()).isTrue();
    assertThat(view.has(CdpView.DEVICE_ID)).isTrue();
  }

  @Test
  void stopsAtALengthBelowItsOwnHeader() {
    assertThat(HeaderBytes.wrap(view::wrap, FIXED + "0001 0003 7231")).isTrue();
    assertThat(view.isDamaged()).isTrue();
    assertThat(view.has(CdpView.DEVICE_ID)).isFalse();
  }

  @Test
  void refusesOtherVersions() {
    assertThat(HeaderBytes.wrap(view::wrap, "00 b4 abcd")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "03 b4 abcd")).isFalse();
  }

  @Test
  void needsItsFixedPart() {
    String message = FIXED + DEVICE + ADDRESSES + MANAGEMENT + VLAN;
    HeaderBytes.assertNeeds(4, view::wrap, view::toString, message);
  }
}
