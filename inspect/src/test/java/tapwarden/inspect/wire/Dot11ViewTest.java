package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dot11ViewTest {
  private static final String A1 = "020000000001";
  private static final String A2 = "020000000002";
  private static final String A3 = "020000000003";
  private static final String A4 = "020000000004";
  private static final String LLC = "aaaa03000000 0800";

  private final Dot11View view = new Dot11View();

  @Test
  void readsADataFrameToTheDistributionSystem() {
    assertThat(HeaderBytes.wrap(view::wrap, "0801 2c00" + A1 + A2 + A3 + "5012" + LLC)).isTrue();
    assertThat(view.type()).isEqualTo(Dot11View.DATA);
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.bssid()).isEqualTo(0x020000000001L);
    assertThat(view.source()).isEqualTo(0x020000000002L);
    assertThat(view.destination()).isEqualTo(0x020000000003L);
    assertThat(view.duration()).isEqualTo(44);
    assertThat(view.sequenceNumber()).isEqualTo(0x125);
    assertThat(view.fragmentNumber()).isZero();
    assertThat(view.carriesLlc()).isTrue();
  }

  @Test
  void readsAQosFrameFromTheDistributionSystem() {
    assertThat(HeaderBytes.wrap(view::wrap, "8802 0000" + A1 + A2 + A3 + "0000 0600")).isTrue();
    assertThat(view.headerLength()).isEqualTo(26);
    assertThat(view.isQos()).isTrue();
    assertThat(view.qosControl()).isEqualTo(6);
    assertThat(view.destination()).isEqualTo(0x020000000001L);
    assertThat(view.bssid()).isEqualTo(0x020000000002L);
    assertThat(view.source()).isEqualTo(0x020000000003L);
    assertThat(view.carriesLlc()).isTrue();
  }

  @Test
  void readsFourAddressesQosAndHtControl() {
    String wds = "8883 0000" + A1 + A2 + A3 + "0000" + A4 + "0000 11223344";
    assertThat(HeaderBytes.wrap(view::wrap, wds)).isTrue();
    assertThat(view.hasFourAddresses()).isTrue();
    assertThat(view.hasHtControl()).isTrue();
    assertThat(view.headerLength()).isEqualTo(36);
    assertThat(view.receiver()).isEqualTo(0x020000000001L);
    assertThat(view.transmitter()).isEqualTo(0x020000000002L);
    assertThat(view.destination()).isEqualTo(0x020000000003L);
    assertThat(view.source()).isEqualTo(0x020000000004L);
    assertThat(view.bssid()).isEqualTo(Dot11View.NO_ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "0841, 0000, protected",
    "4801, 0000, null function",
    "0801, 0100, second fragment",
    "c801, 0000, QoS null",
  })
  void seesNoLlcIn(String control, String sequence, String why) {
    String frame = control + "0000" + A1 + A2 + A3 + sequence + "0000" + LLC;
    assertThat(HeaderBytes.wrap(view::wrap, frame)).isTrue();
    assertThat(view.carriesLlc()).as(why).isFalse();
  }

  @Test
  void seesNoLlcInAnAggregate() {
    assertThat(HeaderBytes.wrap(view::wrap, "8801 0000" + A1 + A2 + A3 + "0000 8000")).isTrue();
    assertThat(view.isAmsdu()).isTrue();
    assertThat(view.carriesLlc()).isFalse();
  }

  @Test
  void readsABeacon() {
    String beacon = "8000 0000 ffffffffffff" + A2 + A2 + "f0ff";
    assertThat(HeaderBytes.wrap(view::wrap, beacon)).isTrue();
    assertThat(view.type()).isEqualTo(Dot11View.MANAGEMENT);
    assertThat(view.subtype()).isEqualTo(8);
    assertThat(view.destination()).isEqualTo(0xFFFFFFFFFFFFL);
    assertThat(view.bssid()).isEqualTo(0x020000000002L);
    assertThat(view.sequenceNumber()).isEqualTo(4095);
    assertThat(view.headerLength()).isEqualTo(24);
    assertThat(view.carriesLlc()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "d400, 10, false", // ACK
    "c400, 10, false", // CTS
    "b400, 16, true", // RTS
    "a400, 16, true", // PS-Poll
    "9400, 16, true", // block ACK
    "e400, 16, true", // CF-End
  })
  void knowsTheLengthOfControlFrames(String control, int length, boolean transmitter) {
    assertThat(HeaderBytes.wrap(view::wrap, control + "0000" + A1 + A2)).isTrue();
    assertThat(view.type()).isEqualTo(Dot11View.CONTROL);
    assertThat(view.headerLength()).isEqualTo(length);
    assertThat(view.transmitter() != Dot11View.NO_ADDRESS).isEqualTo(transmitter);
    assertThat(view.sequenceNumber()).isEqualTo(-1);
  }

  @Test
  void readsASwappedFrameControl() {
    byte[] swapped = HeaderBytes.bytes("0188 0000" + A1 + A2 + A3 + "0000 0000" + LLC);
    MemorySegment segment = MemorySegment.ofArray(swapped);
    assertThat(Dot11View.looksSwapped(segment, 0, swapped.length)).isTrue();
    assertThat(view.wrap(segment, 0, swapped.length, true)).isTrue();
    assertThat(view.isQos()).isTrue();
    assertThat(view.isToDs()).isTrue();
    byte[] right = HeaderBytes.bytes("8801");
    assertThat(Dot11View.looksSwapped(MemorySegment.ofArray(right), 0, 2)).isFalse();
  }

  @Test
  void refusesOtherProtocolVersions() {
    assertThat(HeaderBytes.wrap(view::wrap, "0901 0000" + A1 + A2 + A3 + "0000")).isFalse();
  }

  @Test
  void needsTheWholeHeader() {
    String wds = "8883 0000" + A1 + A2 + A3 + "0000" + A4 + "0000 11223344";
    HeaderBytes.assertNeeds(36, view::wrap, view::toString, wds + LLC);
    HeaderBytes.assertNeeds(10, view::wrap, view::toString, "d400 0000" + A1 + "00000000");
  }
}
