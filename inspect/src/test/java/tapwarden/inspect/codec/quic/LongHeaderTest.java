package tapwarden.inspect.codec.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;
import static tapwarden.inspect.codec.quic.Initials.join;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class LongHeaderTest {
  private final LongHeader header = new LongHeader();

  private boolean parse(byte[] datagram) {
    return header.parse(MemorySegment.ofArray(datagram), 0, datagram.length);
  }

  @Test
  void readsAnInitialPacketOfVersion1() {
    assertThat(parse(Initials.clientV1())).isTrue();
    assertThat(header.type()).isEqualTo(LongHeader.Type.INITIAL);
    assertThat(header.version()).isEqualTo(1);
    assertThat(header.destinationIdLength()).isEqualTo(8);
    assertThat(header.destinationId()).isEqualTo(6);
    assertThat(header.sourceIdLength()).isZero();
    assertThat(header.payload()).isEqualTo(18);
    assertThat(header.end()).isEqualTo(1_200);
    assertThat(header.isFixed()).isTrue();
  }

  /** RFC 9369 §3.2 numbers the types otherwise. */
  @Test
  void readsTheTypesOfVersion2() {
    assertThat(parse(Initials.clientV2())).isTrue();
    assertThat(header.type()).isEqualTo(LongHeader.Type.INITIAL);
    assertThat(parse(Initials.RETRY_V2)).isTrue();
    assertThat(header.type()).isEqualTo(LongHeader.Type.RETRY);
    assertThat(parse(Initials.RETRY_V1)).isTrue();
    assertThat(header.type()).isEqualTo(LongHeader.Type.RETRY);
    assertThat(header.sourceIdLength()).isEqualTo(8);
  }

  @Test
  void endsAPacketWhereTheNextBegins() {
    byte[] two = join(Initials.SERVER_V1, Initials.SERVER_V1);
    assertThat(parse(two)).isTrue();
    assertThat(header.end()).isEqualTo(Initials.SERVER_V1.length);
    assertThat(header.parse(MemorySegment.ofArray(two), header.end(), two.length)).isTrue();
    assertThat(header.end()).isEqualTo(two.length);
  }

  /** As Wireshark reads tcpdump's quic_vn.pcap, second packet: 1 and 0x1a2a3a4a are offered. */
  @Test
  void readsTheVersionsOfANegotiation() {
    assertThat(parse(hex("80 00000000 00 08 9d5728481287a3b4 00000001 1a2a3a4a"))).isTrue();
    assertThat(header.type()).isEqualTo(LongHeader.Type.VERSION_NEGOTIATION);
    assertThat(header.versionCount()).isEqualTo(2);
    assertThat(header.offeredVersion(0)).isEqualTo(1);
    assertThat(header.offeredVersion(1)).isEqualTo(0x1A2A3A4A);
    assertThat(header.offersKnownVersion()).isTrue();
    assertThat(parse(hex("80 00000000 00 00 000000"))).isFalse();
  }

  @Test
  void refusesAPacketThatIsCutAnywhere() {
    byte[] packet = Initials.clientV1();
    for (int length = 0; length < packet.length; length++) {
      assertThat(header.parse(MemorySegment.ofArray(packet), 0, length)).isFalse();
      assertThat(header.hasIds()).isEqualTo(length > 15);
    }
  }

  @Test
  void refusesIdentifiersLongerThan20() {
    byte[] packet = Initials.clientV1();
    packet[5] = 21;
    assertThat(parse(packet)).isFalse();
    assertThat(header.hasIds()).isFalse();
    packet[5] = 8;
    packet[14] = 21;
    assertThat(parse(packet)).isFalse();
  }

  @Test
  void refusesAShortHeader() {
    byte[] packet = Initials.clientV1();
    packet[0] &= 0x7F;
    assertThat(parse(packet)).isFalse();
  }

  @Test
  void refusesATokenLongerThanTheDatagram() {
    byte[] packet = Initials.clientV1();
    packet[15] = 0x7F;
    packet[16] = (byte) 0xFF;
    assertThat(parse(packet)).isFalse();
  }
}
