package tapwarden.inspect.sink.eve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Findings;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.IpAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

class AlertEveTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final long FIRST = 1_767_323_045_123_456_789L;
  private static final long LATER = FIRST + 5_000_000_000L;

  /** Two files: the second begins with packet 5,000. */
  private static final PacketOrigin FILES =
      new PacketOrigin() {
        @Override
        public @Nullable String interfaceName(int interfaceIndex) {
          return null;
        }

        @Override
        public @Nullable String file(long packetNumber) {
          return packetNumber < 5_000 ? "a.pcap" : "b.pcap";
        }

        @Override
        public long numberInFile(long packetNumber) {
          return packetNumber < 5_000 ? packetNumber : packetNumber - 4_999;
        }
      };

  private static final PacketOrigin LIVE =
      new PacketOrigin() {
        @Override
        public @Nullable String interfaceName(int interfaceIndex) {
          return "eth" + interfaceIndex;
        }

        @Override
        public @Nullable String file(long packetNumber) {
          return null;
        }

        @Override
        public long numberInFile(long packetNumber) {
          return packetNumber;
        }
      };

  @Test
  void saysEverythingThatTheContractNames() {
    Alert alert =
        new Alert(
            "abcdefghijklmnopqrstuvwxyz",
            1,
            finding(Signature.POLICY_NOT_ALLOWED, flow(), "upd.example.net"),
            Stage.ESTABLISHED,
            87,
            List.of("not in policy ran", "first contact ever"),
            1,
            FIRST,
            LATER,
            "evidence/abcdefghijklmnopqrstuvwxyz.pcapng",
            List.of(4_711L, 5_000L));
    assertThat(read(FILES, alert))
        .isEqualTo(
            JACKSON.readTree(
                """
                {"timestamp": "2026-01-02T03:04:05.123456+0000", "flow_id": 123456789,
                 "pcap_filename": "a.pcap", "pcap_cnt": 4711, "event_type": "alert",
                 "vlan": [410], "src_ip": "10.40.17.2", "src_port": 50000,
                 "dest_ip": "203.0.113.9", "dest_port": 443, "proto": "TCP", "ip_v": 4,
                 "community_id": "1:yuM0T2qV1RZXb8FdfZoxN/73J+4=",
                 "alert": {"action": "allowed", "gid": 7400, "signature_id": 2001, "rev": 1,
                   "signature": "Equipment contacts an endpoint outside its policy",
                   "category": "Policy violation", "severity": 2},
                 "flow": {"pkts_toserver": 3, "pkts_toclient": 2, "bytes_toserver": 300,
                   "bytes_toclient": 200, "start": "2026-01-02T03:04:05.123456+0000",
                   "src_ip": "10.40.17.2", "dest_ip": "203.0.113.9", "src_port": 50000,
                   "dest_port": 443},
                 "tapwarden": {"id": "abcdefghijklmnopqrstuvwxyz", "revision": 1, "count": 1,
                   "first_seen": "2026-01-02T03:04:05.123456+0000",
                   "last_seen": "2026-01-02T03:04:10.123456+0000",
                   "equipment": {"id": "enb-1", "vendor": "Huawei", "role": "base-station",
                     "identified_by": ["cidr"]},
                   "endpoint": {"ip": "203.0.113.9", "port": 443, "proto": "TCP", "name": "upd.example.net",
                     "name_source": "dns"},
                   "detector": "policy", "stage": "established", "score": 87,
                   "because": ["not in policy ran", "first contact ever"],
                   "evidence": {"packets": [{"file": "a.pcap", "number": 4711},
                       {"file": "b.pcap", "number": 1}],
                     "pcapng": "evidence/abcdefghijklmnopqrstuvwxyz.pcapng"}}}
                """));
  }

  @Test
  void namesTheFurtherEndpointsThatTheAlertStandsFor() {
    Alert one = alert(2, finding(Signature.WATCHLIST_NAME, flow(), "x.evil.example"));
    Alert alert =
        new Alert(
            one.id(),
            one.revision(),
            one.finding(),
            one.stage(),
            one.score(),
            one.because(),
            one.count(),
            one.firstSeenNanos(),
            one.lastSeenNanos(),
            null,
            one.evidenceNumbers(),
            List.of(
                new Endpoint(IpAddress.parse("2001:db8::9"), 8_443, null, null),
                new Endpoint(null, 0, "y.evil.example", "dns")));
    assertThat(read(FILES, one).at("/tapwarden").has("further_endpoints")).isFalse();
    assertThat(read(FILES, alert).at("/tapwarden/further_endpoints"))
        .isEqualTo(
            JACKSON.readTree(
                """
                [{"ip": "2001:0db8:0000:0000:0000:0000:0000:0009", "port": 8443},
                 {"name": "y.evil.example", "name_source": "dns"}]
                """));
  }

  @Test
  void aLaterRevisionBearsTheTimeAndNumberOfThePacketThatMadeIt() {
    JsonNode json = read(FILES, alert(2, finding(Signature.WATCHLIST_ADDRESS, flow(), null)));
    assertThat(json.at("/timestamp").asString()).isEqualTo("2026-01-02T03:04:10.123456+0000");
    assertThat(json.at("/pcap_filename").asString()).isEqualTo("b.pcap");
    assertThat(json.at("/pcap_cnt").asInt()).isEqualTo(1);
  }

  @Test
  void namesTheInterfaceOfALiveCaptureInsteadOfAFile() {
    JsonNode json = read(LIVE, alert(1, finding(Signature.WATCHLIST_ADDRESS, flow(), null)));
    assertThat(json.at("/in_iface").asString()).isEqualTo("eth1");
    assertThat(json.has("pcap_filename")).isFalse();
    assertThat(json.at("/tapwarden/evidence/packets/0").toString()).isEqualTo("{\"number\":4711}");
    assertThat(json.at("/tapwarden/endpoint").has("name")).isFalse();
  }

  @Test
  void givesTheTechniqueOfAListedEndpointOnly() {
    JsonNode listed = read(FILES, alert(1, finding(Signature.WATCHLIST_ADDRESS, flow(), null)));
    assertThat(listed.at("/alert/metadata/mitre_tactic_id/0").asString()).isEqualTo("TA0011");
    assertThat(listed.at("/alert/metadata/mitre_technique_id/0").asString()).isEqualTo("T1071");
    JsonNode policy = read(FILES, alert(1, finding(Signature.POLICY_INBOUND, flow(), null)));
    assertThat(policy.at("/alert").has("metadata")).isFalse();
  }

  @Test
  void isValidAgainstThePublishedSchemaButForItsOwnObject() throws Exception {
    EveSchema schema = EveSchema.load();
    for (Signature signature : Signature.values()) {
      for (PacketOrigin origin : List.of(FILES, LIVE)) {
        assertValid(schema, read(origin, alert(1, finding(signature, flow(), "a.example"))));
        assertValid(schema, read(origin, alert(2, finding(signature, null, null))));
      }
    }
    JsonNode wrong = read(FILES, alert(1, finding(Signature.POLICY_INBOUND, flow(), null)));
    ((ObjectNode) wrong.at("/alert")).put("unheard_of", 1);
    assertThat(schema.problems(withoutOurs(wrong)))
        .as("the schema is one that refuses")
        .isNotEmpty();
  }

  @Test
  void aNameFromTheWireCannotForgeALine() {
    String name = "a\n{\"event_type\":\"alert\"}\u2028\ud800\"";
    JsonWriter json = new JsonWriter();
    new AlertEve(FILES).write(json, alert(1, finding(Signature.POLICY_INBOUND, flow(), name)));
    assertThat(json.toString().lines()).hasSize(1);
    assertThat(JACKSON.readTree(json.toString()).at("/tapwarden/endpoint/name").asString())
        .isEqualTo("a\n{\"event_type\":\"alert\"}\u2028\ufffd\"");
  }

  private static void assertValid(EveSchema schema, JsonNode event) {
    assertThat(schema.problems(withoutOurs(event))).as(event.toString()).isEmpty();
  }

  private static String withoutOurs(JsonNode event) {
    ((ObjectNode) event).remove("tapwarden");
    return event.toString();
  }

  private static JsonNode read(PacketOrigin origin, Alert alert) {
    return JACKSON.readTree(new AlertEve(origin).write(new JsonWriter(), alert).toString());
  }

  private static Alert alert(int revision, Finding finding) {
    return new Alert(
        "abcdefghijklmnopqrstuvwxyz",
        revision,
        finding,
        Stage.ATTEMPT,
        95,
        List.of("listed"),
        revision,
        FIRST,
        LATER,
        null,
        List.of(4_711L));
  }

  private static Finding finding(
      Signature signature, @Nullable FlowSnapshot flow, @Nullable String name) {
    Subject subject = Findings.at(0).subject();
    return new Finding(
        signature,
        subject,
        new Endpoint(IpAddress.parse("203.0.113.9"), 443, name, name == null ? null : "dns"),
        6,
        Stage.ATTEMPT,
        60,
        List.of(),
        flow,
        4_711,
        FIRST,
        5_000,
        LATER);
  }

  private static FlowSnapshot flow() {
    return new FlowSnapshot(
        123_456_789,
        4,
        0,
        0x0A281102L,
        0,
        0xCB007109L,
        50_000,
        443,
        6,
        List.of(410),
        0,
        1,
        4_711,
        FIRST,
        5_000,
        LATER,
        3,
        2,
        300,
        200,
        FlowSnapshot.State.ESTABLISHED,
        null,
        2,
        18,
        false,
        true,
        false,
        null);
  }
}
