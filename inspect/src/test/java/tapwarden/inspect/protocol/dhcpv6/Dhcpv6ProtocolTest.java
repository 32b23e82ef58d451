package tapwarden.inspect.protocol.dhcpv6;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.hex;
import static tapwarden.inspect.protocol.Datagrams.join;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages laid out by hand after RFC 8415 §8, §9 and §21. */
class Dhcpv6ProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LINK = "20010db8000000010000000000000001";
  private static final String PEER = "fe800000000000000000000000000abc";

  private static final byte[] SOLICIT =
      hex(
          "01 10e1d2",
          option(1, hex("0003 0001 020000000001")),
          option(6, hex("0017 0018 0038")),
          option(16, join(hex("0000 0137 0008"), text("MSFT 5.0"))),
          option(39, hex("01 03 63616d 03 6c616e 00")));

  private final Datagrams flow =
      new Datagrams(new Dhcpv6Provider(), 546, 547, "fe80::1", "ff02::1:2");

  private static String option(int code, byte[] value) {
    return HexFormat.of()
        .formatHex(
            join(
                new byte[] {
                  (byte) (code >>> 8), (byte) code, (byte) (value.length >>> 8), (byte) value.length
                },
                value));
  }

  private static byte[] relayed(int hops, byte[] message) {
    return hex(
        "0c",
        HexFormat.of().toHexDigits((byte) hops),
        LINK,
        PEER,
        option(18, text("eth1")),
        option(9, message));
  }

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/dhcpv6");
  }

  @Test
  void rendersASolicit() {
    assertThat(flow.recognise(SOLICIT)).isEqualTo(Recognition.YES);
    flow.toServer(SOLICIT);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "solicit", "id": 1106386, "client_duid": "00030001020000000001",
                 "fqdn": "cam.lan", "vendor_enterprise": 311, "vendor_class": ["MSFT 5.0"],
                 "option_request": "23,24,56"}
                """));
    assertThat(flow.report.traits)
        .containsExactly(
            "dhcpv6-fqdn SENDING_DEVICE cam.lan",
            "dhcpv6-vendor-class SENDING_DEVICE MSFT 5.0",
            "dhcpv6-fingerprint SENDING_DEVICE 23,24,56");
  }

  @Test
  void rendersAReplyWithAddressesAndPrefixes() {
    byte[] address = hex("20010db8000000000000000000000064", "00000e10", "00001c20");
    byte[] prefix = hex("00000708", "00000e10", "38", "20010db8000001000000000000000000");
    byte[] reply =
        hex(
            "07 10e1d2",
            option(1, hex("0003 0001 020000000001")),
            option(2, hex("0002 00000009 aabb")),
            option(3, join(hex("00000001 00000000 00000000"), hex(option(5, address)))),
            option(25, join(hex("00000002 00000000 00000000"), hex(option(26, prefix)))),
            option(23, hex("20010db8000000000000000000000053")),
            option(24, hex("03 6c616e 00 02 6578 00")),
            option(13, join(hex("0000"), text("ok"))),
            option(14, new byte[0]));
    flow.toClient(reply);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "reply", "id": 1106386, "client_duid": "00030001020000000001",
                 "server_duid": "000200000009aabb",
                 "addresses": [{"address": "2001:0db8:0000:0000:0000:0000:0000:0064",
                   "preferred_seconds": 3600, "valid_seconds": 7200}],
                 "prefixes": [{"prefix": "2001:0db8:0000:0100:0000:0000:0000:0000",
                   "prefix_length": 56, "preferred_seconds": 1800, "valid_seconds": 3600}],
                 "dns_servers": ["2001:0db8:0000:0000:0000:0000:0000:0053"],
                 "domain_search": ["lan", "ex"], "status": 0, "status_message": "ok",
                 "rapid_commit": true}
                """));
    assertThat(flow.report.traits).isEmpty();
  }

  @Test
  void looksThroughRelays() {
    flow.toServer(relayed(1, relayed(0, SOLICIT)));
    assertThat(own().get("type").asString()).isEqualTo("solicit");
    assertThat(own().get("relays"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"hops": 1, "link_address": "2001:0db8:0000:0001:0000:0000:0000:0001",
                  "peer_address": "fe80:0000:0000:0000:0000:0000:0000:0abc",
                  "interface_id": "65746831"},
                 {"hops": 0, "link_address": "2001:0db8:0000:0001:0000:0000:0000:0001",
                  "peer_address": "fe80:0000:0000:0000:0000:0000:0000:0abc",
                  "interface_id": "65746831"}]
                """));
    assertThat(flow.report.traits).isEmpty();
    assertThat(flow.report.oddities).isEmpty();
  }

  @Test
  void looksThroughNoMoreRelaysThanTheLimit() {
    byte[] message = SOLICIT;
    for (int i = 0; i < Dhcpv6Message.MAX_RELAYS; i++) {
      message = relayed(i, message);
    }
    flow.toServer(message);
    assertThat(own().get("type").asString()).isEqualTo("solicit");
    assertThat(own().get("relays")).hasSize(Dhcpv6Message.MAX_RELAYS);
    flow.toServer(relayed(9, message));
    assertThat(own().get("type").asString()).isEqualTo("relay_forward");
    assertThat(own().get("relays")).hasSize(Dhcpv6Message.MAX_RELAYS);
    assertThat(flow.report.oddities).containsExactly("relay_limit");
  }

  @Test
  void takesNoTraitOfAnotherDevice() {
    flow.datagram(true, SOLICIT, "02:00:00:00:00:99");
    Datagrams routed = new Datagrams(new Dhcpv6Provider(), 546, 547, "2001:db8::1", "2001:db8::2");
    routed.toServer(SOLICIT);
    assertThat(flow.report.traits).isEmpty();
    assertThat(routed.report.traits).isEmpty();
  }

  @Test
  void refusesWhatIsNoMessageAndWhatIsOnOtherPorts() {
    assertThat(new Datagrams(new Dhcpv6Provider(), 5460, 5470).recognise(SOLICIT))
        .isEqualTo(Recognition.NO);
    assertThat(flow.recognise(hex("25 000001", option(8, hex("0000"))))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(hex("01 000001", option(8, hex("0000")))))
        .isEqualTo(Recognition.LIKELY);
    assertThat(flow.recognise(hex("01 000001", option(8, hex("0000")), "00")))
        .isEqualTo(Recognition.NO);
    assertThat(flow.recognise(hex("01 000001"))).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(hex("00"))).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_dhcpv6");
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    byte[] message = relayed(0, SOLICIT);
    flow.toServer(message);
    JsonNode whole = own();
    for (int length = 0; length < message.length; length++) {
      Datagrams cut = new Datagrams(new Dhcpv6Provider(), 546, 547);
      byte[] part = Arrays.copyOf(message, length);
      cut.recognise(part);
      cut.toServer(part);
      for (String event : cut.events()) {
        JsonNode own = JSON.readTree(event).at("/tapwarden/dhcpv6");
        if (!own.get("type").asString().equals("relay_forward")) {
          own.propertyStream()
              .forEach(p -> assertThat(p.getValue()).isEqualTo(whole.get(p.getKey())));
        }
        assertThat(cut.report.oddities).containsExactly("option_cut");
      }
    }
  }
}
