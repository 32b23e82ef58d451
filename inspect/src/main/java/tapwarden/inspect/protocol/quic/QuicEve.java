package tapwarden.inspect.protocol.quic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.quic.GoogleHello;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.Fingerprint;
import tapwarden.inspect.codec.tls.HelloExtensions;
import tapwarden.inspect.codec.tls.ServerHello;
import tapwarden.inspect.codec.tls.TlsVersion;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/**
 * EVE {@code quic} events in Suricata's shape, one for each hello: of a client with the name, the
 * fingerprints and the extensions, of a server with JA3S. What has no place there is under {@code
 * tapwarden.quic}: the version in words, what TLS speaks, ALPN, whether the true hello is
 * encrypted, Retry, early data and the versions that a server offered.
 */
final class QuicEve {
  /** Bytes of a text that are written; names of hosts have 253. */
  static final int MOST_TEXT = 1_024;

  /** Extensions that are listed; a browser sends 20. */
  static final int MOST_EXTENSIONS = 128;

  private QuicEve() {}

  static void clientHello(
      Report report,
      ConnectionFacts facts,
      int version,
      QuicTools tools,
      @Nullable String ja4,
      boolean hasAgent) {
    ClientHello hello = tools.clientHello;
    String name = hello.serverName();
    JsonWriter json = begin(report, version);
    if (name != null) {
      json.field("sni", name.substring(0, Math.min(name.length(), MOST_TEXT)));
    }
    if (hasAgent) {
      int length = Math.min(tools.parameters.valueLength(), MOST_TEXT);
      json.name("ua").value(hello.bytes(), tools.parameters.valueAt(), length);
    }
    fingerprint(json, "ja3", tools.ja3.of(hello));
    json.optionalField("ja4", ja4);
    List<String> protocols = hello.protocols();
    extensions(json, hello.extensions(tools.cursor), name, protocols);
    json.endObject();
    beginOwn(json, version);
    json.field("side", "client").field("tls_version", TlsVersion.name(hello.offeredVersion()));
    texts(json, "alpn", protocols);
    if (hello.hasEncryptedHello()) {
      json.field("ech", true);
    }
    end(report, json, facts);
  }

  static void serverHello(Report report, ConnectionFacts facts, int version, QuicTools tools) {
    ServerHello hello = tools.serverHello;
    JsonWriter json = begin(report, version);
    fingerprint(json, "ja3s", tools.ja3.of(hello));
    extensions(json, hello.extensions(tools.cursor), null, List.of());
    json.endObject();
    beginOwn(json, version);
    json.field("side", "server").field("tls_version", TlsVersion.name(hello.selectedVersion()));
    if (hello.isRetryRequest()) {
      json.field("hello_retry", true);
    }
    end(report, json, facts);
  }

  static void googleHello(
      Report report, ConnectionFacts facts, int version, GoogleHello hello, int name, int agent) {
    JsonWriter json = begin(report, version);
    value(json, "sni", hello, name);
    value(json, "ua", hello, agent);
    Fingerprint cyu = hello.fingerprint(version);
    json.name("cyu").beginArray().beginObject();
    json.field("hash", cyu.hash()).field("string", cyu.text());
    json.endObject().endArray().endObject();
    beginOwn(json, version);
    json.field("side", "client");
    end(report, json, facts);
  }

  /** What the headers say when no hello could be read. */
  static void headers(Report report, ConnectionFacts facts) {
    JsonWriter json = report.begin(QuicProvider.NAME);
    json.name("quic").beginObject();
    if (facts.version != 0) {
      json.field("version", QuicVersion.eveName(facts.version));
    }
    json.endObject();
    beginOwn(json, facts.version);
    end(report, json, facts);
  }

  private static JsonWriter begin(Report report, int version) {
    JsonWriter json = report.begin(QuicProvider.NAME);
    json.name("quic").beginObject();
    return json.field("version", QuicVersion.eveName(version));
  }

  private static void beginOwn(JsonWriter json, int version) {
    json.name("tapwarden").beginObject().name("quic").beginObject();
    json.optionalField("version", QuicVersion.word(version));
  }

  private static void end(Report report, JsonWriter json, ConnectionFacts facts) {
    if (facts.retry) {
      json.field("retry", true);
    }
    if (facts.zeroRtt) {
      json.field("zero_rtt", true);
    }
    if (facts.offered.length > 0) {
      json.name("offered_versions").beginArray();
      for (int version : facts.offered) {
        json.value(QuicVersion.eveName(version));
      }
      json.endArray();
    }
    report.end(json.endObject().endObject());
  }

  private static void value(JsonWriter json, String field, GoogleHello hello, int index) {
    if (index >= 0 && hello.valueLength(index) > 0) {
      int length = Math.min(hello.valueLength(index), MOST_TEXT);
      json.name(field).value(hello.array(), hello.valueAt(index), length);
    }
  }

  private static void fingerprint(JsonWriter json, String field, @Nullable Fingerprint of) {
    if (of != null) {
      json.name(field).beginObject();
      json.field("hash", of.hash()).field("string", of.text()).endObject();
    }
  }

  private static void extensions(
      JsonWriter json, HelloExtensions cursor, @Nullable String name, List<String> protocols) {
    int listed = 0;
    while (listed < MOST_EXTENSIONS && cursor.next()) {
      if (listed++ == 0) {
        json.name("extensions").beginArray();
      }
      json.beginObject().optionalField("name", ExtensionNames.of(cursor.type()));
      json.field("type", cursor.type());
      if (cursor.type() == HelloExtensions.SERVER_NAME && name != null) {
        texts(json, "values", List.of(name.substring(0, Math.min(name.length(), MOST_TEXT))));
      } else if (cursor.type() == HelloExtensions.ALPN) {
        texts(json, "values", protocols);
      }
      json.endObject();
    }
    if (listed > 0) {
      json.endArray();
    }
  }

  private static void texts(JsonWriter json, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      json.name(field).beginArray();
      texts.forEach(json::value);
      json.endArray();
    }
  }
}
