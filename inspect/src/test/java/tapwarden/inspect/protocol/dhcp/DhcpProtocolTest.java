package tapwarden.inspect.protocol.dhcp;

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

/** Messages laid out by hand after RFC 2131 figure 1 and the options of RFC 2132. */
class DhcpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String MAC = "020000000001";
  private static final String COOKIE = "63825363";
  private static final String END = "ff";

  private final Datagrams flow = new Datagrams(new DhcpProvider(), 68, 67);

  /** The fixed fields: a message of Ethernet, transaction 0x3903f326. */
  private static byte[] fixed(int op, int hops, String addresses) {
    return join(
        new byte[] {(byte) op, 1, 6, (byte) hops},
        hex("3903f326 0007 8000", addresses, MAC, "00000000000000000000"),
        new byte[64 + 128]);
  }

  private static byte[] request(String... options) {
    return join(fixed(1, 0, "00000000".repeat(4)), hex(COOKIE), hex(options));
  }

  private static String option(int code, String value) {
    return option(code, text(value));
  }

  private static String option(int code, byte[] value) {
    return java.util.HexFormat.of()
        .formatHex(join(new byte[] {(byte) code, (byte) value.length}, value));
  }

  private static final byte[] DISCOVER =
      request(
          "350101",
          option(61, hex("01", MAC)),
          option(12, "cam-17"),
          option(60, "udhcp 1.24.2"),
          "3204 c0a80064",
          "3707 01 03 06 0c 0f 1c 2a",
          "3902 0240",
          END);

  private static final byte[] ACK =
      join(
          fixed(2, 1, "00000000 c0a80064 c0a80001 0a0a0a01"),
          hex(COOKIE, "350105", "3604c0a80001", "330400000e10", "3a0400000708", "3b0400000c4e"),
          hex("0104ffffff00", "0304c0a80001", "060808080808 08080404"),
          hex(option(15, "example.org"), option(82, hex("01 04 00040102", "02 03 aabbcc")), END));

  private JsonNode dhcp() {
    return JSON.readTree(flow.event()).get("dhcp");
  }

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/dhcp");
  }

  @Test
  void rendersADiscoverAsEveHasIt() {
    assertThat(flow.recognise(DISCOVER)).isEqualTo(Recognition.YES);
    flow.toServer(DISCOVER);
    assertThat(dhcp())
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "request", "id": 956560166, "client_mac": "02:00:00:00:00:01",
                 "assigned_ip": "0.0.0.0", "client_ip": "0.0.0.0", "dhcp_type": "discover",
                 "client_id": "02:00:00:00:00:01", "hostname": "cam-17",
                 "vendor_class_identifier": "udhcp 1.24.2", "requested_ip": "192.168.0.100",
                 "params": ["subnet_mask", "router", "dns_server", "domain", "ntp_server"]}
                """));
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"hops": 0, "seconds": 7, "broadcast": true, "options": "53,61,12,60,50,55,57",
                 "fingerprint": "1,3,6,12,15,28,42", "max_message_size": 576}
                """));
  }

  @Test
  void rendersAnAcknowledgementWithItsLeaseAndRelay() {
    flow.toClient(ACK);
    assertThat(dhcp())
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "reply", "id": 956560166, "client_mac": "02:00:00:00:00:01",
                 "assigned_ip": "192.168.0.100", "client_ip": "0.0.0.0",
                 "relay_ip": "10.10.10.1", "next_server_ip": "192.168.0.1", "dhcp_type": "ack",
                 "subnet_mask": "255.255.255.0", "routers": ["192.168.0.1"],
                 "dns_servers": ["8.8.8.8", "8.8.4.4"], "lease_time": 3600,
                 "renewal_time": 1800, "rebinding_time": 3150}
                """));
    assertThat(own().get("relay_agent"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"sub_option": 1, "value": "00040102"}, {"sub_option": 2, "value": "aabbcc"}]
                """));
    assertThat(own().get("server_id").asString()).isEqualTo("192.168.0.1");
    assertThat(own().get("domain_name").asString()).isEqualTo("example.org");
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    flow.toServer(DISCOVER);
    flow.toClient(ACK);
    for (String event : flow.events()) {
      ObjectNode eve = (ObjectNode) JSON.readTree(event);
      assertThat(eve.remove("tapwarden")).isNotNull();
      assertThat(schema.problems(eve.toString())).isEmpty();
    }
  }

  @Test
  void takesWhatAClientSaysForTraitsOfTheDeviceThatSentIt() {
    flow.toServer(DISCOVER);
    assertThat(flow.report.traits)
        .containsExactly(
            "dhcp-hostname SENDING_DEVICE cam-17",
            "dhcp-vendor-class SENDING_DEVICE udhcp 1.24.2",
            "dhcp-fingerprint SENDING_DEVICE 1,3,6,12,15,28,42");
  }

  @Test
  void takesNoTraitFromWhatAnotherForwards() {
    flow.datagram(true, DISCOVER, "02:00:00:00:00:99");
    byte[] hopped = DISCOVER.clone();
    hopped[3] = 1;
    flow.toServer(hopped);
    byte[] relayed = DISCOVER.clone();
    relayed[24] = 10;
    flow.toServer(relayed);
    flow.toClient(ACK);
    assertThat(flow.report.traits).isEmpty();
    assertThat(flow.events()).hasSize(4);
  }

  /** RFC 3396 §8: a long option in two pieces, others between them. */
  @Test
  void joinsThePiecesOfALongOption() {
    flow.toServer(
        request("350103", option(60, "long "), option(12, "a"), option(60, "class"), END));
    assertThat(dhcp().get("vendor_class_identifier").asString()).isEqualTo("long class");
    assertThat(own().get("options").asString()).isEqualTo("53,60,12,60");
  }

  /** RFC 2131 §4.1, RFC 3396 §5: first the options, then file, then sname. */
  @Test
  void readsOptionsInFileAndServerName() {
    byte[] message = request("350101", "340103", option(12, "one-"), END);
    byte[] inFile = hex(option(12, "two-"), END);
    byte[] inServerName = hex(option(12, "three"), END);
    System.arraycopy(inFile, 0, message, 108, inFile.length);
    System.arraycopy(inServerName, 0, message, 44, inServerName.length);
    flow.toServer(message);
    assertThat(dhcp().get("hostname").asString()).isEqualTo("one-two-three");
    assertThat(own().has("boot_file")).isFalse();
    message[242 + 3] = 1;
    flow.toServer(message);
    assertThat(dhcp().get("hostname").asString()).isEqualTo("one-two-");
  }

  @Test
  void showsTheFieldsForNamesWhereTheyAreNames() {
    byte[] message = request("350101", END);
    System.arraycopy(text("pxelinux.0"), 0, message, 108, 10);
    flow.toServer(message);
    assertThat(own().get("boot_file").asString()).isEqualTo("pxelinux.0");
  }

  /** RFC 4702 §2.3.1: flag E says that the name has the form of DNS. */
  @Test
  void readsBothFormsOfTheFullName() {
    flow.toServer(request("350103", option(81, hex("05 00 00 03 63616d 03 6c616e 00")), END));
    flow.toServer(request("350103", option(81, hex("01 00 00 63616d2e6c616e")), END));
    assertThat(flow.report.traits)
        .containsExactly("dhcp-fqdn SENDING_DEVICE cam.lan", "dhcp-fqdn SENDING_DEVICE cam.lan");
  }

  @Test
  void takesBootpWithoutCookieOnItsPortsOnly() {
    byte[] bootp = join(fixed(1, 0, "00000000".repeat(4)), new byte[64]);
    assertThat(flow.recognise(bootp)).isEqualTo(Recognition.LIKELY);
    assertThat(new Datagrams(new DhcpProvider(), 4000, 4001).recognise(bootp))
        .isEqualTo(Recognition.NO);
    flow.toServer(bootp);
    assertThat(dhcp().has("dhcp_type")).isFalse();
  }

  @Test
  void refusesSomethingElseOnItsPorts() {
    byte[] thirdOperation = DISCOVER.clone();
    thirdOperation[0] = 3;
    assertThat(flow.recognise(thirdOperation)).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("x".repeat(300)))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(thirdOperation)).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_dhcp");
    assertThat(flow.events()).isEmpty();
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    flow.toServer(DISCOVER);
    JsonNode whole = dhcp();
    for (int length = 0; length < DISCOVER.length; length++) {
      Datagrams cut = new Datagrams(new DhcpProvider(), 68, 67);
      byte[] part = Arrays.copyOf(DISCOVER, length);
      cut.recognise(part);
      cut.toServer(part);
      for (String event : cut.events()) {
        JSON.readTree(event)
            .get("dhcp")
            .propertyStream()
            .forEach(p -> assertThat(p.getValue()).isEqualTo(whole.get(p.getKey())));
      }
      assertThat(cut.events()).hasSize(length < 236 ? 0 : 1);
    }
  }

  @Test
  void writesSoManyEventsAMinuteAndNoMore() {
    for (int i = 0; i < DhcpProtocol.MAX_EVENTS_A_MINUTE + 10; i++) {
      flow.toServer(DISCOVER);
    }
    assertThat(flow.events()).hasSize(DhcpProtocol.MAX_EVENTS_A_MINUTE);
    assertThat(flow.report.oddities).containsExactly("event_limit");
    assertThat(flow.report.traits).hasSize(3 * (DhcpProtocol.MAX_EVENTS_A_MINUTE + 10));
  }

  @Test
  void countsWhatIsOddWithinAMessage() {
    flow.toServer(request("350101", "0cff41"));
    assertThat(flow.report.oddities).containsExactly("option_cut");
    String[] many = new String[DhcpMessage.MAX_OPTIONS + 1];
    Arrays.fill(many, "0c0141");
    flow.toServer(request(many));
    assertThat(flow.report.oddities).containsExactly("option_cut", "option_limit");
    flow.toServer(new byte[10]);
    assertThat(flow.report.oddities).endsWith("unreadable");
  }
}
