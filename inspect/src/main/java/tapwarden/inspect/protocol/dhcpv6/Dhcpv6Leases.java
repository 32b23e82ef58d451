package tapwarden.inspect.protocol.dhcpv6;

import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.Bytes;

/**
 * Writes the addresses and prefixes that lie in identity associations (RFC 8415 §21.4 to §21.6,
 * §21.21, §21.22), bounded over all of them.
 */
final class Dhcpv6Leases {
  private static final int MAX_LEASES = 64;
  private static final int IA_HEAD_BYTES = 12;
  private static final int IA_TA_HEAD_BYTES = 4;
  private static final int ADDRESS_BYTES = 24;
  private static final int PREFIX_BYTES = 25;

  private final Dhcpv6Message message;
  private final OptionCursor outer = new OptionCursor();
  private final OptionCursor inner = new OptionCursor();

  Dhcpv6Leases(Dhcpv6Message message) {
    this.message = message;
  }

  void write(JsonWriter json) {
    writeKind(json, "addresses", Dhcpv6Option.IA_ADDRESS, ADDRESS_BYTES);
    writeKind(json, "prefixes", Dhcpv6Option.IA_PREFIX, PREFIX_BYTES);
  }

  private void writeKind(JsonWriter json, String field, int code, int leastBytes) {
    int written = 0;
    message.options(outer);
    while (outer.next()) {
      int head = headBytes(outer.code());
      if (head == 0 || outer.length() < head) {
        continue;
      }
      inner.on(message.bytes(), outer.start() + head, outer.start() + outer.length());
      while (written < MAX_LEASES && inner.next(code)) {
        if (inner.length() >= leastBytes) {
          if (written++ == 0) {
            json.name(field).beginArray();
          }
          if (code == Dhcpv6Option.IA_ADDRESS) {
            writeAddress(json);
          } else {
            writePrefix(json);
          }
        }
      }
    }
    if (written > 0) {
      json.endArray();
    }
  }

  private static int headBytes(int code) {
    return switch (code) {
      case Dhcpv6Option.IA_NA, Dhcpv6Option.IA_PD -> IA_HEAD_BYTES;
      case Dhcpv6Option.IA_TA -> IA_TA_HEAD_BYTES;
      default -> 0;
    };
  }

  private void writeAddress(JsonWriter json) {
    byte[] bytes = message.bytes();
    int at = inner.start();
    json.beginObject();
    Dhcpv6Eve.writeAddress(json.name("address"), bytes, at);
    writeTimes(json, at + 16);
    json.endObject();
  }

  private void writePrefix(JsonWriter json) {
    byte[] bytes = message.bytes();
    int at = inner.start();
    json.beginObject();
    Dhcpv6Eve.writeAddress(json.name("prefix"), bytes, at + 9);
    json.field("prefix_length", bytes[at + 8] & 0xFF);
    writeTimes(json, at);
    json.endObject();
  }

  private void writeTimes(JsonWriter json, int at) {
    json.field("preferred_seconds", Bytes.u32(message.bytes(), at));
    json.field("valid_seconds", Bytes.u32(message.bytes(), at + 4));
  }
}
