package tapwarden.inspect.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.Fingerprint;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.json.JsonWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TlsEveTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Certificate CERTIFICATE =
      new Certificate(
          "0a1b000000000000000000000000000000000fff",
          "00".repeat(32),
          "00:D1",
          "O=Example, Inc., CN=\"a\"",
          "CN=root",
          0,
          1_785_374_639L,
          List.of("a.example"),
          List.of("192.0.2.7"),
          true);
  private static final TlsFacts EVERYTHING =
      new TlsFacts(
          "www.example.org",
          false,
          0x0303,
          true,
          new Fingerprint("771,4865,,,", "00112233445566778899aabbccddeeff"),
          new Fingerprint("771,4865,", "ffeeddccbbaa99887766554433221100"),
          "t13d1516h2_8daaf6152771_e5627efa2ab1",
          List.of("h2", "http/1.1"),
          "h2",
          List.of(CERTIFICATE));

  private static TlsFacts facts(boolean resumed, int version, List<Certificate> chain) {
    return new TlsFacts(null, false, version, resumed, null, null, null, List.of(), null, chain);
  }

  private static String event(TlsFacts facts) {
    JsonWriter json = new JsonWriter().reset().beginObject();
    json.name("timestamp").valueTimestamp(1_767_323_045_123_456_000L);
    json.field("event_type", "tls");
    TlsEve.write(json, "tls", facts);
    return json.endObject().toString();
  }

  private static JsonNode tls(TlsFacts facts) {
    return JSON.readTree(event(facts)).get("tls");
  }

  @Test
  void writesTheFieldsOfSuricata() {
    assertThat(tls(EVERYTHING))
        .isEqualTo(
            JSON.readTree(
                """
                {"subject": "O=Example, Inc., CN=\\"a\\"", "issuerdn": "CN=root", "serial": "00:D1",
                 "fingerprint": "0a:1b:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:0f:ff",
                 "notbefore": "1970-01-01T00:00:00", "notafter": "2026-07-30T01:23:59",
                 "subjectaltname": ["a.example", "192.0.2.7"], "sni": "www.example.org",
                 "version": "TLS 1.2",
                 "ja3": {"hash": "00112233445566778899aabbccddeeff", "string": "771,4865,,,"},
                 "ja3s": {"hash": "ffeeddccbbaa99887766554433221100", "string": "771,4865,"},
                 "ja4": "t13d1516h2_8daaf6152771_e5627efa2ab1",
                 "client_alpns": ["h2", "http/1.1"], "server_alpns": ["h2"]}
                """));
  }

  @Test
  void saysOfAResumedSessionWithoutCertificateThatItIsOne() {
    assertThat(tls(facts(true, 0x0303, List.of())).get("session_resumed").asBoolean()).isTrue();
    assertThat(tls(facts(true, 0x0303, List.of(CERTIFICATE))).has("session_resumed")).isFalse();
    assertThat(tls(facts(false, 0x0303, List.of())).has("session_resumed")).isFalse();
  }

  @Test
  void writesNothingOfWhatIsNotKnown() {
    assertThat(event(facts(false, 0, List.of()))).endsWith(",\"tls\":{}}");
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    assertThat(schema.problems(event(EVERYTHING))).isEmpty();
    assertThat(schema.problems(event(facts(true, 0x7F1C, List.of())))).isEmpty();
  }

  /**
   * What suricata-verify expects of certificates in tls events: each expected set of fields is in
   * some certificate of the capture.
   */
  @Test
  void saysOfCertificatesWhatSuricataSays() throws IOException {
    Path corpus =
        Path.of(Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"))
            .resolve("corpus");
    Path checks = corpus.resolve("suricata-verify/CHECKS.tsv");
    assumeTrue(Files.exists(checks), "no corpus: set TAPWARDEN_SHARED");
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String line : Files.readAllLines(checks)) {
      String[] row = line.split("\t");
      JsonNode expected = row.length == 8 ? expected(row[5], row[7]) : null;
      Path capture = corpus.resolve(row.length == 8 ? row[1] : "");
      if (expected != null && !row[6].equals("0") && Files.isRegularFile(capture)) {
        compared++;
        TlsCaptureFacts facts = TlsCaptureFacts.of(capture);
        if (facts.chains.stream().noneMatch(chain -> has(chain, expected))) {
          differences.add(row[1] + " " + expected);
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(10);
  }

  private static @Nullable JsonNode expected(String type, String json) {
    if (!type.equals("tls") || !json.contains("tls.subject\"")) {
      return null;
    }
    return JSON.readTree(json);
  }

  private static boolean has(List<Certificate> chain, JsonNode expected) {
    JsonNode ours = tls(facts(false, 0, chain));
    for (String key : expected.propertyNames()) {
      if (key.matches("tls.(subject|issuerdn|serial|fingerprint|not(before|after))(altname.*)?")) {
        String pointer = key.replace("tls.", "/").replace('[', '/').replace("]", "");
        if (!ours.at(pointer).equals(expected.get(key))) {
          return false;
        }
      }
    }
    return true;
  }
}
