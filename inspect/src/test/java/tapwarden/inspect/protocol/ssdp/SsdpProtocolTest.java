package tapwarden.inspect.protocol.ssdp;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages after UPnP Device Architecture 2.0 §1.2.2, §1.3.2 and §1.3.3. */
class SsdpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final byte[] SEARCH =
      text(
          """
          M-SEARCH * HTTP/1.1\r
          HOST: 239.255.255.250:1900\r
          MAN: "ssdp:discover"\r
          MX: 3\r
          ST: upnp:rootdevice\r
          USER-AGENT: Linux/5.4 UPnP/2.0 browser/1.0\r
          \r
          """);
  private static final byte[] NOTIFY =
      text(
          """
          NOTIFY * HTTP/1.1\r
          HOST: 239.255.255.250:1900\r
          CACHE-CONTROL: max-age=1800\r
          LOCATION: http://10.0.0.1:49152/desc.xml\r
          NT: upnp:rootdevice\r
          NTS: ssdp:alive\r
          SERVER: Linux/3.10 UPnP/1.0 cam/2.1\r
          USN: uuid:2f40-17::upnp:rootdevice\r
          BOOTID.UPNP.ORG: 7\r
          \r
          """);
  private static final byte[] ANSWER =
      text(
          """
          HTTP/1.1 200 OK\r
          EXT:\r
          LOCATION: http://198.51.100.7:80/desc.xml\r
          SERVER: RouterOS/6 UPnP/1.0 igd/1.0\r
          ST: upnp:rootdevice\r
          USN: uuid:gw-1\r
          \r
          """);

  private final Datagrams flow = new Datagrams(new SsdpProvider(), 40000, 1900);

  private JsonNode own() {
    return JSON.readTree(flow.event()).at("/tapwarden/ssdp");
  }

  @Test
  void readsASearch() {
    assertThat(flow.recognise(SEARCH)).isEqualTo(Recognition.YES);
    flow.toServer(SEARCH);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"method": "M-SEARCH", "host": "239.255.255.250:1900", "st": "upnp:rootdevice",
                 "user_agent": "Linux/5.4 UPnP/2.0 browser/1.0", "man": "\\"ssdp:discover\\"",
                 "mx": "3"}
                """));
    assertThat(flow.report.traits)
        .containsExactly("upnp-user-agent CLIENT Linux/5.4 UPnP/2.0 browser/1.0");
  }

  @Test
  void takesWhatIsAnnouncedForTraitsOfTheSender() {
    assertThat(flow.recognise(NOTIFY)).isEqualTo(Recognition.YES);
    flow.toServer(NOTIFY);
    assertThat(own())
        .isEqualTo(
            JSON.readTree(
                """
                {"method": "NOTIFY", "host": "239.255.255.250:1900", "nt": "upnp:rootdevice",
                 "nts": "ssdp:alive", "usn": "uuid:2f40-17::upnp:rootdevice",
                 "server": "Linux/3.10 UPnP/1.0 cam/2.1",
                 "location": "http://10.0.0.1:49152/desc.xml", "cache_control": "max-age=1800",
                 "boot_id": "7"}
                """));
    assertThat(flow.report.traits)
        .containsExactly(
            "upnp-server CLIENT Linux/3.10 UPnP/1.0 cam/2.1", "upnp-usn CLIENT uuid:2f40-17");
  }

  @Test
  void readsAnAnswerFromAnyPort() {
    Datagrams elsewhere = new Datagrams(new SsdpProvider(), 4001, 4000);
    assertThat(elsewhere.recognise(ANSWER)).isEqualTo(Recognition.YES);
    flow.toClient(ANSWER);
    assertThat(own().get("status").asInt()).isEqualTo(200);
    assertThat(own().get("location").asString()).isEqualTo("http://198.51.100.7:80/desc.xml");
    assertThat(flow.report.traits)
        .containsExactly(
            "upnp-server SERVER RouterOS/6 UPnP/1.0 igd/1.0", "upnp-usn SERVER uuid:gw-1");
  }

  @Test
  void refusesSomethingElseOnItsPort() {
    assertThat(flow.recognise(text("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("NOTIFY sip:a@b SIP/2.0\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("NOTIFY /event HTTP/1.1\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")))
        .isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("HTTP/1.1 404 No\r\nST: x\r\n\r\n"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(text("M-SEARCH"))).isEqualTo(Recognition.NO);
    assertThat(flow.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(flow.toServer(text("hello"))).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_ssdp");
  }

  @Test
  void saysNothingFalseOfAMessageThatIsCutAnywhere() {
    flow.toServer(NOTIFY);
    JsonNode whole = own();
    for (int length = 0; length < NOTIFY.length; length++) {
      Datagrams cut = new Datagrams(new SsdpProvider(), 40000, 1900);
      byte[] part = Arrays.copyOf(NOTIFY, length);
      cut.recognise(part);
      cut.toServer(part);
      for (String event : cut.events()) {
        JSON.readTree(event)
            .at("/tapwarden/ssdp")
            .propertyStream()
            .forEach(p ->
                assertThat(whole.get(p.getKey()).asString()).startsWith(p.getValue().asString()));
      }
    }
  }

  @Test
  void countsOddHeadsAndGoesOn() {
    flow.toServer(text("NOTIFY * HTTP/1.1\nNT: a\nno colon\n\n"));
    assertThat(flow.report.oddities).containsExactly("odd_head");
    assertThat(own().get("nt").asString()).isEqualTo("a");
    flow.toServer(text("x"));
    assertThat(flow.report.oddities).containsExactly("odd_head", "unreadable");
  }

  @Test
  void writesSoManyEventsAMinuteAndNoMore() {
    for (int i = 0; i < SsdpProtocol.MAX_EVENTS_A_MINUTE + 3; i++) {
      flow.toServer(SEARCH);
    }
    assertThat(flow.events()).hasSize(SsdpProtocol.MAX_EVENTS_A_MINUTE);
    assertThat(flow.report.oddities).containsExactly("event_limit");
  }
}
