package tapwarden.inspect.protocol.snmp;

import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * The {@code snmp} object of EVE with Suricata's words, and what it has no field for under {@code
 * tapwarden.snmp}: errors, the engine of version 3, and the values that are set or told by traps.
 */
final class SnmpEve {
  private static final int MAX_TEXT = 1_024;
  private static final int MAX_HEX_BYTES = 64;
  private static final int SECURITY_LEVEL = 3;
  private static final String[] LEVELS = {"noAuthNoPriv", "authNoPriv", "privNoAuth", "authPriv"};

  private final SnmpMessage message;
  private final SnmpVariables variables;
  private final TextBuilder text;

  SnmpEve(SnmpMessage message, SnmpVariables variables, TextBuilder text) {
    this.message = message;
    this.variables = variables;
    this.text = text;
  }

  void write(JsonWriter json) {
    json.name("snmp").beginObject().field("version", message.version());
    if (message.isEncrypted()) {
      json.field("pdu_type", "encrypted");
    } else if (message.pdu() != 0) {
      json.field("pdu_type", SnmpPdu.type(message.pdu()));
      if (message.pdu() == SnmpPdu.TRAP_V1 && !message.isBroken()) {
        json.field("trap_type", SnmpPdu.trap(message.genericTrap()));
        variables.writeIdentifier(
            json.name("trap_oid"), message.enterprise.start, message.enterprise.length);
        text.reset();
        for (int i = 0; i < message.agentAddress.length; i++) {
          int octet = message.bytes()[message.agentAddress.start + i] & 0xFF;
          (i > 0 ? text.put('.') : text).putNumber(octet);
        }
        text.writeTo(json.name("trap_address"));
      }
      variables.writeNames(json);
    }
    writeText(json, "community", message.community);
    writeText(json, "usm", message.user);
    json.endObject();
    writeOwn(json);
  }

  private void writeOwn(JsonWriter json) {
    json.name("tapwarden").beginObject().name("snmp").beginObject();
    int pdu = message.pdu();
    if (pdu != 0 && !message.isBroken()) {
      if (pdu == SnmpPdu.TRAP_V1) {
        json.field("specific_trap", message.specificTrap());
      } else {
        json.field("request_id", message.requestId());
        writeNumbers(json);
      }
      if (SnmpPdu.bearsValues(pdu)) {
        variables.writeValues(json);
      }
    }
    if (message.version() == 3) {
      writeEngine(json);
    }
    json.endObject().endObject();
  }

  private void writeNumbers(JsonWriter json) {
    if (message.pdu() == SnmpPdu.GET_BULK) {
      json.field("non_repeaters", message.second());
      json.field("max_repetitions", message.third());
    } else if (message.second() != 0) {
      json.field("error_status", message.second());
      json.field("error", SnmpPdu.error(message.second()));
      json.field("error_index", message.third());
    }
  }

  private void writeEngine(JsonWriter json) {
    json.field("security_level", LEVELS[message.flags() & SECURITY_LEVEL]);
    if (message.engineId.length > 0) {
      int length = Math.min(message.engineId.length, MAX_HEX_BYTES);
      text.reset().putHex(message.bytes(), message.engineId.start, length, (char) 0);
      text.writeTo(json.name("engine_id"));
    }
    if (message.user.isThere()) {
      json.field("engine_boots", message.engineBoots());
      json.field("engine_time", message.engineTime());
    }
    if (message.contextName.length > 0) {
      writeText(json, "context_name", message.contextName);
    }
  }

  private void writeText(JsonWriter json, String field, SnmpMessage.Place place) {
    if (place.isThere()) {
      json.name(field).value(message.bytes(), place.start, Math.min(place.length, MAX_TEXT));
    }
  }
}
