package tapwarden.inspect.codec.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.tls.Wire.RFC_SERVER_HELLO;
import static tapwarden.inspect.codec.tls.Wire.alpn;
import static tapwarden.inspect.codec.tls.Wire.bodyOf;
import static tapwarden.inspect.codec.tls.Wire.extension;
import static tapwarden.inspect.codec.tls.Wire.extensions;
import static tapwarden.inspect.codec.tls.Wire.hex;
import static tapwarden.inspect.codec.tls.Wire.join;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServerHelloTest {
  private static final byte[] SESSION = hex("0102030405060708");

  private final ServerHello hello = new ServerHello();

  private boolean parse(byte[] body) {
    return hello.parse(MemorySegment.ofArray(body), 0, body.length);
  }

  private static byte[] tls12(byte[]... extensions) {
    return join(
        hex("0303"), new byte[32], hex("08"), SESSION, hex("c02f 00"), extensions(extensions));
  }

  @Test
  void readsTheHelloOfRfc8448() {
    assertThat(parse(bodyOf(RFC_SERVER_HELLO))).isTrue();
    assertThat(hello.isWhole()).isTrue();
    assertThat(hello.version()).isEqualTo(0x0303);
    assertThat(hello.selectedVersion()).isEqualTo(0x0304);
    assertThat(hello.cipher()).isEqualTo(0x1301);
    assertThat(hello.keyShareGroup()).isEqualTo(0x001D);
    assertThat(hello.extensionCount()).isEqualTo(2);
    assertThat(hello.isRetryRequest()).isFalse();
  }

  @Test
  void truncatedAtEveryByteItIsNotWhole() {
    byte[] body = bodyOf(RFC_SERVER_HELLO);
    for (int length = 0; length < body.length; length++) {
      boolean read = parse(Arrays.copyOf(body, length));
      assertThat(read).as("%d bytes", length).isEqualTo(length >= 38);
      if (read) {
        assertThat(hello.isWhole()).isEqualTo(length == 38);
        assertThat(hello.cipher()).isEqualTo(0x1301);
      }
    }
  }

  @Test
  void aRetryIsToldByItsRandomBytes() {
    byte[] body =
        join(
            hex("0303"),
            hex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"),
            hex("00 1301 00"),
            extensions(extension(43, hex("0304")), extension(51, hex("0017"))));
    assertThat(parse(body)).isTrue();
    assertThat(hello.isRetryRequest()).isTrue();
    assertThat(hello.keyShareGroup()).isEqualTo(0x0017);
    body[20] ^= 1;
    assertThat(parse(body)).isTrue();
    assertThat(hello.isRetryRequest()).isFalse();
  }

  @Test
  void anEchoedSessionIsTakenUp() {
    assertThat(parse(tls12(alpn(new byte[] {'h', '2'}), extension(35, new byte[0])))).isTrue();
    assertThat(hello.protocol()).isEqualTo("h2");
    assertThat(hello.announcesTicket()).isTrue();
    assertThat(hello.echoes(SESSION)).isTrue();
    assertThat(hello.echoes(new byte[8])).isFalse();
    assertThat(hello.echoes(new byte[0])).isFalse();
  }

  @Test
  void aTakenKeyIsSeen() {
    assertThat(parse(tls12(extension(41, hex("0000"))))).isTrue();
    assertThat(hello.tookPreSharedKey()).isTrue();
    assertThat(parse(tls12())).isTrue();
    assertThat(hello.tookPreSharedKey()).isFalse();
    assertThat(hello.protocol()).isNull();
  }

  @Test
  void draftsBefore22HaveNoSession() {
    byte[] body =
        join(hex("7f12"), new byte[32], hex("1301"), extensions(extension(40, hex("001d"))));
    assertThat(parse(body)).isTrue();
    assertThat(hello.cipher()).isEqualTo(0x1301);
    assertThat(hello.keyShareGroup()).isEqualTo(0x001D);
    assertThat(TlsVersion.name(hello.selectedVersion())).isEqualTo("TLS 1.3 draft-18");
  }

  @Test
  void whatIsNoHelloIsRefused() {
    assertThat(parse(new byte[80])).isFalse();
    byte[] longSession = tls12();
    longSession[34] = 33;
    assertThat(parse(longSession)).isFalse();
  }
}
