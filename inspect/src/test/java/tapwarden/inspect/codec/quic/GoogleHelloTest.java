package tapwarden.inspect.codec.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class GoogleHelloTest {
  private static final byte[] MESSAGE =
      ChloPacket.message("CHLO", "PAD", "----", "SNI", "dns.google", "VER", "Q046", "UAID", "x y");

  private final GoogleHello hello = new GoogleHello();

  @Test
  void readsNameAgentAndFingerprint() {
    assertThat(GoogleHello.messageLength(MESSAGE, 0, MESSAGE.length)).isEqualTo(MESSAGE.length);
    assertThat(hello.parse(MESSAGE, 0)).isTrue();
    int name = hello.find(GoogleHello.SERVER_NAME);
    assertThat(new String(MESSAGE, hello.valueAt(name), hello.valueLength(name), US_ASCII))
        .isEqualTo("dns.google");
    int agent = hello.find(GoogleHello.USER_AGENT);
    assertThat(new String(MESSAGE, hello.valueAt(agent), hello.valueLength(agent), US_ASCII))
        .isEqualTo("x y");
    assertThat(hello.fingerprint(0x51303436).text()).isEqualTo("46,PAD-SNI-VER-UAID");
    // printf '46,PAD-SNI-VER-UAID' | md5sum
    assertThat(hello.fingerprint(0x51303436).hash()).isEqualTo("3b5da1d3b922a93f684efa94b4b090dc");
  }

  @Test
  void saysTheLengthOnceTheTableIsThere() {
    for (int length = 0; length < MESSAGE.length; length++) {
      assertThat(GoogleHello.messageLength(MESSAGE, 0, length))
          .isEqualTo(length < 8 + 4 * 8 ? 0 : MESSAGE.length);
    }
  }

  @Test
  void refusesWhatIsNoHello() {
    byte[] other = ChloPacket.message("REJ", "STK", "x");
    assertThat(GoogleHello.messageLength(other, 0, other.length)).isEqualTo(-1);
    byte[] many = MESSAGE.clone();
    many[4] = (byte) 129;
    assertThat(GoogleHello.messageLength(many, 0, many.length)).isEqualTo(-1);
    byte[] none = MESSAGE.clone();
    none[4] = 0;
    assertThat(GoogleHello.messageLength(none, 0, none.length)).isEqualTo(-1);
    byte[] endless = MESSAGE.clone();
    endless[8 + 4 * 8 - 1] = (byte) 0x7F;
    assertThat(GoogleHello.messageLength(endless, 0, endless.length)).isEqualTo(-1);
    byte[] backwards = MESSAGE.clone();
    backwards[8 + 8 + 4] = 1;
    assertThat(hello.parse(backwards, 0)).isFalse();
  }

  @Test
  void knowsPacketsInClearByTheirHash() {
    ClearPacket packet = new ClearPacket();
    byte[][] packets = {
      ChloPacket.publicHeader("Q035", 1, MESSAGE),
      ChloPacket.publicHeader("Q043", 1, MESSAGE),
      ChloPacket.longHeader("Q046", 1, MESSAGE)
    };
    for (byte[] bytes : packets) {
      assertThat(packet.parse(MemorySegment.ofArray(bytes), 0, bytes.length)).isTrue();
      assertThat(packet.isClear(true)).isTrue();
      bytes[bytes.length - 1] ^= 1;
      assertThat(packet.isClear(true)).isFalse();
    }
  }
}
