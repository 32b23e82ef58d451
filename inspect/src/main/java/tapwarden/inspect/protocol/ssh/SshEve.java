package tapwarden.inspect.protocol.ssh;

import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/**
 * SSH in EVE JSON: {@code ssh} in Suricata's shape, and under {@code tapwarden.ssh} what the key
 * exchange chose, whether it came to its end, and how much was said until then; the flow's own
 * event has the whole session.
 *
 * <p>{@code software_version} is all that follows the protocol version in the banner, with the
 * comment that RFC 4253 §4.2 allows behind a space, as tshark shows it. Suricata leaves the comment
 * out; but there distributions name themselves and their patch level, which tells equipment apart.
 */
final class SshEve {
  static final String EVENT = "ssh";

  /** Longest list of names that is written; the hash is of all of it. */
  private static final int MOST_TEXT = 4_096;

  private static final int VERSION_AT = 4;
  private static final double NANOS_A_SECOND = 1e9;

  private SshEve() {}

  static void write(Report report, SshReader ssh, Hassh hassh) {
    JsonWriter json = report.begin(EVENT);
    json.name("ssh").beginObject();
    writeSide(json, "client", ssh.client, true, hassh);
    writeSide(json, "server", ssh.server, false, hassh);
    json.endObject();
    SshOffer client = ssh.client.offer();
    SshOffer server = ssh.server.offer();
    json.name("tapwarden").beginObject().name("ssh").beginObject();
    if (client != null && server != null) {
      writeChosen(json, "kex", client, server, SshOffer.KEX);
      writeChosen(json, "host_key", client, server, SshOffer.HOST_KEY);
      if (!writeCipher(json, "cipher_toserver", client, server, SshOffer.CIPHER_TO_SERVER)) {
        writeChosen(json, "mac_toserver", client, server, SshOffer.MAC_TO_SERVER);
      }
      if (!writeCipher(json, "cipher_toclient", client, server, SshOffer.CIPHER_TO_CLIENT)) {
        writeChosen(json, "mac_toclient", client, server, SshOffer.MAC_TO_CLIENT);
      }
      writeChosen(json, "compression_toserver", client, server, SshOffer.COMPRESSION_TO_SERVER);
      writeChosen(json, "compression_toclient", client, server, SshOffer.COMPRESSION_TO_CLIENT);
    }
    writeShape(json, report.flow(), ssh.isEncrypted());
    json.endObject().endObject();
    report.end(json);
  }

  private static void writeSide(
      JsonWriter json, String name, SshSide side, boolean ofClient, Hassh hassh) {
    if (!side.isKnownInPart()) {
      return;
    }
    json.name(name).beginObject();
    byte[] banner = side.banner();
    if (banner.length > 0) {
      int dash = VERSION_AT;
      while (dash < banner.length && banner[dash] != '-') {
        dash++;
      }
      json.name("proto_version").value(banner, VERSION_AT, dash - VERSION_AT);
      int software = Math.min(dash + 1, banner.length);
      json.name("software_version").value(banner, software, banner.length - software);
    }
    String hash = side.hassh();
    if (hash != null) {
      json.name("hassh").beginObject().field("hash", hash);
      SshOffer offer = side.offer();
      int length = offer == null ? Integer.MAX_VALUE : hassh.write(offer, ofClient);
      if (length <= MOST_TEXT) {
        json.name("string").value(hassh.text(), 0, length);
      }
      json.endObject();
    }
    json.endObject();
  }

  private static void writeChosen(
      JsonWriter json, String name, SshOffer client, SshOffer server, int list) {
    json.optionalField(name, SshOffer.chosen(client, server, list));
  }

  /**
   * Writes the cipher; true if it authenticates by itself (RFC 5647 §5.1), so that no MAC is used.
   */
  private static boolean writeCipher(
      JsonWriter json, String name, SshOffer client, SshOffer server, int list) {
    String cipher = SshOffer.chosen(client, server, list);
    json.optionalField(name, cipher);
    return cipher != null && (cipher.contains("gcm") || cipher.contains("poly1305"));
  }

  /** How far they came, and what that took. */
  private static void writeShape(JsonWriter json, FlowSnapshot flow, boolean encrypted) {
    json.field("encrypted", encrypted);
    json.name("seconds").value((flow.lastNanos() - flow.startNanos()) / NANOS_A_SECOND, 3);
    json.field("pkts_toserver", flow.packetsToServer());
    json.field("pkts_toclient", flow.packetsToClient());
    json.field("bytes_toserver", flow.bytesToServer());
    json.field("bytes_toclient", flow.bytesToClient());
  }
}
