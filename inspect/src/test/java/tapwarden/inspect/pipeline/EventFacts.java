package tapwarden.inspect.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tapwarden.inspect.flow.IpProtocolNames;
import tools.jackson.databind.JsonNode;

/** What our events say of a capture, by names of Arkime's fields and as Arkime spells it. */
final class EventFacts {
  private static final Map<String, Integer> NUMBERS = numbers();

  /** Arkime's names of NTP's modes (RFC 5905 figure 10). */
  private static final List<String> NTP_MODES =
      List.of(
          "reserved",
          "symmetric active",
          "symmetric passive",
          "client",
          "server",
          "broadcast",
          "control",
          "private");

  private static final Map<String, String> TLS_VERSIONS =
      Map.of(
          "SSLv3", "SSLv3",
          "TLS 1.0", "TLSv1",
          "TLSv1", "TLSv1",
          "TLS 1.1", "TLSv1.1",
          "TLS 1.2", "TLSv1.2",
          "TLS 1.3", "TLSv1.3");

  final Map<String, Set<String>> facts = new TreeMap<>();
  private final Map<String, long[]> volumes = new TreeMap<>();

  static EventFacts of(List<JsonNode> events) {
    EventFacts of = new EventFacts();
    events.forEach(of::event);
    ArkimeFacts.addVolumes(of.facts, of.volumes);
    return of;
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new TreeMap<>();
    for (int number = 0; number < 256; number++) {
      numbers.put(IpProtocolNames.name(number), number);
    }
    return numbers;
  }

  private void put(String key, JsonNode value) {
    if (value.isArray()) {
      value.forEach(each -> put(key, each));
    } else if (!value.isMissingNode()) {
      ArkimeFacts.put(facts, key, value.asString(""));
    }
  }

  private void put(String key, String value) {
    ArkimeFacts.put(facts, key, value);
  }

  private static String lower(JsonNode node) {
    return node.asString("").toLowerCase(Locale.ROOT);
  }

  private void event(JsonNode event) {
    String type = event.path("event_type").asString("");
    JsonNode of = event.has(type) ? event.path(type) : event.at("/tapwarden/" + type);
    if (ArkimeFacts.PROTOCOLS.containsValue(type)) {
      put("protocol", type);
    }
    switch (type) {
      case "flow" -> flow(event, of);
      case "dns", "mdns", "llmnr" -> names(of, type.equals("mdns"));
      case "http" -> http(of);
      case "tls", "dtls" -> tls(of, type.equals("tls"), event.at("/tapwarden/tls/chain"));
      case "quic" -> quic(of);
      case "ssh" -> ssh(of);
      case "smtp" -> {
        if (of.has("helo")) {
          put("email.smtpHello", lower(of.path("helo")));
        }
      }
      case "ftp" -> ftp(of);
      case "tftp" -> put("tftp.filename", of.path("file"));
      case "snmp" -> put("snmp.community", of.path("community"));
      case "sip" -> {
        put("sip.method", of.path("method"));
        put("sip.statuscode", of.path("code"));
      }
      case "dhcp" -> put("dhcp.host", of.path("hostname"));
      case "ntp" -> {
        put("ntp.mode", NTP_MODES.get(of.path("mode").asInt()));
        put("ntp.version", of.path("version"));
      }
      case "socks" -> socks(of);
      case "mqtt" -> mqtt(of);
      default -> {}
    }
  }

  private void flow(JsonNode event, JsonNode flow) {
    int protocol = NUMBERS.getOrDefault(event.path("proto").asString(""), -1);
    put("network.vlan.id", event.path("vlan"));
    String spoken = event.path("app_proto").asString("");
    if (ArkimeFacts.PROTOCOLS.containsValue(spoken)) {
      put("protocol", spoken);
    }
    if (!ArkimeFacts.isConversation(protocol)) {
      return;
    }
    put("network.community_id", event.path("community_id"));
    String source =
        ArkimeFacts.end(
            protocol, event.path("src_ip").asString(""), event.path("src_port").asInt(0));
    String to =
        ArkimeFacts.end(
            protocol, event.path("dest_ip").asString(""), event.path("dest_port").asInt(0));
    ArkimeFacts.add(
        facts,
        volumes,
        ArkimeFacts.session(protocol, source, to),
        List.of(source, to),
        flow.path("pkts_toserver").asLong(0),
        flow.path("bytes_toserver").asLong(0),
        flow.path("pkts_toclient").asLong(0),
        flow.path("bytes_toclient").asLong(0));
  }

  private void question(JsonNode query) {
    String name = lower(query.path("rrname"));
    put("dns.query", (name.isEmpty() ? "<root>" : name) + " " + query.path("rrtype").asString(""));
  }

  private void names(JsonNode dns, boolean multicast) {
    if (dns.has("rrname")) {
      question(dns);
    }
    dns.path("queries").forEach(this::question);
    if (multicast) {
      return;
    }
    for (String section : List.of("answers", "authorities", "additionals")) {
      for (JsonNode record : dns.path(section)) {
        String data = lower(record.path("rdata"));
        switch (record.path("rrtype").asString("")) {
          case "A", "AAAA" -> {
            data = data.isEmpty() ? lower(record.path("a")) : data;
            data = data.isEmpty() ? lower(record.path("aaaa")) : data;
            put("dns.answers.ip", ArkimeFacts.address(data));
          }
          case "CNAME" -> put("dns.answers.cname", data);
          case "NS" -> put("dns.answers.nameserver", data);
          case "MX" -> put("dns.answers.mx", data);
          default -> {}
        }
      }
    }
  }

  private void http(JsonNode http) {
    put("http.method", http.path("http_method"));
    put("http.statuscode", http.path("status"));
    put("http.useragent", http.path("http_user_agent"));
    String port = http.has("http_port") ? ":" + http.path("http_port").asString("") : "";
    String host = lower(http.path("hostname"));
    if (!host.isEmpty()) {
      put("http.host", host);
      put("http.host", host + port);
    }
    if (http.has("url")) {
      String url = http.path("url").asString("");
      String bare = url.replaceFirst("^https?://", "");
      put("http.uri", bare.startsWith("/") ? host + port + url : bare);
    }
  }

  /** Arkime has neither JA3 nor the name of DTLS. */
  private void tls(JsonNode tls, boolean overTcp, JsonNode chain) {
    if (overTcp) {
      put("tls.ja3", tls.at("/ja3/hash"));
      put("tls.ja3s", tls.at("/ja3s/hash"));
    }
    put("tls.ja4", tls.path("ja4"));
    if (overTcp && tls.has("sni")) {
      put("http.host", lower(tls.path("sni")));
    }
    String version = tls.path("version").asString("");
    if (TLS_VERSIONS.containsKey(version)) {
      put("tls.version", TLS_VERSIONS.get(version));
    }
    put("cert.hash", tls.path("fingerprint"));
    chain.forEach(certificate -> put("cert.hash", certificate.path("fingerprint")));
  }

  /** Arkime has fields of QUIC for Google's own; the others' are those of TLS. */
  private void quic(JsonNode quic) {
    String version = quic.path("version").asString("");
    if (version.startsWith("Q")) {
      put("quic.host", quic.path("sni"));
      put("quic.useragent", quic.path("ua"));
      put("quic.version", version);
    } else if (quic.has("sni")) {
      put("http.host", lower(quic.path("sni")));
    }
    put("tls.ja3", quic.at("/ja3/hash"));
    put("tls.ja4", quic.path("ja4"));
  }

  private void ssh(JsonNode ssh) {
    for (String side : List.of("client", "server")) {
      JsonNode of = ssh.path(side);
      if (of.has("software_version")) {
        String banner =
            "ssh-" + lower(of.path("proto_version")) + "-" + lower(of.path("software_version"));
        put("ssh.version", banner);
      }
      put(side.equals("client") ? "ssh.hassh" : "ssh.hasshServer", of.at("/hassh/hash"));
    }
  }

  private void ftp(JsonNode ftp) {
    if (ftp.has("command")) {
      put("ftp.command", lower(ftp.path("command")));
    }
    put("ftp.responseCode", ftp.path("completion_code"));
    if (ftp.path("command").asString("").equals("USER")) {
      put("ftp.user", ftp.path("command_data"));
    }
  }

  private void socks(JsonNode socks) {
    put("socks.host", socks.at("/destination/name"));
    put("socks.ip", socks.at("/destination/ip"));
    put("socks.port", socks.at("/destination/port"));
    put("socks.user", socks.path("user_name"));
  }

  private void mqtt(JsonNode mqtt) {
    for (String type : mqtt.propertyNames()) {
      put("mqtt.type", type);
    }
    put("mqtt.clientId", mqtt.at("/connect/client_id"));
    put("mqtt.willTopic", mqtt.at("/connect/will/topic"));
    put("mqtt.topic", mqtt.at("/publish/topic"));
    mqtt.at("/subscribe/topics").forEach(topic -> put("mqtt.topic", topic.path("topic")));
    put("mqtt.topic", mqtt.at("/unsubscribe/topics"));
  }
}
