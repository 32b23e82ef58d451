package tapwarden.inspect.protocol.tls;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.Certificate;
import tapwarden.inspect.codec.tls.Fingerprint;
import tapwarden.inspect.codec.tls.TlsVersion;
import tapwarden.inspect.json.JsonWriter;

/**
 * The {@code tls} object of EVE, with the fields and spellings of Suricata 7: names in the order of
 * the certificate, the SHA-1 fingerprint and the serial number with colons, times without a zone
 * (UTC). Alternative names are DNS names and, unlike Suricata, which prints their bytes as a list
 * of numbers, addresses as addresses.
 *
 * <p>The caller writes what every event has. What is not known has no field.
 */
public final class TlsEve {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final int HEX_BYTE = 2;

  private TlsEve() {}

  /** Writes the field of that name, which is mostly {@code tls}. */
  public static void write(JsonWriter json, String field, TlsFacts facts) {
    json.name(field).beginObject();
    if (!facts.chain().isEmpty()) {
      writeCertificate(json, facts.chain().get(0));
    } else if (facts.sessionResumed()) {
      json.field("session_resumed", true);
    }
    json.optionalField("sni", facts.serverName());
    if (facts.version() != 0) {
      json.field("version", TlsVersion.name(facts.version()));
    }
    writeFingerprint(json, "ja3", facts.ja3());
    writeFingerprint(json, "ja3s", facts.ja3s());
    json.optionalField("ja4", facts.ja4());
    writeList(json, "client_alpns", facts.clientProtocols());
    String chosen = facts.serverProtocol();
    writeList(json, "server_alpns", chosen == null ? List.of() : List.of(chosen));
    json.endObject();
  }

  /**
   * Writes {@code tapwarden.tls}, what EVE has no field for: that the true hello is encrypted, and
   * the whole chain with both digests. Nothing if there is nothing.
   */
  public static void writeMore(JsonWriter json, TlsFacts facts) {
    if (!facts.hasEncryptedHello() && facts.chain().isEmpty()) {
      return;
    }
    json.name("tapwarden").beginObject().name("tls").beginObject();
    if (facts.hasEncryptedHello()) {
      json.field("ech", true);
    }
    if (!facts.chain().isEmpty()) {
      json.name("chain").beginArray();
      for (Certificate certificate : facts.chain()) {
        json.beginObject();
        writeCertificate(json, certificate);
        json.field("sha256", certificate.sha256()).endObject();
      }
      json.endArray();
    }
    json.endObject().endObject();
  }

  private static void writeCertificate(JsonWriter json, Certificate certificate) {
    writeText(json, "subject", certificate.subject());
    writeText(json, "issuerdn", certificate.issuer());
    writeText(json, "serial", certificate.serial());
    json.field("fingerprint", withColons(certificate.sha1()));
    writeTime(json, "notbefore", certificate.notBeforeSeconds());
    writeTime(json, "notafter", certificate.notAfterSeconds());
    if (!certificate.dnsNames().isEmpty() || !certificate.addresses().isEmpty()) {
      json.name("subjectaltname").beginArray();
      certificate.dnsNames().forEach(json::value);
      certificate.addresses().forEach(json::value);
      json.endArray();
    }
  }

  private static void writeText(JsonWriter json, String field, String text) {
    if (!text.isEmpty()) {
      json.field(field, text);
    }
  }

  private static void writeTime(JsonWriter json, String field, long seconds) {
    if (seconds != Certificate.NO_TIME) {
      json.field(field, TIME.format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC)));
    }
  }

  private static void writeFingerprint(
      JsonWriter json, String field, @Nullable Fingerprint fingerprint) {
    if (fingerprint != null) {
      json.name(field).beginObject();
      json.field("hash", fingerprint.hash()).field("string", fingerprint.text()).endObject();
    }
  }

  private static void writeList(JsonWriter json, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      json.name(field).beginArray();
      texts.forEach(json::value);
      json.endArray();
    }
  }

  private static String withColons(String hex) {
    StringBuilder text = new StringBuilder(hex.length() * 3 / 2);
    for (int i = 0; i < hex.length(); i += HEX_BYTE) {
      text.append(i == 0 ? "" : ":").append(hex, i, i + HEX_BYTE);
    }
    return text.toString();
  }
}
