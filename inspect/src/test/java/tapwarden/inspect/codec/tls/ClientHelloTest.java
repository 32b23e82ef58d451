package tapwarden.inspect.codec.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
  private static final int[] SUITES = {0x1301, 0x002F};

  private final ClientHello hello = new ClientHello();

  private boolean parse(byte[] body) {
    return hello.parse(MemorySegment.ofArray(body), 0, body.length);
  }

  private void parseWith(byte[]... extensions) {
    assertThat(parse(clientHello(SUITES, extensions(extensions)))).isTrue();
  }

  @Test
  void readsTheHelloOfRfc8448() {
    assertThat(parse(bodyOf(RFC_CLIENT_HELLO))).isTrue();
    assertThat(hello.isWhole()).isTrue();
    assertThat(hello.version()).isEqualTo(0x0303);
    assertThat(hello.offeredVersion()).isEqualTo(0x0304);
    assertThat(hello.randomOffset()).isEqualTo(2);
    assertThat(hello.sessionIdLength()).isZero();
    assertThat(hello.cipherCount()).isEqualTo(3);
    assertThat(hello.cipher(1)).isEqualTo(0x1303);
    assertThat(hello.compressionCount()).isEqualTo(1);
    assertThat(hello.serverName()).isEqualTo("server");
    assertThat(hello.groupCount()).isEqualTo(9);
    assertThat(hello.group(0)).isEqualTo(0x001D);
    assertThat(hello.signatureAlgorithmCount()).isEqualTo(15);
    assertThat(hello.signatureAlgorithm(14)).isEqualTo(0x0202);
    assertThat(hello.keyShareGroups()).containsExactly(0x001D);
    assertThat(hello.offersResumption()).isFalse();
    assertThat(hello.protocols()).isEmpty();
    List<Integer> types = new ArrayList<>();
    HelloExtensions cursor = hello.extensions(new HelloExtensions());
    while (cursor.next()) {
      types.add(cursor.type());
    }
    assertThat(types).containsExactly(0, 0xFF01, 10, 35, 51, 43, 13, 45, 28);
    assertThat(hello.extensionCount()).isEqualTo(9);
  }

  @Test
  void truncatedAtEveryByteItIsNotWholeAndKeepsWhatCameBefore() {
    byte[] body = bodyOf(RFC_CLIENT_HELLO);
    // Up to the end of the name: 2 + 32 + 1 + 2 + 6 + 2 + 2 + 4 + 11.
    int nameEnd = 62;
    for (int length = 0; length < body.length; length++) {
      boolean read = parse(Arrays.copyOf(body, length));
      if (read) {
        assertThat(hello.isWhole()).as("%d bytes", length).isEqualTo(length == 45);
        assertThat(hello.serverName()).isEqualTo(length >= nameEnd ? "server" : null);
      }
      assertThat(read).isEqualTo(length >= 37);
    }
  }

  @Test
  void bytesOfANameOutsidePrintableAsciiAreEscaped() {
    parseWith(serverName(hex("61 00 0a c3a9 2e 5c78")));
    assertThat(hello.serverName()).isEqualTo("a\\x00\\x0a\\xc3\\xa9.\\x5cx");
    assertThat(hello.serverNameLength()).isEqualTo(8);
  }

  @Test
  void anEmptyNameIsSeenAndIsNoName() {
    parseWith(serverName(new byte[0]));
    assertThat(hello.hasServerName()).isTrue();
    assertThat(hello.serverName()).isNull();
  }

  @Test
  void ofSeveralNamesTheFirstHostNameCounts() {
    parseWith(extension(0, hex("000b 01 0001 7a 00 0001 61 00 0000")));
    assertThat(hello.serverName()).isEqualTo("a");
    parseWith(serverName(new byte[] {'a'}), serverName(new byte[] {'b'}));
    assertThat(hello.serverName()).isEqualTo("a");
  }

  @Test
  void readsTheProtocolsOffered() {
    parseWith(extension(16, join(hex("000c 02 6832 08"), "http/1.1".getBytes(US_ASCII))));
    assertThat(hello.protocols()).containsExactly("h2", "http/1.1");
    assertThat(hello.firstProtocolLength()).isEqualTo(2);
    parseWith(alpn(new byte[0]));
    assertThat(hello.firstProtocolLength()).isZero();
  }

  @Test
  void seesWhatIsOfferedToTakeUpAndToHide() {
    parseWith(extension(35, new byte[20]), extension(42, new byte[0]), extension(41, new byte[9]));
    assertThat(hello.showsTicket()).isTrue();
    assertThat(hello.hasEarlyData()).isTrue();
    assertThat(hello.offersPreSharedKey()).isTrue();
    assertThat(hello.offersResumption()).isTrue();
    assertThat(hello.hasEncryptedHello()).isFalse();
    parseWith(serverName(new byte[] {'a'}), extension(0xFE0D, new byte[40]));
    assertThat(hello.hasEncryptedHello()).isTrue();
    assertThat(hello.offersResumption()).isFalse();
    // An inner hello's mark (RFC 9849): nothing is hidden in it any more.
    parseWith(extension(0xFE0D, new byte[] {1}));
    assertThat(hello.hasEncryptedHello()).isFalse();
  }

  @Test
  void theHighestVersionOfferedIsNotAReservedOne() {
    parseWith(numbers(43, 1, 0xFAFA, 0x0303, 0x0304, 0x0302));
    assertThat(hello.offeredVersion()).isEqualTo(0x0304);
    assertThat(hello.supportedVersionCount()).isEqualTo(4);
    parseWith(numbers(43, 1, 0x3A3A));
    assertThat(hello.offeredVersion()).isEqualTo(0x0303);
  }

  @Test
  void aHelloWithoutExtensionsIsWhole() {
    assertThat(parse(clientHello(SUITES, new byte[0]))).isTrue();
    assertThat(hello.isWhole()).isTrue();
    assertThat(hello.extensionCount()).isZero();
    assertThat(hello.hasServerName()).isFalse();
  }

  @Test
  void aListLongerThanItsExtensionIsCutAndTold() {
    parseWith(extension(10, hex("0008 001d 0017")));
    assertThat(hello.isWhole()).isFalse();
    assertThat(hello.groupCount()).isEqualTo(2);
  }

  @Test
  void theNameIsFoundBehindThousandsOfExtensions() {
    byte[][] many = new byte[9_001][];
    Arrays.fill(many, extension(0x7777, new byte[0]));
    many[9_000] = serverName(new byte[] {'z'});
    parseWith(many);
    assertThat(hello.serverName()).isEqualTo("z");
    assertThat(hello.extensionCount()).isEqualTo(9_001);
  }

  @Test
  void dtlsHasACookieAndOtherVersions() {
    byte[] body =
        join(
            hex("fefd"),
            new byte[32],
            hex("00 04 cafecafe 0002 c02b 01 00"),
            extensions(serverName(new byte[] {'d'})));
    assertThat(hello.parseDtls(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    assertThat(hello.serverName()).isEqualTo("d");
    assertThat(hello.cipher(0)).isEqualTo(0xC02B);
    assertThat(parse(body)).isFalse();
  }

  @Test
  void readsSsl2() {
    byte[] body = join(hex("0301 0006 0000 0010 00002f 010080"), new byte[16]);
    assertThat(hello.parseSsl2(MemorySegment.ofArray(body), 0, body.length)).isTrue();
    assertThat(hello.isSsl2()).isTrue();
    assertThat(hello.isWhole()).isTrue();
    assertThat(hello.version()).isEqualTo(0x0301);
    assertThat(hello.serverName()).isNull();
    body[3] = 5;
    assertThat(hello.parseSsl2(MemorySegment.ofArray(body), 0, body.length)).isFalse();
  }

  @Test
  void whatIsNoHelloIsRefused() {
    assertThat(parse(new byte[100])).isFalse();
    assertThat(parse(bodyOf(RFC_SERVER_HELLO))).isFalse();
    byte[] longSession = bodyOf(RFC_CLIENT_HELLO);
    longSession[34] = 33;
    assertThat(parse(longSession)).isFalse();
    byte[] oddSuites = bodyOf(RFC_CLIENT_HELLO);
    oddSuites[36] = 5;
    assertThat(parse(oddSuites)).isFalse();
  }

  @Test
  void readingAgainForgetsWhatWasBefore() {
    assertThat(parse(bodyOf(RFC_CLIENT_HELLO))).isTrue();
    assertThat(parse(clientHello(SUITES, new byte[0]))).isTrue();
    assertThat(hello.serverName()).isNull();
    assertThat(hello.groupCount()).isZero();
    assertThat(hello.keyShareGroups()).isEmpty();
    assertThat(hello.offeredVersion()).isEqualTo(0x0303);
  }
}
