package tapwarden.inspect.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Arkime's tests expect of a capture, by names of Arkime's fields: those that events of ours
 * have too. Sessions are told apart by protocol and ends; of sessions with the same ends packets
 * and bytes are added up.
 */
final class ArkimeFacts {
  /** Lists of text or numbers that are facts as they stand. */
  private static final List<String> PLAIN =
      List.of(
          "http.method",
          "http.statuscode",
          "http.useragent",
          "tls.ja3",
          "tls.ja3s",
          "tls.ja4",
          "tls.version",
          "quic.host",
          "quic.version",
          "quic.useragent",
          "ssh.version",
          "ssh.hassh",
          "ssh.hasshServer",
          "email.smtpHello",
          "ftp.command",
          "ftp.responseCode",
          "tftp.filename",
          "snmp.community",
          "sip.method",
          "sip.statuscode",
          "dhcp.host",
          "ntp.mode",
          "ntp.version",
          "socks.host",
          "socks.ip",
          "socks.port",
          "socks.user",
          "mqtt.clientId",
          "mqtt.topic",
          "mqtt.willTopic",
          "mqtt.type",
          "network.vlan.id");

  private static final Set<String> LOWER =
      Set.of("ftp.command", "ssh.version", "mqtt.type", "email.smtpHello");

  /** We write no events of them. */
  private static final Set<String> ACKNOWLEDGEMENTS =
      Set.of("pingreq", "pingresp", "puback", "pubrec", "pubrel", "pubcomp", "suback", "unsuback");

  /** Our words by Arkime's, of the protocols that both know. */
  static final Map<String, String> PROTOCOLS = new TreeMap<>();

  static {
    for (String both :
        List.of(
            "dns http http2 tls dtls quic ssh smtp ftp tftp snmp sip ntp mqtt socks telnet nbns"
                + " mdns llmnr dhcp dhcpv6 imap irc ldap krb5 rdp smb mysql mongodb stun radius"
                + " syslog bittorrent lldp")) {
      for (String word : both.split(" ", -1)) {
        PROTOCOLS.put(word, word);
      }
    }
    PROTOCOLS.put("mongo", "mongodb");
    PROTOCOLS.put("postgresql", "pgsql");
    PROTOCOLS.put("isakmp", "ike");
    PROTOCOLS.put("tds", "mssql-tds");
    PROTOCOLS.put("oracle", "oracle");
    PROTOCOLS.put("dcerpc", "dcerpc");
  }

  final Map<String, Set<String>> facts = new TreeMap<>();

  /** By session and end: packets and bytes that the end sent. */
  private final Map<String, long[]> volumes = new TreeMap<>();

  static ArkimeFacts of(Path test) throws IOException {
    ArkimeFacts of = new ArkimeFacts();
    JsonNode all = JsonMapper.shared().readTree(Files.readAllBytes(test));
    all.path("sessions3").forEach(session -> of.session(session.path("body")));
    addVolumes(of.facts, of.volumes);
    return of;
  }

  static void put(Map<String, Set<String>> to, String key, String value) {
    to.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
  }

  /** Packets and bytes that each end of a session sent as facts of their own. */
  static void addVolumes(Map<String, Set<String>> to, Map<String, long[]> volumes) {
    volumes.forEach((end, volume) -> {
      put(to, "packets", end + " " + volume[0]);
      put(to, "bytes", end + " " + volume[1]);
    });
  }

  private void session(JsonNode body) {
    int protocol = body.path("ipProtocol").asInt(0);
    if (isConversation(protocol) && body.at("/source").has("ip")) {
      conversation(protocol, body);
    }
    for (String key : PLAIN) {
      values(key, body.at("/" + key.replace('.', '/')));
    }
    values(
        "ftp.user",
        body.path("protocol").toString().contains("\"ftp\"") ? body.path("user") : null);
    hosts(body.path("http"));
    boolean multicast = body.path("protocol").toString().contains("\"mdns\"");
    body.path("dns").forEach(dns -> lookup(dns, multicast));
    body.path("cert").forEach(cert -> put(facts, "cert.hash", cert.path("hash").asString("")));
    for (JsonNode word : body.path("protocol")) {
      String ours = PROTOCOLS.get(word.asString(""));
      if (ours != null) {
        put(facts, "protocol", ours);
      }
    }
  }

  private void conversation(int protocol, JsonNode body) {
    String source =
        end(protocol, body.at("/source/ip").asString(""), body.at("/source/port").asInt(0));
    String to =
        end(
            protocol,
            body.at("/destination/ip").asString(""),
            body.at("/destination/port").asInt(0));
    add(
        facts,
        volumes,
        session(protocol, source, to),
        List.of(source, to),
        body.at("/source/packets").asLong(0),
        body.at("/source/bytes").asLong(0),
        body.at("/destination/packets").asLong(0),
        body.at("/destination/bytes").asLong(0));
    if (body.at("/network").has("community_id")) {
      put(facts, "network.community_id", body.at("/network/community_id").asString(""));
    }
  }

  /** A session, who began it, and what either end sent: packets and bytes of each in turn. */
  static void add(
      Map<String, Set<String>> facts,
      Map<String, long[]> volumes,
      String session,
      List<String> ends,
      long... sent) {
    put(facts, "session", session);
    put(facts, "source", session + " begun by " + ends.getFirst());
    for (int i = 0; i < ends.size(); i++) {
      String end = session + ": " + ends.get(i);
      long[] volume = volumes.computeIfAbsent(end, k -> new long[2]);
      volume[0] += sent[2 * i];
      volume[1] += sent[2 * i + 1];
    }
  }

  /**
   * Whether both know conversations of that protocol between two ends: Arkime puts all sessions of
   * others, such as IGMP and OSPF, together by protocol, and gives them no Community ID.
   */
  static boolean isConversation(int protocol) {
    return Set.of(1, 6, 17, 58, 132).contains(protocol);
  }

  /** One spelling of an end; only TCP, UDP and SCTP have ports. */
  static String end(int protocol, String ip, int port) {
    boolean ports = protocol == 6 || protocol == 17 || protocol == 132;
    return ports ? address(ip) + ' ' + port : address(ip);
  }

  /** One spelling of a session, whoever began it. */
  static String session(int protocol, String source, String to) {
    boolean inOrder = source.compareTo(to) < 0;
    return protocol + " " + (inOrder ? source : to) + " - " + (inOrder ? to : source);
  }

  static String address(String text) {
    var address = tapwarden.inspect.wire.IpAddress.parse(text);
    return address == null ? text : address.toString();
  }

  private void values(String key, @org.jspecify.annotations.Nullable JsonNode values) {
    if (values == null || values.isMissingNode()) {
      return;
    }
    if (!values.isArray()) {
      value(key, values);
      return;
    }
    values.forEach(value -> value(key, value));
  }

  private void value(String key, JsonNode node) {
    String value = node.asString("");
    value = LOWER.contains(key) ? value.toLowerCase(Locale.ROOT) : value;
    if (key.equals("mqtt.type") && ACKNOWLEDGEMENTS.contains(value)) {
      return;
    }
    put(facts, key, key.equals("socks.ip") ? address(value) : value);
  }

  /** Arkime writes the host in front of the path, and no scheme. */
  private void hosts(JsonNode http) {
    for (JsonNode uri : http.path("uri")) {
      put(facts, "http.uri", uri.asString("").replaceFirst("^//", ""));
    }
    for (JsonNode host : http.path("host")) {
      put(facts, "http.host", host.asString("").toLowerCase(Locale.ROOT));
    }
  }

  /** EVE has no place for addresses in multicast DNS. */
  private void lookup(JsonNode dns, boolean multicast) {
    if (dns.has("queryHost")) {
      String name = dns.path("queryHost").asString("").toLowerCase(Locale.ROOT);
      put(facts, "dns.query", name + " " + dns.path("qt").asString(""));
    }
    if (multicast) {
      return;
    }
    for (JsonNode answer : dns.path("answers")) {
      for (String key : List.of("ip", "cname", "nameserver", "mx")) {
        if (answer.has(key)) {
          String value = answer.path(key).asString("").toLowerCase(Locale.ROOT);
          put(facts, "dns.answers." + key, key.equals("ip") ? address(value) : value);
        }
      }
    }
  }
}
