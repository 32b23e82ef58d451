package tapwarden.inspect.protocol.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.hex;
import static tapwarden.inspect.protocol.Datagrams.join;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Messages put together by hand after RFC 1157, RFC 3416 §3 and RFC 3412 §6. */
class SnmpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final byte[] SYS_DESCR = hex("06 08 2b06010201010100");
  private static final byte[] SYS_OBJECT_ID = hex("06 08 2b06010201010200");
  private static final byte[] SYS_NAME = hex("06 08 2b06010201010500");
  private static final byte[] NUMBERS = hex("02 02 1234 02 01 00 02 01 00");

  private final Datagrams flow = new Datagrams(new SnmpProvider(), 40000, 161);

  /** An element of less than 128 bytes, or with a length of two bytes. */
  private static byte[] element(int tag, byte[]... content) {
    byte[] all = join(content);
    byte[] head =
        all.length < 128
            ? new byte[] {(byte) tag, (byte) all.length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (all.length >> 8), (byte) all.length};
    return join(head, all);
  }

  private static byte[] variable(byte[] name, byte[] value) {
    return element(0x30, name, value);
  }

  private static byte[] pdu(int tag, byte[]... variables) {
    return element(tag, NUMBERS, element(0x30, variables));
  }

  private static byte[] message(int version, byte[] pdu) {
    return element(0x30, new byte[] {2, 1, (byte) version}, element(4, text("public")), pdu);
  }

  private static byte[] v3(int flags, String user, byte[] data) {
    byte[] usm =
        element(
            0x30,
            hex("04 05 8000000901 02 01 07 02 02 0100"),
            element(4, text(user)),
            hex("04 00 04 00"));
    byte[] head =
        element(
            0x30, hex("02 01 05 02 03 00ffe3 04 01"), new byte[] {(byte) flags}, hex("02 01 03"));
    return element(0x30, hex("02 01 03"), head, element(4, usm), data);
  }

  private static final byte[] GET =
      message(1, pdu(0xA0, variable(SYS_DESCR, hex("0500")), variable(SYS_NAME, hex("0500"))));

  private static final byte[] RESPONSE =
      message(
          1,
          pdu(
              0xA2,
              variable(SYS_DESCR, element(4, text("Linux cam 3.10"))),
              variable(SYS_OBJECT_ID, hex("06 07 2b060104018372")),
              variable(SYS_NAME, element(4, text("cam-17")))));

  private static final byte[] TRAP_V1 =
      message(
          0,
          element(
              0xA4,
              hex("06 07 2b060104018372", "40 04 0a000001", "02 01 06 02 01 2a 43 01 64"),
              element(0x30, variable(SYS_NAME, hex("41 04 ffffffff")))));

  private JsonNode snmp() {
    return JSON.readTree(flow.event()).get("snmp");
  }

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/snmp");
  }

  @Test
  void rendersARequestAsEveHasIt() {
    assertThat(flow.recognise(GET)).isEqualTo(Recognition.YES);
    flow.toServer(GET);
    assertThat(snmp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 2, "pdu_type": "get_request",
                 "vars": ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.5.0"], "community": "public"}
                """));
    assertThat(own()).isEqualTo(JSON.readTree("{\"request_id\": 4660}"));
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void takesWhatAnAgentAnswersForItsTraits() {
    flow.toServer(GET);
    flow.toClient(RESPONSE);
    assertThat(snmp().get("pdu_type").asString()).isEqualTo("response");
    assertThat(flow.report.traits)
        .containsExactly(
            "snmp-sysdescr SERVER Linux cam 3.10",
            "snmp-sysobjectid SERVER 1.3.6.1.4.1.498",
            "snmp-sysname SERVER cam-17");
  }

  @Test
  void rendersATrapOfVersionOne() {
    flow.toServer(TRAP_V1);
    assertThat(snmp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 1, "pdu_type": "trap_v1", "trap_type": "enterpriseSpecific",
                 "trap_oid": "1.3.6.1.4.1.498", "trap_address": "10.0.0.1",
                 "vars": ["1.3.6.1.2.1.1.5.0"], "community": "public"}
                """));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"specific_trap": 42,
                 "values": [{"oid": "1.3.6.1.2.1.1.5.0", "value": 4294967295}]}
                """));
  }

  @Test
  void rendersWhatIsSet() {
    flow.toServer(
        message(
            0,
            pdu(
                0xA3,
                variable(SYS_NAME, element(4, text("evil"))),
                variable(SYS_NAME, element(4, hex("00ff"))),
                variable(SYS_NAME, hex("40 04 c6336407")),
                variable(SYS_NAME, hex("02 01 ff")),
                variable(SYS_NAME, SYS_DESCR),
                variable(SYS_NAME, hex("05 00")))));
    assertThat(own().get("values"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"oid": "1.3.6.1.2.1.1.5.0", "value": "evil"},
                 {"oid": "1.3.6.1.2.1.1.5.0", "value": "00:ff"},
                 {"oid": "1.3.6.1.2.1.1.5.0", "value": "198.51.100.7"},
                 {"oid": "1.3.6.1.2.1.1.5.0", "value": -1},
                 {"oid": "1.3.6.1.2.1.1.5.0", "value": "1.3.6.1.2.1.1.1.0"},
                 {"oid": "1.3.6.1.2.1.1.5.0"}]
                """));
    assertThat(snmp().get("pdu_type").asString()).isEqualTo("set_request");
  }

  @Test
  void namesErrorsAndTheNumbersOfABulkRequest() {
    byte[] numbers = hex("02 01 01 02 01 02 02 01 03");
    flow.toClient(message(1, element(0xA2, numbers, hex("30 00"))));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"request_id": 1, "error_status": 2, "error": "noSuchName", "error_index": 3}
                """));
    flow.toServer(message(1, element(0xA5, numbers, hex("30 00"))));
    assertThat(own())
        .isEqualTo(
            JSON.readTree("{\"request_id\": 1, \"non_repeaters\": 2, \"max_repetitions\": 3}"));
  }

  @Test
  void readsTheUserAndEngineOfVersionThree() {
    byte[] scoped =
        element(
            0x30,
            hex("04 05 8000000901"),
            element(4, text("ctx")),
            pdu(0xA2, variable(SYS_NAME, element(4, text("r1")))));
    flow.toServer(v3(0, "operator", scoped));
    assertThat(snmp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 3, "pdu_type": "response", "vars": ["1.3.6.1.2.1.1.5.0"],
                 "usm": "operator"}
                """));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"request_id": 4660, "security_level": "noAuthNoPriv",
                 "engine_id": "8000000901", "engine_boots": 7, "engine_time": 256,
                 "context_name": "ctx"}
                """));
    assertThat(flow.report.traits)
        .containsExactly("snmp-sysname CLIENT r1", "snmp-engine-id CLIENT 8000000901");
  }

  @Test
  void saysWhatIsEncrypted() {
    byte[] encrypted = v3(3, "operator", element(4, hex("00112233")));
    assertThat(flow.recognise(encrypted)).isEqualTo(Recognition.YES);
    flow.toServer(encrypted);
    assertThat(snmp())
        .isEqualTo(
            JSON.readTree("{\"version\": 3, \"pdu_type\": \"encrypted\", \"usm\": \"operator\"}"));
    assertThat(own().get("security_level").asString()).isEqualTo("authPriv");
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    flow.toServer(GET);
    flow.toClient(RESPONSE);
    flow.toServer(TRAP_V1);
    flow.toServer(v3(3, "operator", element(4, hex("00112233"))));
    for (String event : flow.events()) {
      ObjectNode eve = (ObjectNode) JSON.readTree(event);
      assertThat(eve.remove("tapwarden")).isNotNull();
      assertThat(schema.problems(eve.toString())).isEmpty();
    }
  }

  @Test
  void refusesSomethingElseOnItsPorts() {
    // LDAP's bind: a sequence with a number, but no version, and an application's tag.
    assertThat(flow.recognise(hex("300c 020101 6007 020103 0400 8000"))).isEqualTo(Recognition.NO);
    byte[] version4 = GET.clone();
    version4[4] = 4;
    assertThat(flow.recognise(version4)).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("GET / HTTP/1.1\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(version4)).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_snmp");
  }

  @Test
  void needsItsPortsForWhatIsBrokenOrFollowed() {
    byte[] followed = join(GET, new byte[1]);
    Datagrams elsewhere = new Datagrams(new SnmpProvider(), 40000, 4000);
    assertThat(elsewhere.recognise(GET)).isEqualTo(Recognition.YES);
    assertThat(elsewhere.recognise(followed)).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(followed)).isEqualTo(Recognition.LIKELY);
    byte[] broken = message(1, element(0xA0, hex("04 00")));
    assertThat(elsewhere.recognise(broken)).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(broken)).isEqualTo(Recognition.LIKELY);
    flow.toServer(broken);
    assertThat(flow.report.oddities).containsExactly("broken_pdu");
    assertThat(snmp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 2, "pdu_type": "get_request", "community": "public"}
                """));
  }

  @Test
  void readsNoMoreVariablesThanTheLimit() {
    byte[][] many = new byte[SnmpVariables.MAX_VARIABLES + 5][];
    Arrays.fill(many, variable(SYS_NAME, element(4, text("x"))));
    flow.toClient(message(1, pdu(0xA2, many)));
    assertThat(snmp().get("vars")).hasSize(SnmpVariables.MAX_VARIABLES);
    assertThat(flow.report.traits).hasSize(SnmpVariables.MAX_VARIABLES);
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    for (byte[] message : new byte[][] {RESPONSE, TRAP_V1}) {
      flow.toClient(message);
      JsonNode whole = snmp();
      for (int length = 0; length < message.length; length++) {
        Datagrams cut = new Datagrams(new SnmpProvider(), 40000, 161);
        byte[] part = Arrays.copyOf(message, length);
        cut.recognise(part);
        cut.toClient(part);
        for (String event : cut.events()) {
          JsonNode read = JSON.readTree(event).get("snmp");
          read.propertyStream()
              .filter(p -> !p.getKey().equals("vars"))
              .forEach(p -> assertThat(p.getValue()).isEqualTo(whole.get(p.getKey())));
          for (int i = 0; i < read.path("vars").size(); i++) {
            assertThat(read.get("vars").get(i)).isEqualTo(whole.get("vars").get(i));
          }
          assertThat(cut.report.oddities).isNotEmpty();
        }
        for (String trait : cut.report.traits) {
          assertThat(flow.report.traits).contains(trait);
        }
      }
    }
  }
}
