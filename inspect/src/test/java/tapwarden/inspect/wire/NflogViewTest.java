package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NflogViewTest {
  /** Group 5; IPv4 at hook 1; prefix of one NUL, padded; payload of 6 bytes, padded. */
  private static final String LITTLE_ENDIAN =
      "02 00 0005 0800 0100 0800 01 00 0500 0a00 00 000000 0a00 0900 450000140000 0000";

  private final NflogView view = new NflogView();

  @Test
  void findsThePayloadAmongTheAttributes() {
    assertThat(HeaderBytes.wrap(view::wrap, LITTLE_ENDIAN)).isTrue();
    assertThat(view.family()).isEqualTo(NflogView.AF_INET);
    assertThat(view.resourceId()).isEqualTo(5);
    assertThat(view.hardwareProtocol()).isEqualTo(EtherType.IPV4);
    assertThat(view.hook()).isEqualTo(1);
    assertThat(view.headerLength()).isEqualTo(4 + 8 + 8 + 4);
    assertThat(view.payloadLength()).isEqualTo(6);
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV4);
    assertThat(view.isDamaged()).isFalse();
  }

  @Test
  void readsTheAttributesOfABigEndianMachine() {
    String bigEndian = "0a 00 0000 0008 0001 86dd 03 00 0008 0009 60000000";
    assertThat(HeaderBytes.wrap(view::wrap, bigEndian)).isTrue();
    assertThat(view.headerLength()).isEqualTo(16);
    assertThat(view.payloadLength()).isEqualTo(4);
    assertThat(view.payloadType()).isEqualTo(EtherType.IPV6);
  }

  @Test
  void takesTheTypeFromThePacketHeaderWhereTheFamilyDoesNotTell() {
    assertThat(HeaderBytes.wrap(view::wrap, "07 00 0000 0800 0100 0806 00 00 0800 0900 00010800"))
        .isTrue();
    assertThat(view.payloadType()).isEqualTo(EtherType.ARP);
  }

  @Test
  void keepsAPayloadThatTheSnapshotLengthCut() {
    assertThat(HeaderBytes.wrap(view::wrap, "02 00 0005 ff00 0900 450000")).isTrue();
    assertThat(view.headerLength()).isEqualTo(8);
    assertThat(view.payloadLength()).isEqualTo(3);
  }

  @Test
  void refusesOtherVersionsAndAMissingPayload() {
    assertThat(HeaderBytes.wrap(view::wrap, "02 01 0005 0800 0900 45000014")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "02 00 0005 0800 0100 0800 01 00")).isFalse();
    assertThat(HeaderBytes.wrap(view::wrap, "02 00 0005 0300 0900 45000014")).isFalse();
  }

  @Test
  void needsTheHeaderOfThePayload() {
    HeaderBytes.assertNeeds(24, view::wrap, view::toString, LITTLE_ENDIAN);
  }
}
