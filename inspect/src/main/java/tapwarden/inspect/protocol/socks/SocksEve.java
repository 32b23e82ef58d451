package tapwarden.inspect.protocol.socks;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/** The event of a request to a proxy: {@code tapwarden.socks}. */
final class SocksEve {
  static final String EVENT = "socks";

  private static final int FIRST_REPLY_4 = 90;

  private static final String[] COMMANDS = {"", "connect", "bind", "udp_associate"};
  private static final String[] METHODS = {"none", "gssapi", "user_password", "chap"};
  private static final int NO_METHOD = 0xFF;

  /** RFC 1928 §6. */
  private static final String[] REPLIES_5 = {
    "granted",
    "failed",
    "not_allowed",
    "network_unreachable",
    "host_unreachable",
    "refused",
    "ttl_expired",
    "command_not_supported",
    "address_type_not_supported"
  };

  private static final String[] REPLIES_4 = {
    "granted", "rejected", "no_identification", "other_user"
  };

  private SocksEve() {}

  static void write(Report report, SocksFacts facts) {
    if (!report.wants(EVENT)) {
      return;
    }
    JsonWriter json = report.begin(EVENT);
    json.name("tapwarden").beginObject().name("socks").beginObject();
    json.field("version", facts.version);
    if (facts.method >= 0) {
      if (facts.method == NO_METHOD) {
        json.field("method", "none_acceptable");
      } else {
        word(json, "method", METHODS, facts.method);
      }
    }
    byte @Nullable [] userName = facts.userName;
    if (userName != null) {
      json.name("user_name").value(userName, 0, userName.length);
      json.field("password", facts.hasPassword);
    }
    if (facts.command >= 0) {
      word(json, "command", COMMANDS, facts.command);
      address(json, "destination", facts.destination);
    }
    if (facts.reply >= 0) {
      boolean first = facts.version == SocksProtocol.VERSION_4;
      word(
          json,
          "reply",
          first ? REPLIES_4 : REPLIES_5,
          first ? facts.reply - FIRST_REPLY_4 : facts.reply);
      json.field("reply_code", facts.reply);
      address(json, "bound", facts.bound);
    }
    report.end(json.endObject().endObject());
  }

  private static void address(JsonWriter json, String name, SocksRequest address) {
    json.name(name).beginObject();
    if (address.ipVersion() != 0) {
      json.name("ip").valueIp(address.ipVersion(), address.high(), address.low());
    } else if (address.name().length > 0) {
      json.name("name").value(address.name(), 0, address.name().length);
    }
    json.field("port", address.port()).endObject();
  }

  private static void word(JsonWriter json, String name, String[] words, int number) {
    boolean known = number >= 0 && number < words.length;
    json.field(name, known ? words[number] : "unknown");
  }
}
