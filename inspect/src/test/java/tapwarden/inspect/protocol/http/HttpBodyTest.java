package tapwarden.inspect.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static tapwarden.inspect.protocol.http.HttpTalk.events;
import static tapwarden.inspect.protocol.http.HttpTalk.exchanges;
import static tapwarden.inspect.protocol.http.HttpTalk.files;

import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tools.jackson.databind.JsonNode;

class HttpBodyTest {
  private static final String TEXT = "hello hello hello hello\n";

  /** By Python's hashlib of {@link #TEXT}. */
  private static final String MD5 = "0eb38a55ee9ab4f5d3283f6a33e0529e";

  private static final String SHA1 = "b2496f9c760fd7577965dfb6e5ea779777b7ad92";
  private static final String SHA256 =
      "66dafcbddf1265a536c7cd4dc458b50de3c109cedc0896cdb77041616c98a003";

  /** By Python's gzip and Node's brotli of {@link #TEXT}. */
  private static final byte[] GZIP =
      Base64.getDecoder().decode("H4sIAAAAAAACA8tIzcnJV8hAJ7kAAIhZCxgAAAA=");

  private static final byte[] BROTLI =
      Base64.getDecoder().decode("GxcA+I2Ubt5EVYbWCiBsb0oReeKArhY=");

  private final HttpTalk http = new HttpTalk();

  @AfterEach
  void givesAllMemoryBack() {
    assertThat(http.memory.usedBytes()).isZero();
  }

  private static Talk answer(String headers, byte[] body) {
    return new Talk()
        .client("GET /dir/file.bin?q#f HTTP/1.1\r\nHost: a.example\r\n\r\n")
        .server("HTTP/1.1 200 OK\r\n" + headers + "\r\n")
        .server(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String chunked(byte[] body) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < body.length; at += 5) {
      int size = Math.min(5, body.length - at);
      text.append("000").append(Integer.toHexString(size)).append(";ext=\"5\"\r\n");
      text.append(new String(body, at, size, ISO_8859_1)).append("\r\n");
    }
    return text + "0\r\nTrailer: 5\r\n\r\n";
  }

  private JsonNode file(Talk talk) {
    RecordingReport report = http.play(talk);
    assertThat(report.oddities).isEmpty();
    assertThat(files(report)).hasSize(1);
    for (int size : new int[] {1, 3, 10}) {
      assertThat(http.play(talk, size).events).as("pieces of %d", size).isEqualTo(report.events);
    }
    return files(report).get(0);
  }

  private static void assertIsText(JsonNode file) {
    assertThat(file.get("size").asInt()).isEqualTo(24);
    assertThat(file.get("state").asString()).isEqualTo("CLOSED");
    assertThat(file.get("gaps").asBoolean()).isFalse();
    assertThat(file.get("stored").asBoolean()).isFalse();
    assertThat(file.get("md5").asString()).isEqualTo(MD5);
    assertThat(file.get("sha1").asString()).isEqualTo(SHA1);
    assertThat(file.get("sha256").asString()).isEqualTo(SHA256);
    assertThat(file.get("filename").asString()).isEqualTo("/dir/file.bin");
  }

  @Test
  void hashesABodyOfKnownLength() {
    assertIsText(file(answer("Content-Length: 24\r\n", bytes(TEXT))));
  }

  @Test
  void hashesABodyThatEndsWithTheConnection() {
    assertIsText(file(answer("", bytes(TEXT))));
    RecordingReport noEnd = answer("", bytes(TEXT)).play(http.reader());
    assertThat(files(noEnd).get(0).get("state").asString())
        .as("without a FIN the end is not known")
        .isEqualTo("TRUNCATED");
    assertThat(files(noEnd).get(0).has("md5")).isFalse();
  }

  /**
   * What lies behind the depth is not shown, so its last byte proves no end; a FIN does not help.
   */
  @Test
  void goesByTheDepthThatIsSet() {
    String body = "x".repeat(2 << 20);
    RecordingReport deep = new HttpTalk(4 << 20).play(answer("", bytes(body)));
    assertThat(files(deep).get(0).get("state").asString()).isEqualTo("CLOSED");
    assertThat(files(deep).get(0).get("size").asInt()).isEqualTo(2 << 20);
    // The head has 19 bytes, the body 24.
    RecordingReport whole = new HttpTalk(44).play(answer("", bytes(TEXT)));
    assertThat(files(whole).get(0).get("state").asString()).isEqualTo("CLOSED");
    RecordingReport cut = new HttpTalk(43).play(answer("", bytes(TEXT)));
    assertThat(files(cut).get(0).get("state").asString()).isEqualTo("TRUNCATED");
  }

  @Test
  void hashesWhatIsInChunks() {
    assertIsText(file(answer("Transfer-Encoding: chunked\r\n", bytes(chunked(bytes(TEXT))))));
  }

  @Test
  void readsChunksAsBrowsersDo() {
    String size = "\n\u000b 000000000000000000018\0;x\n";
    assertIsText(
        file(answer("Transfer-Encoding: chunked\r\n", bytes(size + TEXT + "\n \r\n0\n\n"))));
  }

  @Test
  void saysWhereAPartOfAFileLies() {
    String range = "Content-Range: bytes 500-523/1000\r\nContent-Length: 24\r\n";
    JsonNode file = file(answer(range, bytes(TEXT)));
    assertThat(file.get("start").asInt()).isEqualTo(500);
    assertThat(file.get("end").asInt()).isEqualTo(523);
  }

  @Test
  void hashesWhatIsDecoded() {
    String gzip = "Content-Encoding: gzip\r\nContent-Length: " + GZIP.length + "\r\n";
    assertIsText(file(answer(gzip, GZIP)));
    assertIsText(file(answer("Content-Encoding: x-gzip\r\n", GZIP)));
    assertIsText(file(answer("Content-Encoding: br\r\n", BROTLI)));
    String both = "content-encoding: gzip\r\ntransfer-encoding: chunked\r\n";
    assertIsText(file(answer(both, bytes(chunked(GZIP)))));
    String transfer = "transfer-encoding: gzip, chunked\r\n";
    assertIsText(file(answer(transfer, bytes(chunked(GZIP)))));
  }

  /** Length is that of what was sent without the frames of chunks, as Suricata's. */
  @Test
  void tellsTheLengthBeforeDecoding() {
    String both = "content-encoding: gzip\r\ntransfer-encoding: chunked\r\n";
    RecordingReport report = http.play(answer(both, bytes(chunked(GZIP))));
    assertThat(exchanges(report).get(0).get("length").asInt()).isEqualTo(GZIP.length);
  }

  @Test
  void tellsAnUploadWithTheDirectionOfTheFile() throws IOException {
    Talk talk =
        new Talk()
            .client("PUT /up/load HTTP/1.1\r\nContent-Length: 24\r\n\r\n" + TEXT)
            .server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    RecordingReport report = http.play(talk);
    assertThat(files(report))
        .extracting(file -> file.get("filename").asString() + " " + file.get("size").asInt())
        .containsExactly("/up/load 24", "/up/load 2");
    assertThat(report.directions).containsExactly(true, false, true);
    JsonNode http = events(report, "fileinfo").get(0).get("http");
    assertThat(http.get("http_method").asString()).isEqualTo("PUT");
    assertThat(http.has("status")).isFalse();
    EveSchema schema = EveSchema.load();
    for (String event : report.events) {
      assertThat(schema.problems(event)).as(event).isEmpty();
    }
  }

  @Test
  void takesTheNameThatTheResponseGives() {
    String[][] named = {
      {"attachment; filename=\"a \\\"b.exe\"", "a \\\"b.exe"},
      {"attachment;FileName = x.bin ; size=3", "x.bin"},
      {"attachment; filename*=UTF-8'en'%e2%82%ac.sh", "%e2%82%ac.sh"},
      {"inline", "/dir/file.bin"},
      {"attachment; filename=\"\"", "/dir/file.bin"},
      {"attachment; xfilename=no", "/dir/file.bin"},
    };
    for (String[] name : named) {
      String headers = "Content-Disposition: " + name[0] + "\r\nContent-Length: 24\r\n";
      assertThat(file(answer(headers, bytes(TEXT))).get("filename").asString())
          .as(name[0])
          .isEqualTo(name[1]);
    }
  }

  @Test
  void namesProgramsByTheirFirstBytes() {
    byte[] elf = new byte[60];
    System.arraycopy(bytes("\u007FELF\u0001\u0002\u0001"), 0, elf, 0, 7);
    elf[17] = 2;
    elf[19] = 8;
    assertThat(file(answer("Content-Length: 60\r\n", elf)).get("magic").asString())
        .isEqualTo("ELF 32-bit MSB executable, MIPS");
    assertThat(file(answer("Content-Length: 24\r\n", bytes(TEXT))).has("magic")).isFalse();
  }

  @Test
  void saysWhereAFileIsNotWhole() {
    Talk gap =
        answer("Content-Length: 24\r\n", bytes(TEXT.substring(0, 10)))
            .serverGap(4)
            .server(TEXT.substring(14));
    JsonNode file = files(http.play(gap)).get(0);
    assertThat(file.get("gaps").asBoolean()).isTrue();
    assertThat(file.get("state").asString()).isEqualTo("TRUNCATED");
    assertThat(file.get("size").asInt()).as("with what is missing").isEqualTo(24);
    assertThat(file.has("sha256")).isFalse();
    Talk cut = answer("Content-Length: 24\r\n", bytes(TEXT)).without(1);
    file = files(http.play(cut)).get(0);
    assertThat(file.get("gaps").asBoolean()).isFalse();
    assertThat(file.get("state").asString()).isEqualTo("TRUNCATED");
    assertThat(file.get("size").asInt()).isEqualTo(23);
  }

  @Test
  void saysThatABodyWasNotDecodedAsItShould() {
    assertOddity("Content-Encoding: gzip\r\n", TEXT, "content_not_coded", "CLOSED");
    assertOddity("Content-Encoding: deflate, gzip\r\n", TEXT, "content_not_coded", "CLOSED");
    assertOddity("Content-Encoding: compress\r\n", TEXT, "content_coding_unknown", "CLOSED");
    assertOddity("Content-Encoding: br, br, br\r\n", TEXT, "content_coding_unknown", "CLOSED");
    String cut = new String(GZIP, 0, 20, ISO_8859_1);
    String oddity = "content_coding_damaged";
    RecordingReport report = http.play(answer("Content-Encoding: gzip\r\n", bytes(cut)));
    assertThat(report.oddities).containsExactly(oddity);
  }

  private void assertOddity(String headers, String body, String oddity, String state) {
    RecordingReport report = http.play(answer(headers, bytes(body)));
    assertThat(report.oddities).containsExactly(oddity);
    assertThat(files(report).get(0).get("state").asString()).isEqualTo(state);
    assertThat(files(report).get(0).get("md5").asString()).isEqualTo(MD5);
  }

  @Test
  void readsBodiesAsReceiversDoWhereTheirLengthIsInDoubt() {
    assertFraming(
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        chunked(bytes(TEXT)),
        "length_and_chunked");
    assertFraming("Content-Length: 24\r\nContent-Length: 5\r\n", TEXT, "content_length_differs");
    assertFraming("Content-Length: 24x\r\n", TEXT, "content_length_unreadable");
    assertFraming("Content-Length: 24, 23\r\n", TEXT, "content_length_unreadable");
    assertFraming("Content-Length: -1\r\n", TEXT, "content_length_unreadable");
    assertFraming(
        "Transfer-Encoding: xchunked\r\n",
        TEXT,
        "transfer_encoding_unknown",
        "content_coding_unknown");
    assertFraming("Transfer-Encoding: chunked\r\n", TEXT, "chunk_size_unreadable");
    assertFraming(
        "Transfer-Encoding: chunked\r\nContent-Length: 24\r\n",
        TEXT,
        "length_and_chunked",
        "chunk_size_unreadable");
    assertIsText(file(answer("Content-Length: 24, 24\r\n", bytes(TEXT))));
    assertIsText(file(answer("Content-Length: 00000000000000000000024\r\n", bytes(TEXT))));
    assertIsText(file(answer("Content-Length: 24\r\nContent-Length: 24\r\n", bytes(TEXT))));
    assertIsText(
        file(answer("Transfer-Encoding: identity\r\nContent-Length: 24\r\n", bytes(TEXT))));
  }

  private void assertFraming(String headers, String body, String... oddity) {
    RecordingReport report = http.play(answer(headers, bytes(body)));
    assertThat(report.oddities).containsExactly(oddity);
    assertIsText(files(report).get(0));
  }

  @Test
  void findsTheNextResponseBehindAChunkThatIsNone() {
    Talk talk =
        new Talk()
            .client("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
            .server("\r\nHTTP/1.1 404 x\r\n\r\n");
    RecordingReport report = http.play(talk);
    assertThat(exchanges(report))
        .extracting(x -> x.get("status").asInt())
        .containsExactly(200, 404);
    assertThat(report.oddities).containsExactly("chunk_size_unreadable");
    assertThat(files(report).get(0).get("state").asString()).isEqualTo("TRUNCATED");
  }

  /** Sizes of 64 bits, of which some would be negative numbers. */
  @Test
  void readsNoSizeThatNoStreamHas() {
    for (String size :
        new String[] {
          "8888888888888888", "ffffffffffffffff", "7fffffffffffffff", "08000000000000000"
        }) {
      Talk talk =
          new Talk()
              .client("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n")
              .server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
              .server(size + "\r\nabc\r\nHTTP/1.1 404 x\r\n\r\n");
      RecordingReport report =
          assertTimeoutPreemptively(ofSeconds(20), () -> http.play(talk), size);
      assertThat(exchanges(report))
          .extracting(x -> x.get("status").asInt())
          .containsExactly(200, 404);
      assertThat(report.oddities).containsExactly("chunk_size_unreadable");
    }
  }

  @Test
  void hasNoBodyWhereThereCanBeNone() {
    for (String status : new String[] {"204", "304"}) {
      Talk talk =
          new Talk()
              .client("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")
              .server("HTTP/1.1 " + status + " x\r\nContent-Length: 24\r\n\r\n")
              .server("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n" + TEXT);
      RecordingReport report = http.play(talk);
      assertThat(exchanges(report)).hasSize(2);
      assertIsText(
          HttpTalk.json(files(report).get(0).toString().replace("\"/\"", "\"/dir/file.bin\"")));
    }
  }

  @Test
  void looksAtNoBodyThatNobodyWants() {
    RecordingReport report =
        answer("Content-Encoding: gzip\r\nContent-Length: 40\r\n", new byte[40])
            .play(http.reader(), 7, HttpTalk.withoutFiles());
    assertThat(files(report)).isEmpty();
    assertThat(report.oddities).isEmpty();
    assertThat(exchanges(report).get(0).get("length").asInt()).isEqualTo(40);
    String chunks = chunked(bytes(TEXT));
    report =
        answer("Transfer-Encoding: chunked\r\n", bytes(chunks))
            .play(http.reader(), 11, HttpTalk.withoutFiles());
    assertThat(exchanges(report).get(0).get("length").asInt()).isEqualTo(24);
  }
}
