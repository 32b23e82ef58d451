package tapwarden.inspect.protocol.dhcp;

import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * The {@code dhcp} object of EVE in Suricata's extended form, and what it has no field for under
 * {@code tapwarden.dhcp}: options in their order, the fingerprint (option 55 as numbers), names of
 * the client and of its boot files, and what a relay agent added (RFC 3046).
 */
final class DhcpEve {
  /** Flags and two reply codes precede the name of option 81 (RFC 4702 §2). */
  private static final int FQDN_PREFIX_BYTES = 3;

  private static final int MAX_TEXT = 1_024;
  private static final int MAX_ADDRESSES = 32;
  private static final int MAX_SUB_OPTIONS = 16;
  private static final int FQDN_IS_WIRE_FORM = 4;
  private static final int SERVER_NAME_AT = 44;
  private static final int SERVER_NAME_BYTES = 64;
  private static final int FILE_AT = 108;
  private static final int FILE_BYTES = 128;

  private final DhcpMessage message;
  private final TextBuilder text;

  DhcpEve(DhcpMessage message, TextBuilder text) {
    this.message = message;
    this.text = text;
  }

  void write(JsonWriter json) {
    boolean isReply = message.op() == DhcpMessage.REPLY;
    json.name("dhcp").beginObject().field("type", isReply ? "reply" : "request");
    json.field("id", message.transaction());
    text.reset().putHex(message.bytes(), message.hardwareStart(), message.hardwareLength(), ':');
    text.writeTo(json.name("client_mac"));
    address(json, "assigned_ip", message.assignedIp());
    address(json, "client_ip", message.clientIp());
    if (isReply || message.relayIp() != 0) {
      address(json, "relay_ip", message.relayIp());
    }
    if (isReply) {
      address(json, "next_server_ip", message.nextServerIp());
    }
    writeOptions(json);
    json.endObject();
    writeOwn(json);
  }

  private void writeOptions(JsonWriter json) {
    if (message.find(DhcpOption.MESSAGE_TYPE) && message.valueLength() == 1) {
      int type = message.value()[message.valueStart()] & 0xFF;
      json.field("dhcp_type", DhcpOption.messageType(type));
    }
    if (message.find(DhcpOption.CLIENT_ID) && message.valueLength() > 1) {
      // The first byte is the kind of the rest (RFC 2132 §9.14), which Suricata leaves out.
      text.reset().putHex(message.value(), message.valueStart() + 1, clientIdLength(), ':');
      text.writeTo(json.name("client_id"));
    }
    writeText(json, "hostname", DhcpOption.HOST_NAME);
    writeText(json, "vendor_class_identifier", DhcpOption.VENDOR_CLASS);
    writeAddress(json, "requested_ip", DhcpOption.REQUESTED_IP);
    writeAddress(json, "subnet_mask", DhcpOption.SUBNET_MASK);
    writeAddresses(json, "routers", DhcpOption.ROUTERS);
    writeAddresses(json, "dns_servers", DhcpOption.DNS_SERVERS);
    writeNumber(json, "lease_time", DhcpOption.LEASE_TIME);
    writeNumber(json, "renewal_time", DhcpOption.RENEWAL_TIME);
    writeNumber(json, "rebinding_time", DhcpOption.REBINDING_TIME);
    writeParameters(json);
  }

  private void writeParameters(JsonWriter json) {
    if (!message.find(DhcpOption.PARAMETER_LIST)) {
      return;
    }
    boolean any = false;
    for (int i = 0; i < Math.min(message.valueLength(), DhcpMessage.MAX_OPTIONS); i++) {
      String word = DhcpOption.parameter(message.value()[message.valueStart() + i] & 0xFF);
      if (!word.isEmpty()) {
        if (!any) {
          json.name("params").beginArray();
          any = true;
        }
        json.value(word);
      }
    }
    if (any) {
      json.endArray();
    }
  }

  private void writeOwn(JsonWriter json) {
    json.name("tapwarden").beginObject().name("dhcp").beginObject();
    json.field("hops", message.hops()).field("seconds", message.seconds());
    json.field("broadcast", message.wantsBroadcast());
    if (message.isDhcp()) {
      writeOwnOptions(json);
    }
    boolean overloaded = message.find(DhcpOption.OVERLOAD);
    if (!overloaded) {
      writeField(json, "server_name", SERVER_NAME_AT, SERVER_NAME_BYTES);
      writeField(json, "boot_file", FILE_AT, FILE_BYTES);
    }
    json.endObject().endObject();
  }

  private void writeOwnOptions(JsonWriter json) {
    text.reset();
    for (int i = 0; i < message.options(); i++) {
      (i > 0 ? text.put(',') : text).putNumber(message.code(i));
    }
    text.writeTo(json.name("options"));
    if (message.find(DhcpOption.PARAMETER_LIST)) {
      putFingerprint();
      text.writeTo(json.name("fingerprint"));
    }
    writeAddress(json, "server_id", DhcpOption.SERVER_ID);
    writeText(json, "domain_name", DhcpOption.DOMAIN_NAME);
    if (putFqdn()) {
      text.writeTo(json.name("fqdn"));
    }
    writeText(json, "message", DhcpOption.MESSAGE);
    writeText(json, "user_class", DhcpOption.USER_CLASS);
    writeText(json, "tftp_server", DhcpOption.TFTP_SERVER_NAME);
    writeText(json, "boot_file_option", DhcpOption.BOOT_FILE_NAME);
    writeText(json, "proxy_auto_config", DhcpOption.PROXY_AUTO_CONFIG);
    writeAddresses(json, "ntp_servers", DhcpOption.NTP_SERVERS);
    if (message.find(DhcpOption.MAX_MESSAGE_SIZE) && message.valueLength() == 2) {
      int at = message.valueStart();
      json.field(
          "max_message_size", (message.value()[at] & 0xFF) << 8 | (message.value()[at + 1] & 0xFF));
    }
    writeRelayAgent(json);
  }

  /**
   * Puts the client's full name (option 81) if there is one; in the form of DNS it becomes text
   * with dots (RFC 4702 §2.3.1).
   */
  boolean putFqdn() {
    text.reset();
    if (!message.find(DhcpOption.CLIENT_FQDN) || message.valueLength() <= FQDN_PREFIX_BYTES) {
      return false;
    }
    byte[] from = message.value();
    int at = message.valueStart() + FQDN_PREFIX_BYTES;
    int end = message.valueStart() + Math.min(message.valueLength(), MAX_TEXT);
    if ((from[message.valueStart()] & FQDN_IS_WIRE_FORM) == 0) {
      text.put(from, at, withoutEndingZeros(from, at, end - at));
    } else {
      while (at < end && from[at] > 0 && at + 1 + from[at] <= end) {
        (text.length() > 0 ? text.put('.') : text).put(from, at + 1, from[at]);
        at += 1 + from[at];
      }
    }
    return text.length() > 0;
  }

  private void writeRelayAgent(JsonWriter json) {
    if (!message.find(DhcpOption.RELAY_AGENT)) {
      return;
    }
    byte[] from = message.value();
    int at = message.valueStart();
    int end = at + message.valueLength();
    json.name("relay_agent").beginArray();
    for (int i = 0; i < MAX_SUB_OPTIONS && at + 2 <= end; i++) {
      int length = from[at + 1] & 0xFF;
      if (at + 2 + length > end) {
        break;
      }
      json.beginObject().field("sub_option", from[at] & 0xFF);
      text.reset().putHex(from, at + 2, length, (char) 0);
      text.writeTo(json.name("value"));
      json.endObject();
      at += 2 + length;
    }
    json.endArray();
  }

  /** Puts the option that was found, as numbers in their order: {@code 1,3,6,15}. */
  void putFingerprint() {
    text.reset();
    for (int i = 0; i < Math.min(message.valueLength(), DhcpMessage.MAX_OPTIONS); i++) {
      int code = message.value()[message.valueStart() + i] & 0xFF;
      (i > 0 ? text.put(',') : text).putNumber(code);
    }
  }

  private int clientIdLength() {
    return Math.min(message.valueLength() - 1, MAX_TEXT);
  }

  private void writeText(JsonWriter json, String field, int option) {
    if (message.find(option) && message.valueLength() > 0) {
      byte[] from = message.value();
      int start = message.valueStart();
      int length = Math.min(message.valueLength(), MAX_TEXT);
      json.name(field).value(from, start, withoutEndingZeros(from, start, length));
    }
  }

  private void writeField(JsonWriter json, String field, int start, int most) {
    byte[] from = message.bytes();
    int length = 0;
    while (length < most && from[start + length] != 0) {
      length++;
    }
    if (length > 0) {
      json.name(field).value(from, start, length);
    }
  }

  private void writeAddress(JsonWriter json, String field, int option) {
    if (message.find(option) && message.valueLength() == 4) {
      address(json, field, message.valueU32(0));
    }
  }

  private void writeAddresses(JsonWriter json, String field, int option) {
    if (message.find(option) && message.valueLength() >= 4) {
      json.name(field).beginArray();
      int count = Math.min(message.valueLength() / 4, MAX_ADDRESSES);
      for (int i = 0; i < count; i++) {
        json.valueIp(4, 0, message.valueU32(4 * i));
      }
      json.endArray();
    }
  }

  private void writeNumber(JsonWriter json, String field, int option) {
    if (message.find(option) && message.valueLength() == 4) {
      json.field(field, message.valueU32(0));
    }
  }

  private static void address(JsonWriter json, String field, long ip) {
    json.name(field).valueIp(4, 0, ip);
  }

  /** Some clients end their texts with a zero although none belongs there (RFC 2132 §2). */
  static int withoutEndingZeros(byte[] from, int start, int length) {
    int rest = length;
    while (rest > 0 && from[start + rest - 1] == 0) {
      rest--;
    }
    return rest;
  }
}
