package tapwarden.inspect.protocol.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TlsConnectionTest {
  /** RFC 8448 §3: the record with the ClientHello of the simple 1-RTT handshake. */
  private static final byte[] HELLO =
      HexFormat.of()
          .parseHex(
              "16030100c4"
                  + "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef"
                  + "6283024dece7000006130113031302010000910000000b000900000673657276"
                  + "6572ff01000100000a00140012001d0017001800190100010101020103010400"
                  + "230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e"
                  + "51c13cae4d5413691e529aaf2c002b0003020304000d0020001e040305030603"
                  + "020308040805080604010501060102010402050206020202002d00020101001c"
                  + "00024001");

  /** RFC 8446 §4.1.3 and §4.1.4: a ServerHello of that random, of TLS 1.3 with group 23. */
  private static final byte[] RETRY =
      HexFormat.of()
          .parseHex(
              "1603030038"
                  + "020000340303"
                  + "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
                  + "00130100"
                  + "000c002b00020304003300020017");

  private final RecordingReport report = new RecordingReport();
  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final TlsConnection connection = new TlsConnection(new TlsReaders(), memory);

  private JsonNode told() {
    connection.close(report);
    assertThat(report.events).hasSize(1);
    assertThat(memory.usedBytes()).isZero();
    return JsonMapper.shared().readTree(report.events.getFirst()).get("tls");
  }

  private boolean clientSays(byte[] bytes) {
    return connection.data(report, true, MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  @Test
  void whatCameBeforeTheFirstRecordIsNoGapInIt() {
    assertThat(connection.gap(report, true, 12)).isTrue();
    assertThat(connection.gap(report, false, 11)).isTrue();
    assertThat(clientSays(HELLO)).isTrue();
    JsonNode tls = told();
    assertThat(tls.path("sni").asString("")).isEqualTo("server");
    assertThat(tls.has("ja4")).isTrue();
  }

  @Test
  void aGapWithinEndsTheSide() {
    assertThat(clientSays(Arrays.copyOf(HELLO, 100))).isTrue();
    assertThat(connection.gap(report, true, 12)).isFalse();
    assertThat(told().path("sni").asString("")).isEqualTo("server");
  }

  /** What is hashed of a part is the fingerprint of nobody. */
  @Test
  void aHelloThatIsCutHasANameAndNoFingerprint() {
    clientSays(Arrays.copyOf(HELLO, HELLO.length - 1));
    JsonNode tls = told();
    assertThat(tls.path("sni").asString("")).isEqualTo("server");
    assertThat(tls.has("ja3")).isFalse();
    assertThat(tls.has("ja4")).isFalse();
    assertThat(report.traits).isEmpty();
  }

  /** RFC 8446 §4.1.2: the hello that answers a HelloRetryRequest is the one that is served. */
  @Test
  void theNameOfAHelloAfterARetryIsTold() {
    byte[] other = HELLO.clone();
    // The server_name extension: "server" becomes "servex".
    int name = new String(HELLO, ISO_8859_1).indexOf("server");
    other[name + 5] = 'x';
    for (int size : new int[] {1, 1_000}) {
      RecordingReport heard = new RecordingReport();
      Talk talk =
          new Talk()
              .client(HELLO)
              .server(RETRY)
              .client(new byte[] {20, 3, 3, 0, 1, 1})
              .client(other)
              .client(HELLO);
      talk.play(new TlsConnection(new TlsReaders(), memory), size, heard);
      assertThat(heard.names).containsExactly("sni server", "sni servex");
      assertThat(heard.events).hasSize(1);
      assertThat(heard.events.getFirst()).contains("\"sni\":\"server\"");
    }
  }

  /** What only an event has is not made without one; the rest is the same. */
  @Test
  void withoutAnEventNamesAndTraitsAreTheSame() {
    RecordingReport wanted = new RecordingReport();
    RecordingReport unwanted = new RecordingReport();
    unwanted.unwanted.add("tls");
    byte[] renamed = new String(HELLO, ISO_8859_1).replace("server", "servex").getBytes(ISO_8859_1);
    for (RecordingReport heard : new RecordingReport[] {wanted, unwanted}) {
      Talk talk = new Talk().client(HELLO).server(RETRY).client(renamed).client(HELLO);
      talk.play(new TlsConnection(new TlsReaders(), memory), 1_000, heard);
    }
    assertThat(unwanted.events).isEmpty();
    assertThat(unwanted.names).isEqualTo(wanted.names).hasSize(2);
    assertThat(unwanted.traits).isEqualTo(wanted.traits).hasSize(1);
    assertThat(unwanted.oddities).isEqualTo(wanted.oddities);
  }

  /** A hello with these extensions: no session, suite 0x1301, compression 0. */
  private static byte[] hello(String... extensions) {
    String all = String.join("", extensions);
    String body =
        "0303" + "00".repeat(32) + "00" + "00021301" + "0100" + number(all.length() / 2, 2) + all;
    String message = "01" + number(body.length() / 2, 3) + body;
    StringBuilder records = new StringBuilder();
    for (int at = 0; at < message.length(); at += 32_000) {
      String part = message.substring(at, Math.min(message.length(), at + 32_000));
      records.append("160301").append(number(part.length() / 2, 2)).append(part);
    }
    return HexFormat.of().parseHex(records);
  }

  /** The server_name extension with these host names (RFC 6066 §3). */
  private static String names(String... names) {
    StringBuilder list = new StringBuilder();
    for (String name : names) {
      String text = HexFormat.of().formatHex(name.getBytes(ISO_8859_1));
      list.append("00").append(number(name.length(), 2)).append(text);
    }
    int length = list.length() / 2;
    return "0000" + number(length + 2, 2) + number(length, 2) + list;
  }

  private static String number(int value, int bytes) {
    return HexFormat.of().toHexDigits(value, 2 * bytes);
  }

  /** RFC 6066 §3 forbids two; servers that take them differ in which one. */
  @Test
  void allNamesOfAHelloAreTold() {
    for (byte[] hello :
        new byte[][] {
          hello(names("good.example", "evil.example")),
          hello(names("good.example"), names("evil.example"))
        }) {
      RecordingReport heard = new RecordingReport();
      new Talk().client(hello).play(new TlsConnection(new TlsReaders(), memory), 100, heard);
      assertThat(heard.names).containsExactly("sni good.example", "sni evil.example");
      assertThat(heard.events.getFirst()).contains("\"sni\":\"good.example\"");
    }
  }

  @Test
  void theFurtherNameOfAHelloAfterARetryIsTold() {
    Talk talk =
        new Talk()
            .client(hello(names("good.example")))
            .server(RETRY)
            .client(hello(names("good.example", "evil.example")));
    talk.play(new TlsConnection(new TlsReaders(), memory), 1_000, report);
    assertThat(report.names).contains("sni evil.example");
  }

  /** RFC 7685: padding may be as long as an extension; the hello is in clear all the same. */
  @Test
  void theNameBehindMuchPaddingIsTold() {
    String padding = "0015" + number(40_000, 2) + "00".repeat(40_000);
    Talk talk = new Talk().client(hello(padding, names("evil.example")));
    talk.play(connection, 1_400, report);
    assertThat(report.names).containsExactly("sni evil.example");
    assertThat(memory.usedBytes()).isZero();
  }
}
