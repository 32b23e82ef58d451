package tapwarden.inspect.protocol.nbns;

import tapwarden.inspect.json.JsonWriter;

/** Writes a message under {@code tapwarden.nbns}; EVE has no such event. */
final class NbnsEve {
  /** A number of bits: whether a group has the name, and what kind of node (RFC 1002 §4.2.1.3). */
  static final int ADDRESS_BYTES = 6;

  /** Name, kind and flags of one name of a node (RFC 1002 §4.2.18). */
  static final int STATUS_NAME_BYTES = 18;

  private static final int STATUS_NAME_AT = 16;

  /** Most addresses of a record, and names of a node. */
  static final int MAX_ENTRIES = 32;

  private static final int GROUP = 0x8000;
  private static final String[] NODES = {"B", "P", "M", "H"};
  private static final int MAC_BYTES = 6;

  private final NbnsMessage message;

  NbnsEve(NbnsMessage message) {
    this.message = message;
  }

  void write(JsonWriter json) {
    json.name("tapwarden").beginObject().name("nbns").beginObject();
    json.field("id", message.transaction()).field("operation", operation());
    json.field("response", message.isResponse());
    if (message.isResponse()) {
      json.field("rcode", message.resultCode());
      json.field("authoritative", message.isAuthoritative());
    }
    json.field("broadcast", message.isBroadcast());
    json.name("name").value(message.name().text(), 0, message.name().textLength());
    json.field("suffix", message.name().suffix());
    if (message.name().scopeLength() > 0) {
      json.name("scope").value(message.name().scope(), 0, message.name().scopeLength());
    }
    if (message.hasRecord()) {
      json.field("ttl", message.timeToLive());
      if (message.type() == NbnsMessage.NB) {
        writeAddresses(json);
      } else if (message.type() == NbnsMessage.NBSTAT) {
        writeStatus(json);
      }
    }
    json.endObject().endObject();
  }

  private String operation() {
    return switch (message.operation()) {
      case NbnsMessage.QUERY -> message.type() == NbnsMessage.NBSTAT ? "status" : "query";
      case NbnsMessage.REGISTRATION -> "registration";
      case NbnsMessage.RELEASE -> "release";
      case NbnsMessage.WAIT -> "wait";
      case NbnsMessage.MULTI_HOMED_REGISTRATION -> "multi_homed_registration";
      default -> "refresh";
    };
  }

  private void writeAddresses(JsonWriter json) {
    int count = Math.min(message.dataLength() / ADDRESS_BYTES, MAX_ENTRIES);
    if (count == 0) {
      return;
    }
    json.name("addresses").beginArray();
    for (int i = 0; i < count; i++) {
      int at = message.dataStart() + i * ADDRESS_BYTES;
      json.beginObject().name("address").valueIp(4, 0, message.u32(at + 2));
      writeFlags(json, message.u16(at));
      json.endObject();
    }
    json.endArray();
  }

  private void writeStatus(JsonWriter json) {
    if (message.dataLength() == 0) {
      return;
    }
    int names = names();
    json.name("names").beginArray();
    for (int i = 0; i < names; i++) {
      int at = statusName(i);
      json.beginObject().name("name").value(message.bytes(), at, nameLength(at));
      json.field("suffix", message.bytes()[at + NetbiosName.NAME_BYTES] & 0xFF);
      writeFlags(json, message.u16(at + STATUS_NAME_AT));
      json.endObject();
    }
    json.endArray();
    int mac = statusName(message.bytes()[message.dataStart()] & 0xFF);
    if (mac + MAC_BYTES <= message.dataStart() + message.dataLength()) {
      json.name("mac").valueHexMac(message.u32(mac) << 16 | message.u16(mac + 4));
    }
  }

  private static void writeFlags(JsonWriter json, int flags) {
    json.field("group", (flags & GROUP) != 0).field("node", NODES[flags >>> 13 & 3]);
  }

  /** Names that a status answer has, as far as they are there and up to the limit. */
  int names() {
    if (message.dataLength() == 0) {
      return 0;
    }
    int claimed = message.bytes()[message.dataStart()] & 0xFF;
    int there = (message.dataLength() - 1) / STATUS_NAME_BYTES;
    return Math.min(MAX_ENTRIES, Math.min(claimed, there));
  }

  /** Where a name of a status answer starts. */
  int statusName(int index) {
    return message.dataStart() + 1 + index * STATUS_NAME_BYTES;
  }

  /** Whether a group has that name of a status answer. */
  boolean isGroup(int index) {
    return (message.u16(statusName(index) + STATUS_NAME_AT) & GROUP) != 0;
  }

  /** Without what fills the name up. */
  int nameLength(int start) {
    int length = NetbiosName.NAME_BYTES;
    while (length > 0
        && (message.bytes()[start + length - 1] == ' '
            || message.bytes()[start + length - 1] == 0)) {
      length--;
    }
    return length;
  }

  /** Whether the record says that a group has the name. */
  boolean isGroup() {
    return (message.u16(message.dataStart()) & GROUP) != 0;
  }
}
