package tapwarden.inspect.codec.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.tls.Wire.RFC_CLIENT_HELLO;
import static tapwarden.inspect.codec.tls.Wire.RFC_SERVER_HELLO;
import static tapwarden.inspect.codec.tls.Wire.alpn;
import static tapwarden.inspect.codec.tls.Wire.bodyOf;
import static tapwarden.inspect.codec.tls.Wire.clientHello;
import static tapwarden.inspect.codec.tls.Wire.extension;
import static tapwarden.inspect.codec.tls.Wire.extensions;
import static tapwarden.inspect.codec.tls.Wire.hex;
import static tapwarden.inspect.codec.tls.Wire.join;
import static tapwarden.inspect.codec.tls.Wire.numbers;
import static tapwarden.inspect.codec.tls.Wire.serverName;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JA3, JA3S and JA4 against published values, and against hashes that OpenSSL computes. */
class FingerprintTest {
  private final ClientHello hello = new ClientHello();
  private final ServerHello server = new ServerHello();
  private final Ja3 ja3 = new Ja3();
  private final Ja4 ja4 = new Ja4();

  private ClientHello client(byte[] body) {
    assertThat(hello.parse(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    return hello;
  }

  /** The hello of the JA4 specification's example, with GREASE where Chrome puts it. */
  private static byte[] example() {
    int[] suites = {
      0x0A0A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013,
      0xC014, 0x009C, 0x009D, 0x002F, 0x0035
    };
    return clientHello(
        suites,
        extensions(
            extension(0x1A1A, new byte[0]),
            extension(0x001B, hex("020002")),
            serverName("example.org".getBytes(UTF_8)),
            extension(0x0033, hex("0000")),
            extension(16, hex("000c 02 6832 08 687474702f312e31")),
            extension(0x4469, hex("0003026832")),
            extension(0x0017, new byte[0]),
            extension(0x002D, hex("0101")),
            numbers(0x000D, 2, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601),
            extension(0x0005, hex("0100000000")),
            extension(0x0023, new byte[0]),
            extension(0x0012, new byte[0]),
            numbers(0x002B, 1, 0x2A2A, 0x0304, 0x0303),
            extension(0xFF01, new byte[1]),
            extension(0x000B, hex("0100")),
            numbers(0x000A, 2, 0x3A3A, 0x001D, 0x0017, 0x0018),
            extension(0x0015, new byte[9]),
            extension(0xFAFA, new byte[1])));
  }

  @Test
  void ja4IsTheSpecificationsExample() {
    assertThat(ja4.of(client(example()), Ja4.Transport.TCP))
        .isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
    assertThat(ja4.of(hello, Ja4.Transport.QUIC)).startsWith("q13d1516h2_");
  }

  @Test
  void ja3LeavesReservedValuesOut() {
    // MD5 of the text by openssl.
    assertThat(ja3.of(client(example())))
        .isEqualTo(
            new Fingerprint(
                "771,4865-4866-4867-49195-49199-49196-49200-52393-52392-49171-49172-156-157-47-53,"
                    + "27-0-51-16-17513-23-45-13-5-35-18-43-65281-11-10-21,29-23-24,0",
                "c000e2caf3a25423f9de6c8a4b12a975"));
  }

  @Test
  void theHelloOfRfc8448HasTheFingerprintsThatItsNumbersGive() {
    assertThat(ja3.of(client(bodyOf(RFC_CLIENT_HELLO))))
        .isEqualTo(
            new Fingerprint(
                "771,4865-4867-4866,0-65281-10-35-51-43-13-45-28,29-23-24-25-256-257-258-259-260,",
                "da4dea34fe6d4ce5f0725df3f2682fa0"));
    byte[] body = bodyOf(RFC_SERVER_HELLO);
    assertThat(server.parse(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    assertThat(ja3.of(server))
        .isEqualTo(new Fingerprint("771,4865,51-43", "eb1d94daa7e0344597e756a1fb6e7054"));
  }

  @Test
  void withoutExtensionsTheFieldsStayEmpty() {
    // Both as in Arkime's expected output for its synthetic capture.
    assertThat(ja3.of(client(clientHello(new int[] {4865, 4866}, new byte[0]))))
        .isEqualTo(new Fingerprint("771,4865-4866,,,", "3d406cfeb27540a8d99cecd58f281004"));
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).isEqualTo("t12i020000_62ed6f6ca7ad_000000000000");
  }

  @Test
  void withTheNameAloneThereIsNothingToHash() {
    client(clientHello(new int[] {4865, 4866}, extensions(serverName(new byte[] {'a'}))));
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).isEqualTo("t12d020100_62ed6f6ca7ad_000000000000");
  }

  /** The examples of the specification, section "ALPN Extension Value". */
  @ParameterizedTest
  @CsvSource({
    "6832, h2",
    "687474702f312e31, h1",
    "68, hh",
    "ab, ab",
    "abcd, ad",
    "30ab, 3b",
    "3031abcd, 3d",
    "30abcd31, 01",
    "'', 00"
  })
  void theProtocolIsItsFirstAndLastCharacter(String name, String expected) {
    client(clientHello(new int[] {4865}, extensions(alpn(hex(name)))));
    assertThat(ja4.of(hello, Ja4.Transport.TCP).substring(8, 10)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"fefc, d3", "fefd, d2", "feff, d1", "0100, 00"})
  void dtlsHasVersionsOfItsOwn(String version, String expected) {
    byte[] body = join(hex(version), new byte[32], hex("00 00 0002 c02b 01 00"));
    assertThat(hello.parseDtls(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    assertThat(ja4.of(hello, Ja4.Transport.DTLS)).startsWith("d" + expected + "i0100");
  }

  @Test
  void countsEndAt99() {
    byte[][] many = new byte[120][];
    for (int i = 0; i < many.length; i++) {
      many[i] = extension(0x100 + i, new byte[0]);
    }
    client(clientHello(new int[150], extensions(many)));
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).startsWith("t12i9999");
  }

  @Test
  void aHelloWithMoreThanTheLimitHasNone() {
    client(clientHello(new int[Ja4.MOST_VALUES + 1], new byte[0]));
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).isNull();
    int[] suites = new int[Ja3.MOST_TEXT / 3];
    Arrays.fill(suites, 0xFFFF);
    assertThat(ja3.of(client(clientHello(suites, new byte[0])))).isNull();
    client(example());
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).isNotNull();
    assertThat(ja3.of(hello)).isNotNull();
  }

  @Test
  void ssl2HasNone() {
    byte[] body = join(hex("0301 0003 0000 0010 00002f"), new byte[16]);
    assertThat(hello.parseSsl2(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    assertThat(ja3.of(hello)).isNull();
    assertThat(ja4.of(hello, Ja4.Transport.TCP)).isNull();
  }
}
