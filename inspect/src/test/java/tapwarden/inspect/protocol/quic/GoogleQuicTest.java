package tapwarden.inspect.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.ChloPacket.message;
import static tapwarden.inspect.codec.quic.ChloPacket.stream;
import static tapwarden.inspect.codec.quic.Initials.hex;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.quic.ChloPacket;
import tapwarden.inspect.codec.quic.Initials;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;

class GoogleQuicTest {
  private static final byte[] CHLO =
      message("CHLO", "PAD", "-".repeat(900), "SNI", "r3.example.net", "UAID", "Chrome/80 Linux");
  private static final byte[] FULL_CHLO =
      message("CHLO", "PAD", "-".repeat(900), "SNI", "r3.example.net", "STK", "token");

  private final Talk talk = new Talk();

  @Test
  void readsBothHellosOfAClientInClear() {
    byte[] first = ChloPacket.longHeader("Q046", 1, stream(CHLO, 0, CHLO.length));
    assertThat(talk.recognise(true, first)).isEqualTo(Recognition.YES);
    assertThat(talk.client(first)).isTrue();
    JsonNode quic = talk.events().get(0).get("quic");
    assertThat(quic.get("version").asString()).isEqualTo("Q046");
    assertThat(quic.get("sni").asString()).isEqualTo("r3.example.net");
    assertThat(quic.get("ua").asString()).isEqualTo("Chrome/80 Linux");
    // printf '46,PAD-SNI-UAID' | md5sum
    assertThat(quic.get("cyu").toString())
        .isEqualTo(
            "[{\"hash\":\"bc252431df58411cd2ea00eba190964f\",\"string\":\"46,PAD-SNI-UAID\"}]");
    assertThat(talk.report.names).containsExactly("quic r3.example.net");
    assertThat(talk.report.traits).containsExactly("quic-user-agent CLIENT Chrome/80 Linux");

    byte[] both = Initials.join(CHLO, FULL_CHLO);
    talk.client(ChloPacket.longHeader("Q046", 2, stream(both, CHLO.length, both.length)));
    assertThat(talk.events()).hasSize(2);
    assertThat(talk.events().get(1).get("quic").get("cyu").get(0).get("string").asString())
        .isEqualTo("46,PAD-SNI-STK");
    talk.close();
    assertThat(talk.report.oddities).isEmpty();
  }

  @Test
  void putsAHelloOfTwoPacketsTogether() {
    talk.client(ChloPacket.publicHeader("Q043", 2, stream(CHLO, 500, CHLO.length)));
    talk.client(ChloPacket.publicHeader("Q043", 1, stream(CHLO, 0, 500)));
    assertThat(talk.report.names).containsExactly("quic r3.example.net");
    talk.close();
  }

  @Test
  void doubtsAHelloWhoseHashIsWrong() {
    byte[] packet = ChloPacket.publicHeader("Q043", 1, stream(CHLO, 0, CHLO.length));
    packet[packet.length - 1] ^= 1;
    assertThat(talk.recognise(true, packet)).isEqualTo(Recognition.LIKELY);
    talk.client(packet);
    assertThat(talk.report.oddities).containsExactly("packet_hash");
    assertThat(talk.report.names).containsExactly("quic r3.example.net");
    talk.close();
  }

  @Test
  void putsNothingTogetherOfPacketsWhoseHashIsWrong() {
    byte[] decoy = ChloPacket.publicHeader("Q043", 1, stream(CHLO, 0, 500));
    decoy[decoy.length - 1] ^= 1;
    talk.client(decoy);
    talk.client(ChloPacket.publicHeader("Q043", 2, stream(CHLO, 500, CHLO.length)));
    assertThat(talk.report.names).isEmpty();
    talk.close();
    assertThat(talk.events().get(0).get("quic").toString()).isEqualTo("{\"version\":\"Q043\"}");
  }

  /** Q050 protects its first packets with a salt of its own. */
  @Test
  void readsAHelloThatIsProtected() {
    byte[] salt = hex("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45");
    byte[] frames =
        Initials.join(
            new byte[] {8, 0, (byte) (0x40 | CHLO.length >>> 8), (byte) CHLO.length}, CHLO);
    byte[] packet =
        Initials.initial(0x51303530, salt, Initials.ID, "client in", Initials.ID, 1, frames, 1_200);
    assertThat(talk.recognise(true, packet)).isEqualTo(Recognition.YES);
    talk.client(packet);
    assertThat(talk.report.names).containsExactly("quic r3.example.net");
    assertThat(talk.events().get(0).get("quic").get("version").asString()).isEqualTo("Q050");
    talk.close();
  }
}
