package tapwarden.inspect.protocol.nbns;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.hex;
import static tapwarden.inspect.protocol.Datagrams.join;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages laid out by hand after RFC 1002 §4.2; the name is the example of RFC 1001 §14.1. */
class NbnsProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** "FRED" and a blank for the kind of service too, in the scope NETBIOS.COM. */
  private static final byte[] FRED =
      join(
          hex("20"),
          text("EGFCEFEECACACACACACACACACACACACA"),
          hex("07"),
          text("NETBIOS"),
          hex("03"),
          text("COM"),
          hex("00"));

  /** "CAM-17", a workstation: the last byte is 0, two letters A. */
  private static final byte[] CAMERA =
      join(hex("20"), text("EDEBENCNDBDHCACACACACACACACACAAA"), hex("00"));

  private static final byte[] REGISTRATION =
      join(
          hex("8001 2910 0001 0000 0000 0001"),
          CAMERA,
          hex("0020 0001 c00c 0020 0001 000493e0 0006 0000 0a000001"));

  private final Datagrams flow = new Datagrams(new NbnsProvider(), 137, 137);

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/nbns");
  }

  private static byte[] answer(String flags, String type, byte[] data) {
    return join(
        hex("8002", flags, "0000 0001 0000 0000"),
        CAMERA,
        hex(type, "0001 00000000"),
        new byte[] {0, (byte) data.length},
        data);
  }

  @Test
  void readsTheExampleNameOfTheStandard() {
    byte[] query = join(hex("8000 0110 0001 0000 0000 0000"), FRED, hex("0020 0001"));
    assertThat(flow.recognise(query)).isEqualTo(Recognition.YES);
    flow.toServer(query);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"id": 32768, "operation": "query", "response": false, "broadcast": true,
                 "name": "FRED", "suffix": 32, "scope": "NETBIOS.COM"}
                """));
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void takesWhatAHostRegistersForItsTrait() {
    flow.toServer(REGISTRATION);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"id": 32769, "operation": "registration", "response": false, "broadcast": true,
                 "name": "CAM-17", "suffix": 0, "ttl": 300000,
                 "addresses": [{"address": "10.0.0.1", "group": false, "node": "B"}]}
                """));
    assertThat(flow.report.traits).containsExactly("netbios-name CLIENT CAM-17");
  }

  @Test
  void takesNoTraitFromAGroupOrARelease() {
    byte[] group = REGISTRATION.clone();
    group[group.length - 6] = (byte) 0x80;
    flow.toServer(group);
    assertThat(own().at("/addresses/0/group").asBoolean()).isTrue();
    byte[] release = REGISTRATION.clone();
    release[2] = 0x30;
    flow.toServer(release);
    assertThat(own().get("operation").asString()).isEqualTo("release");
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void takesAnAnswerForATraitOfTheAddressThatItNames() {
    flow.toClient(answer("8500", "0020", hex("6000 c6336407")));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"id": 32770, "operation": "query", "response": true, "rcode": 0,
                 "authoritative": true, "broadcast": false, "name": "CAM-17", "suffix": 0,
                 "ttl": 0,
                 "addresses": [{"address": "198.51.100.7", "group": false, "node": "H"}]}
                """));
    flow.toClient(answer("8500", "0020", hex("0000 c6336408")));
    assertThat(flow.report.traits).containsExactly("netbios-name SERVER CAM-17");
  }

  @Test
  void readsTheNamesOfANode() {
    byte[] names =
        join(
            new byte[] {3},
            text("CAM-17         "),
            hex("00 0400"),
            text("WORKGROUP      "),
            hex("00 8400"),
            text("CAM-17         "),
            hex("20 0400"),
            hex("02005e100001"));
    flow.toClient(answer("8400", "0021", names));
    assertThat(own().get("operation").asString()).isEqualTo("status");
    assertThat(own().get("names"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name": "CAM-17", "suffix": 0, "group": false, "node": "B"},
                 {"name": "WORKGROUP", "suffix": 0, "group": true, "node": "B"},
                 {"name": "CAM-17", "suffix": 32, "group": false, "node": "B"}]
                """));
    assertThat(own().get("mac").asString()).isEqualTo("02:00:5e:10:00:01");
    assertThat(flow.report.traits)
        .containsExactly("netbios-name SERVER CAM-17", "netbios-group SERVER WORKGROUP");
  }

  @Test
  void readsARefusal() {
    byte[] refusal = answer("8586", "0020", hex("0000 00000000"));
    flow.toClient(refusal);
    assertThat(own().get("rcode").asInt()).isEqualTo(6);
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void refusesSomethingElseOnItsPort() {
    byte[] dns = hex("1234 0100 0001 0000 0000 0000 03777777 00 0001 0001");
    assertThat(flow.recognise(dns)).isEqualTo(Recognition.NO);
    byte[] letter = REGISTRATION.clone();
    letter[13] = 'Q';
    assertThat(flow.recognise(letter)).isEqualTo(Recognition.NO);
    byte[] operation = REGISTRATION.clone();
    operation[2] = 0x10;
    assertThat(flow.recognise(operation)).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(dns)).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_nbns");
  }

  @Test
  void isOnlyLikelyOnOtherPorts() {
    assertThat(new Datagrams(new NbnsProvider(), 4000, 4001).recognise(REGISTRATION))
        .isEqualTo(Recognition.LIKELY);
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    for (int length = 0; length < REGISTRATION.length; length++) {
      Datagrams cut = new Datagrams(new NbnsProvider(), 137, 137);
      byte[] part = Arrays.copyOf(REGISTRATION, length);
      cut.recognise(part);
      cut.toServer(part);
      // The question ends at 12 + 34 + 4.
      assertThat(cut.events()).hasSize(length < 50 ? 0 : 1);
      assertThat(cut.report.traits).isEmpty();
      if (length >= 50) {
        assertThat(cut.report.oddities).containsExactly("record_cut");
        assertThat(cut.event()).contains("\"name\":\"CAM-17\"");
      }
    }
  }
}
