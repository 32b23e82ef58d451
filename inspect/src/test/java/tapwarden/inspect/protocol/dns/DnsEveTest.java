package tapwarden.inspect.protocol.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.dns.DnsEve.Version;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DnsEveTest {
  private static final byte[] QUERY =
      tapwarden.capture.forge.DnsMessage.query(0x1234, "www.Example.com", DnsType.A).toBytes();
  private static final byte[] ANSWER =
      tapwarden.capture.forge.DnsMessage.response(0x1234, "www.example.com", DnsType.A)
          .cname("www.example.com", 300, "cdn.example.net")
          .a("cdn.example.net", 60, "203.0.113.9")
          .aaaa("cdn.example.net", 60, "2001:db8::9")
          .record("cdn.example.net", DnsType.TXT, 5, HexFormat.of().parseHex("02613d026262"))
          .srv("_sip._udp.example.net", 60, 5060, "sip.example.net")
          .authority()
          .record(
              "example.net",
              DnsType.SOA,
              60,
              HexFormat.of()
                  .parseHex(
                      "026e7300"
                          + "046d61696c00"
                          + "0000000100000002"
                          + "0000000300000004"
                          + "00000005"))
          .additional()
          .edns(1232)
          .toBytes();
  private static final byte[] MDNS =
      tapwarden.capture.forge.DnsMessage.empty(0, 0x8400)
          .nameRecord("_ipp._tcp.local", DnsType.PTR, 120, "Printer._ipp._tcp.local")
          .record("Printer._ipp._tcp.local", DnsType.TXT, 120, HexFormat.of().parseHex("03613d62"))
          .a("printer.local", 120, "192.168.1.9")
          .toBytes();

  private final DnsMessage message = new DnsMessage();

  private String event(Version version, DnsKind kind, byte[] bytes, int index) {
    assertThat(message.parse(MemorySegment.ofArray(bytes), 0, bytes.length)).isTrue();
    DnsEve eve = new DnsEve(version);
    assertThat(eve.events(kind, message)).isGreaterThan(index);
    JsonWriter json = new JsonWriter().reset().beginObject();
    json.name("timestamp").valueTimestamp(1_767_323_045_123_456_000L);
    json.field("event_type", kind.word());
    eve.write(json, kind, message, index, 3);
    return json.endObject().toString();
  }

  private JsonNode read(Version version, DnsKind kind, byte[] bytes) {
    return JsonMapper.shared().readTree(event(version, kind, bytes, 0)).get(kind.word());
  }

  @Test
  void writesAQueryOfVersionTwoWithTheNameAtTheTop() {
    JsonNode dns = read(Version.V2, DnsKind.DNS, QUERY);
    assertThat(dns.at("/version").asInt()).isEqualTo(2);
    assertThat(dns.at("/type").asString()).isEqualTo("query");
    assertThat(dns.at("/id").asInt()).isEqualTo(0x1234);
    assertThat(dns.at("/rrname").asString()).isEqualTo("www.Example.com");
    assertThat(dns.at("/rrtype").asString()).isEqualTo("A");
    assertThat(dns.at("/tx_id").asInt()).isEqualTo(3);
  }

  @Test
  void writesAnAnswerOfVersionTwoWithListAndGroups() {
    JsonNode dns = read(Version.V2, DnsKind.DNS, ANSWER);
    assertThat(dns.at("/type").asString()).isEqualTo("answer");
    assertThat(dns.at("/flags").asString()).isEqualTo("8180");
    assertThat(dns.at("/qr").asBoolean()).isTrue();
    assertThat(dns.at("/rd").asBoolean()).isTrue();
    assertThat(dns.at("/ra").asBoolean()).isTrue();
    assertThat(dns.has("aa")).isFalse();
    assertThat(dns.at("/rcode").asString()).isEqualTo("NOERROR");
    assertThat(dns.at("/rrname").asString()).isEqualTo("www.example.com");
    assertThat(dns.at("/answers/0/rdata").asString()).isEqualTo("cdn.example.net");
    assertThat(dns.at("/answers/1/rdata").asString()).isEqualTo("203.0.113.9");
    assertThat(dns.at("/answers/1/ttl").asInt()).isEqualTo(60);
    assertThat(dns.at("/answers/3/rdata").asString()).isEqualTo("a=bb");
    assertThat(dns.at("/answers/4/srv/port").asInt()).isEqualTo(5060);
    assertThat(dns.at("/answers").size()).isEqualTo(5);
    assertThat(dns.at("/grouped/A/0").asString()).isEqualTo("203.0.113.9");
    assertThat(dns.at("/grouped/CNAME/0").asString()).isEqualTo("cdn.example.net");
    assertThat(dns.at("/grouped/SRV/0/name").asString()).isEqualTo("sip.example.net");
    assertThat(dns.at("/authorities/0/soa/mname").asString()).isEqualTo("ns");
    assertThat(dns.at("/authorities/0/soa/rname").asString()).isEqualTo("mail");
    assertThat(dns.at("/authorities/0/soa/minimum").asInt()).isEqualTo(5);
  }

  @Test
  void keepsTheAddressesOfNameServersOutOfTheAnswers() throws IOException {
    byte[] glue =
        tapwarden.capture.forge.DnsMessage.response(1, "www.example.com", DnsType.A)
            .a("www.example.com", 60, "203.0.113.9")
            .authority()
            .nameRecord("example.com", DnsType.NS, 60, "ns.example.com")
            .additional()
            .a("ns.example.com", 60, "192.0.2.53")
            .toBytes();
    for (Version version : Version.values()) {
      JsonNode dns = read(version, DnsKind.DNS, glue);
      assertThat(dns.at("/answers").size()).isEqualTo(1);
      assertThat(dns.at("/grouped/A").size()).isEqualTo(1);
      assertThat(dns.at("/authorities/0/rdata").asString()).isEqualTo("ns.example.com");
      assertThat(dns.at("/additionals/0/rrname").asString()).isEqualTo("ns.example.com");
      assertThat(dns.at("/additionals/0/rdata").asString()).isEqualTo("192.0.2.53");
      assertThat(EveSchema.load().problems(event(version, DnsKind.DNS, glue, 0))).isEmpty();
    }
  }

  @Test
  void writesTheRecordsOfARequestOnceWithItsFirstQuestion() throws IOException {
    byte[] update =
        tapwarden.capture.forge.DnsMessage.query(1, "a.example", DnsType.A)
            .question("b.example", DnsType.A)
            .a("a.example", 60, "10.10.10.10")
            .toBytes();
    assertThat(read(Version.V2, DnsKind.DNS, update).at("/answers/0/rdata").asString())
        .isEqualTo("10.10.10.10");
    assertThat(event(Version.V2, DnsKind.DNS, update, 1)).doesNotContain("answers");
    assertThat(EveSchema.load().problems(event(Version.V2, DnsKind.DNS, update, 0))).isEmpty();
  }

  @Test
  void writesBytesThatAreNoUtf8SoThatNamesOfATunnelStayDifferent() {
    String header = "000101000001000000000000";
    byte[] one = HexFormat.of().parseHex(header + "0361ca62" + "00" + "000a0001");
    byte[] two = HexFormat.of().parseHex(header + "0361cb62" + "00" + "000a0001");
    assertThat(read(Version.V2, DnsKind.DNS, one).at("/rrname").asString()).isEqualTo("a\\xcab");
    assertThat(read(Version.V2, DnsKind.DNS, two).at("/rrname").asString()).isEqualTo("a\\xcbb");
  }

  @Test
  void writesVersionThreeWithListsOfQueries() {
    JsonNode request = read(Version.V3, DnsKind.DNS, QUERY);
    assertThat(request.at("/type").asString()).isEqualTo("request");
    assertThat(request.at("/queries/0/rrname").asString()).isEqualTo("www.Example.com");
    JsonNode response = read(Version.V3, DnsKind.DNS, ANSWER);
    assertThat(response.at("/version").asInt()).isEqualTo(3);
    assertThat(response.at("/type").asString()).isEqualTo("response");
    assertThat(response.at("/queries/0/rrtype").asString()).isEqualTo("A");
    assertThat(response.at("/answers").size()).isEqualTo(5);
  }

  @Test
  void namesTheDataOfLocalProtocolsAfterItsType() {
    JsonNode mdns = read(Version.V2, DnsKind.MDNS, MDNS);
    assertThat(mdns.at("/type").asString()).isEqualTo("response");
    assertThat(mdns.at("/answers/0/ptr").asString()).isEqualTo("Printer._ipp._tcp.local");
    assertThat(mdns.at("/answers/1/txt/0").asString()).isEqualTo("a=b");
    JsonNode llmnr = read(Version.V2, DnsKind.LLMNR, ANSWER);
    assertThat(llmnr.at("/answers/1/a").asString()).isEqualTo("203.0.113.9");
    assertThat(llmnr.at("/queries/0/rrname").asString()).isEqualTo("www.example.com");
  }

  @Test
  void makesOneEventAQuestionOnlyInVersionTwo() {
    byte[] two =
        tapwarden.capture.forge.DnsMessage.query(1, "a.example", 1)
            .question("b.example", 28)
            .toBytes();
    assertThat(event(Version.V2, DnsKind.DNS, two, 1)).contains("\"rrname\":\"b.example\"");
    assertThat(new DnsEve(Version.V3).events(DnsKind.DNS, message)).isEqualTo(1);
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    for (Version version : Version.values()) {
      assertThat(schema.problems(event(version, DnsKind.DNS, QUERY, 0))).isEmpty();
      assertThat(schema.problems(event(version, DnsKind.DNS, ANSWER, 0))).isEmpty();
    }
    assertThat(schema.problems(event(Version.V2, DnsKind.MDNS, MDNS, 0))).isEmpty();
    assertThat(schema.problems(event(Version.V2, DnsKind.MDNS, ANSWER, 0))).isEmpty();
    assertThat(schema.problems(event(Version.V2, DnsKind.LLMNR, ANSWER, 0))).isEmpty();
    assertThat(schema.problems(event(Version.V2, DnsKind.LLMNR, QUERY, 0))).isEmpty();
  }
}
