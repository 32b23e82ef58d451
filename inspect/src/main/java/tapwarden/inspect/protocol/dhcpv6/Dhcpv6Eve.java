package tapwarden.inspect.protocol.dhcpv6;

import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.TextBuilder;
import tapwarden.inspect.wire.Bytes;

/** Writes a DHCPv6 message under {@code tapwarden.dhcpv6}; EVE has no such event. */
final class Dhcpv6Eve {
  static final int MAX_TEXT = 1_024;

  private static final int MAX_ENTRIES = 32;
  private static final int ADDRESS_BYTES = 16;
  private static final int ENTERPRISE_BYTES = 4;

  private final Dhcpv6Message message;
  private final TextBuilder text;
  private final OptionCursor options = new OptionCursor();
  private final Dhcpv6Leases leases;

  Dhcpv6Eve(Dhcpv6Message message, TextBuilder text) {
    this.message = message;
    this.text = text;
    this.leases = new Dhcpv6Leases(message);
  }

  void write(JsonWriter json) {
    json.name("tapwarden").beginObject().name("dhcpv6").beginObject();
    json.field("type", Dhcpv6Option.messageType(message.type()));
    if (message.transaction() >= 0) {
      json.field("id", message.transaction());
    }
    writeRelays(json);
    writeHex(json, "client_duid", Dhcpv6Option.CLIENT_ID);
    writeHex(json, "server_duid", Dhcpv6Option.SERVER_ID);
    if (putFqdn()) {
      text.writeTo(json.name("fqdn"));
    }
    writeVendorClass(json);
    writeUserClass(json);
    if (putOptionRequest()) {
      text.writeTo(json.name("option_request"));
    }
    leases.write(json);
    writeDns(json);
    writeStatus(json);
    if (message.options(options).next(Dhcpv6Option.RAPID_COMMIT)) {
      json.field("rapid_commit", true);
    }
    if (message.options(options).next(Dhcpv6Option.BOOT_FILE_URL)) {
      json.name("boot_file_url").value(message.bytes(), options.start(), shown(options.length()));
    }
    json.endObject().endObject();
  }

  private void writeRelays(JsonWriter json) {
    if (message.relays() == 0) {
      return;
    }
    byte[] bytes = message.bytes();
    json.name("relays").beginArray();
    for (int relay = 0; relay < message.relays(); relay++) {
      int at = message.linkAddress(relay);
      json.beginObject().field("hops", message.hops(relay));
      writeAddress(json.name("link_address"), bytes, at);
      writeAddress(json.name("peer_address"), bytes, at + ADDRESS_BYTES);
      writeRelayHex(json, "interface_id", relay, Dhcpv6Option.INTERFACE_ID);
      writeRelayHex(json, "remote_id", relay, Dhcpv6Option.REMOTE_ID);
      writeRelayHex(json, "client_link_address", relay, Dhcpv6Option.CLIENT_LINK_ADDRESS);
      json.endObject();
    }
    json.endArray();
  }

  private void writeRelayHex(JsonWriter json, String field, int relay, int code) {
    if (message.relayOptions(options, relay).next(code)) {
      putHex();
      text.writeTo(json.name(field));
    }
  }

  private void writeHex(JsonWriter json, String field, int code) {
    if (message.options(options).next(code)) {
      putHex();
      text.writeTo(json.name(field));
    }
  }

  private void putHex() {
    text.reset().putHex(message.bytes(), options.start(), options.length(), (char) 0);
  }

  private void writeVendorClass(JsonWriter json) {
    if (!message.options(options).next(Dhcpv6Option.VENDOR_CLASS)
        || options.length() < ENTERPRISE_BYTES) {
      return;
    }
    json.field("vendor_enterprise", Bytes.u32(message.bytes(), options.start()));
    writeTexts(json, "vendor_class", options.start() + ENTERPRISE_BYTES);
  }

  private void writeUserClass(JsonWriter json) {
    if (message.options(options).next(Dhcpv6Option.USER_CLASS)) {
      writeTexts(json, "user_class", options.start());
    }
  }

  /** Texts that each have their length before them, up to the end of the option at hand. */
  private void writeTexts(JsonWriter json, String field, int from) {
    byte[] bytes = message.bytes();
    int end = options.start() + options.length();
    int at = from;
    json.name(field).beginArray();
    for (int i = 0; i < MAX_ENTRIES && at + 2 <= end; i++) {
      int length = Bytes.u16(bytes, at);
      if (at + 2 + length > end) {
        break;
      }
      json.value(bytes, at + 2, shown(length));
      at += 2 + length;
    }
    json.endArray();
  }

  private void writeDns(JsonWriter json) {
    byte[] bytes = message.bytes();
    if (message.options(options).next(Dhcpv6Option.DNS_SERVERS)) {
      json.name("dns_servers").beginArray();
      int count = Math.min(options.length() / ADDRESS_BYTES, MAX_ENTRIES);
      for (int i = 0; i < count; i++) {
        writeAddress(json, bytes, options.start() + i * ADDRESS_BYTES);
      }
      json.endArray();
    }
    if (message.options(options).next(Dhcpv6Option.DOMAIN_LIST)) {
      json.name("domain_search").beginArray();
      int end = options.start() + options.length();
      int at = options.start();
      for (int i = 0; i < MAX_ENTRIES && at < end; i++) {
        at = putName(at, end);
        text.writeTo(json);
      }
      json.endArray();
    }
  }

  private void writeStatus(JsonWriter json) {
    if (message.options(options).next(Dhcpv6Option.STATUS_CODE) && options.length() >= 2) {
      json.field("status", Bytes.u16(message.bytes(), options.start()));
      if (options.length() > 2) {
        json.name("status_message")
            .value(message.bytes(), options.start() + 2, shown(options.length() - 2));
      }
    }
  }

  /** Puts the client's name (RFC 4704 §4: flags, then the form of DNS), if it gives one. */
  boolean putFqdn() {
    text.reset();
    if (message.options(options).next(Dhcpv6Option.CLIENT_FQDN) && options.length() > 1) {
      putName(options.start() + 1, options.start() + options.length());
    }
    return text.length() > 0;
  }

  /** Puts the first text of the vendor class, if there is one. */
  boolean putVendorClass() {
    text.reset();
    if (message.options(options).next(Dhcpv6Option.VENDOR_CLASS)
        && options.length() >= ENTERPRISE_BYTES + 2) {
      int at = options.start() + ENTERPRISE_BYTES;
      int length = Bytes.u16(message.bytes(), at);
      if (ENTERPRISE_BYTES + 2 + length <= options.length()) {
        text.put(message.bytes(), at + 2, length);
      }
    }
    return text.length() > 0;
  }

  /** Puts the options that the client asks for, as numbers in their order. */
  boolean putOptionRequest() {
    text.reset();
    if (message.options(options).next(Dhcpv6Option.OPTION_REQUEST)) {
      for (int i = 0; i + 2 <= options.length() && text.length() < MAX_TEXT; i += 2) {
        (i > 0 ? text.put(',') : text).putNumber(Bytes.u16(message.bytes(), options.start() + i));
      }
    }
    return text.length() > 0;
  }

  /** Puts a name in the form of DNS as text; returns where it ends. */
  private int putName(int from, int end) {
    byte[] bytes = message.bytes();
    text.reset();
    int at = from;
    while (at < end) {
      int label = bytes[at++];
      if (label <= 0 || at + label > end) {
        return label == 0 ? at : end;
      }
      (text.length() > 0 ? text.put('.') : text).put(bytes, at, label);
      at += label;
    }
    return at;
  }

  private static int shown(int length) {
    return Math.min(length, MAX_TEXT);
  }

  static void writeAddress(JsonWriter json, byte[] bytes, int at) {
    json.valueIp(6, Bytes.i64(bytes, at), Bytes.i64(bytes, at + Long.BYTES));
  }
}
