package tapwarden.inspect.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.hex;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.quic.Initials;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.stream.StreamMemory;

class QuicProtocolTest {
  private final Talk talk = new Talk();

  private Recognition client(byte[] datagram) {
    return talk.recognise(true, datagram);
  }

  private Recognition server(byte[] datagram) {
    return talk.recognise(false, datagram);
  }

  @Test
  void isSureOfAClientsFirstPacket() {
    assertThat(client(Initials.clientV1())).isEqualTo(Recognition.YES);
    assertThat(client(Initials.clientV2())).isEqualTo(Recognition.YES);
  }

  @Test
  void takesAServersFirstPacketForLikely() {
    assertThat(server(Initials.SERVER_V1)).isEqualTo(Recognition.LIKELY);
    assertThat(server(Initials.SERVER_V2)).isEqualTo(Recognition.LIKELY);
    assertThat(server(Initials.RETRY_V1)).isEqualTo(Recognition.LIKELY);
    assertThat(server(hex("80 00000000 00 08 8394c8f03e515708 00000001 1a2a3a4a")))
        .isEqualTo(Recognition.LIKELY);
  }

  @Test
  void takesAFirstPacketThatWasCapturedInPartForLikely() {
    byte[] cut = java.util.Arrays.copyOf(Initials.clientV1(), 86);
    assertThat(client(cut)).isEqualTo(Recognition.LIKELY);
  }

  @Test
  void refusesAnUnknownVersionThatDoesNotOpen() {
    byte[] packet = Initials.clientV1();
    packet[4] = 9;
    assertThat(client(packet)).isEqualTo(Recognition.NO);
  }

  @Test
  void refusesANegotiationOfVersionsThatNobodyKnows() {
    assertThat(server(hex("80 00000000 00 08 8394c8f03e515708 00000002 1a2a3a4a")))
        .isEqualTo(Recognition.NO);
  }

  @Test
  void refusesShortHeaders() {
    assertThat(client(hex("41 0102030405060708 00112233445566778899aabbccddeeff0011")))
        .isEqualTo(Recognition.NO);
  }

  /** Records of RFC 9147's and RFC 6347's form, a STUN binding request, RTP, DNS, NTP, SIP. */
  @Test
  void refusesWhatElseIsMetOnItsPort() {
    String[] others = {
      "16 fefd 0000 000000000000 0061 01 000055 0000 000000 000055 fefd" + "00".repeat(83),
      "17 fefd 0001 000000000001 0020" + "ab".repeat(32),
      "0001 0000 2112a442 000102030405060708090a0b",
      "80 60 1234 00000001 deadbeef" + "11".repeat(160),
      "80 00 0000 00000000 deadbeef" + "11".repeat(160),
      "80 00 0000 01000000 01020304" + "11".repeat(160),
      "c000 0100 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001",
      "c000 0000 0001 0000 0000 0000 07 6578616d706c65 03 636f6d 00 0001 0001",
      "e3 00 06 ec 0000 0000 0000 0000" + "00".repeat(36),
      "4f5054494f4e53207369703a61406220534950",
      "ff534d42 72 00000000 18 01280000",
      "c0 00 00 00 01",
      ""
    };
    for (String other : others) {
      assertThat(client(hex(other))).as(other).isEqualTo(Recognition.NO);
      assertThat(server(hex(other))).as(other).isEqualTo(Recognition.NO);
    }
  }

  @Test
  void refusesStreams() {
    QuicProtocol protocol =
        new QuicProtocol(new ProtocolContext(new StreamMemory(0), new CounterBlock()));
    byte[] packet = Initials.clientV1();
    Opening opening = new Opening().flow(true, 1, 443);
    opening.bytes(true, MemorySegment.ofArray(packet), 0, packet.length);
    assertThat(protocol.recognise(opening)).isEqualTo(Recognition.NO);
  }
}
