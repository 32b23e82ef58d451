package tapwarden.inspect.protocol.ntp;

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

/** Messages laid out by hand after RFC 5905 §7.3 and RFC 9327 §2. */
class NtpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ZEROS = "00".repeat(8);

  /** Version 4, mode 3, poll 6, precision -20; sent at 1700000000.5 s since 1970. */
  private static final byte[] CLIENT =
      hex("23 00 06 ec 00000000 00000000 00000000", ZEROS, ZEROS, ZEROS, "e8fe6f80 80000000");

  /** Version 4, mode 4, stratum 2; 1/16 s to the root, 1/2 s of dispersion, of 192.0.2.1. */
  private static final byte[] SERVER =
      hex("24 02 06 ec 00001000 00008000 c0000201", ZEROS, ZEROS, ZEROS, "e8fe6f80 80000000");

  private static final byte[] CONTROL_REQUEST = hex("16 02 0001 0000 0000 0000 0000");
  private static final byte[] CONTROL_ANSWER =
      join(hex("16 82 0001 0615 0000 0000 0014"), text("version=\"ntpd 4.2.8\""));
  private static final byte[] MONLIST = hex("17 00 03 2a 0000 0000");

  private final Datagrams flow = new Datagrams(new NtpProvider(), 40000, 123);

  private JsonNode ntp() {
    return JSON.readTree(flow.event()).get("ntp");
  }

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/ntp");
  }

  private static byte[] with(byte[] message, int at, int value) {
    byte[] changed = message.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void rendersARequestAndItsAnswer() {
    assertThat(flow.recognise(CLIENT)).isEqualTo(Recognition.LIKELY);
    flow.toServer(CLIENT);
    assertThat(ntp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 4, "mode": 3, "stratum": 0, "reference_id": "00:00:00:00"}
                """));
    flow.toClient(SERVER);
    assertThat(ntp())
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 4, "mode": 4, "stratum": 2, "reference_id": "c0:00:02:01"}
                """));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"leap": 0, "poll": 6, "precision": -20, "root_delay_seconds": 0.062500,
                 "root_dispersion_seconds": 0.500000, "reference": "192.0.2.1",
                 "transmit_time": "2023-11-14T22:13:20.500000+0000", "length": 48}
                """));
  }

  @Test
  void tellsOneEventForEachKindOfMessage() {
    for (int i = 0; i < 100; i++) {
      flow.toServer(CLIENT);
      flow.toClient(SERVER);
    }
    assertThat(flow.events()).hasSize(2);
    flow.toClient(with(join(Arrays.copyOf(SERVER, 12), text("RATE"), new byte[32]), 1, 0));
    assertThat(flow.events()).hasSize(3);
    assertThat(own().get("kiss_code").asString()).isEqualTo("RATE");
  }

  @Test
  void readsTimesAfterTheFirstEra() {
    flow.toServer(with(with(with(with(CLIENT, 40, 0), 41, 0), 42, 0), 43, 1));
    assertThat(own().get("transmit_time").asString()).isEqualTo("2036-02-07T06:28:17.500000+0000");
  }

  @Test
  void readsWhatControlMessagesAskForAndAnswer() {
    assertThat(flow.recognise(CONTROL_REQUEST)).isEqualTo(Recognition.LIKELY);
    flow.toServer(CONTROL_REQUEST);
    assertThat(ntp()).isEqualTo(JSON.readTree("{\"version\": 2, \"mode\": 6}"));
    flow.toClient(CONTROL_ANSWER);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"operation": "read_variables", "response": true, "more": false,
                 "association": 0, "data_offset": 0, "data_bytes": 20,
                 "data": "version=\\"ntpd 4.2.8\\""}
                """));
    assertThat(flow.report.traits).containsExactly("ntp-variables SERVER version=\"ntpd 4.2.8\"");
  }

  @Test
  void namesThePrivateRequestThatAmplifies() {
    assertThat(flow.recognise(MONLIST)).isEqualTo(Recognition.LIKELY);
    flow.toServer(MONLIST);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"request": "mon_getlist_1", "request_code": 42, "implementation": 3,
                 "response": false, "more": false, "authenticated": false, "error": 0,
                 "items": 0, "item_bytes": 0}
                """));
    byte[] answer = join(hex("d7 00 03 2a 0006 0048"), new byte[6 * 72]);
    flow.toClient(answer);
    assertThat(own().get("items").asInt()).isEqualTo(6);
    assertThat(own().get("item_bytes").asInt()).isEqualTo(72);
    assertThat(own().get("more").asBoolean()).isTrue();
  }

  /** RFC 7822 §3: fields of 16 bytes or more, then what authenticates. */
  @Test
  void countsExtensionFieldsAndReadsTheKey() {
    byte[] unique = join(hex("0104 0024"), new byte[32]);
    byte[] cookie = join(hex("0204 0010"), new byte[12]);
    byte[] mac = join(hex("0000002a"), new byte[16]);
    flow.toServer(join(CLIENT, unique, cookie, mac));
    assertThat(own().get("extension_fields").asInt()).isEqualTo(2);
    assertThat(own().get("authenticator_bytes").asInt()).isEqualTo(20);
    assertThat(own().get("key_id").asInt()).isEqualTo(42);
    assertThat(flow.report.oddities).isEmpty();
  }

  @Test
  void countsWhatDoesNotBelongBehindAMessage() {
    byte[] smuggled = join(CLIENT, text("these are forty bytes of something else"), new byte[1]);
    assertThat(flow.recognise(smuggled)).isEqualTo(Recognition.NO);
    flow.toServer(CLIENT);
    flow.toServer(smuggled);
    assertThat(flow.report.oddities).containsExactly("odd_tail");
    assertThat(own().get("odd_tail").asBoolean()).isTrue();
    assertThat(own().get("length").asInt()).isEqualTo(88);
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    flow.toServer(CLIENT);
    flow.toClient(SERVER);
    flow.toServer(CONTROL_REQUEST);
    flow.toServer(MONLIST);
    for (String event : flow.events()) {
      ObjectNode eve = (ObjectNode) JSON.readTree(event);
      assertThat(eve.remove("tapwarden")).isNotNull();
      assertThat(schema.problems(eve.toString())).isEmpty();
    }
  }

  @Test
  void refusesSomethingElseOnItsPort() {
    assertThat(flow.recognise(hex("1234 0100 0001 0000 0000 0000 03777777 00 0001 0001")))
        .isEqualTo(Recognition.NO);
    assertThat(flow.recognise(with(CLIENT, 0, 0x03))).isEqualTo(Recognition.NO); // version 0
    assertThat(flow.recognise(with(CLIENT, 0, 0x2B))).isEqualTo(Recognition.NO); // version 5
    assertThat(flow.recognise(with(CLIENT, 0, 0x20))).isEqualTo(Recognition.NO); // mode 0
    assertThat(flow.recognise(with(CLIENT, 1, 17))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(with(CLIENT, 2, 100))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(Arrays.copyOf(CLIENT, 47))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(with(MONLIST, 2, 1))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(with(CONTROL_ANSWER, 11, 21))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(hex("d7 00 03 2a 0006 0048"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(with(CLIENT, 1, 17))).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_ntp");
  }

  @Test
  void isUnknownOnOtherPorts() {
    assertThat(new Datagrams(new NtpProvider(), 40000, 4000).recognise(CLIENT))
        .isEqualTo(Recognition.NO);
  }

  @Test
  void tellsNoMoreKindsThanTheLimit() {
    for (int code = 0; code < 256; code++) {
      flow.toServer(with(MONLIST, 3, code));
    }
    assertThat(flow.events()).hasSize(NtpProtocol.MAX_KINDS);
    assertThat(flow.report.oddities).hasSize(256 - NtpProtocol.MAX_KINDS).contains("kind_limit");
  }

  @Test
  void goesOnAfterWhatItCannotRead() {
    flow.toServer(CLIENT);
    for (int length = 0; length < 48; length++) {
      assertThat(flow.toServer(Arrays.copyOf(CLIENT, length))).isTrue();
    }
    assertThat(flow.events()).hasSize(1);
    assertThat(flow.report.oddities).hasSize(48).containsOnly("unreadable");
  }
}
