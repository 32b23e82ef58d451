package tapwarden.inspect.protocol.snmp;

import tapwarden.inspect.codec.ber.BerReader;
import tapwarden.inspect.codec.ber.ObjectIdentifiers;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.TextBuilder;

/** The variables of a message (RFC 3416 §3): their names, and the values of a few. */
final class SnmpVariables {
  /** Most variables of a message that are read; a message of bulk answers may have more. */
  static final int MAX_VARIABLES = 64;

  private static final int MAX_TEXT = 1_024;
  private static final int MAX_HEX_BYTES = 64;
  private static final int IP_ADDRESS = 0x40;
  private static final int COUNTER64 = 0x46;
  private static final int OBJECT_AT = 6;

  /** 1.3.6.1.2.1.1: the group "system" of MIB-2 (RFC 3418). */
  private static final byte[] SYSTEM = {0x2B, 6, 1, 2, 1, 1};

  private static final int SYS_DESCR = 1;
  private static final int SYS_OBJECT_ID = 2;
  private static final int SYS_NAME = 5;

  private final SnmpMessage message;
  private final TextBuilder text;
  private final BerReader ber = new BerReader();
  private final byte[] identifier = new byte[ObjectIdentifiers.MAX_TEXT];
  private final SnmpMessage.Place name = new SnmpMessage.Place();
  private int read;

  SnmpVariables(SnmpMessage message, TextBuilder text) {
    this.message = message;
    this.text = text;
  }

  private void begin() {
    read = 0;
    int start = message.variables.isThere() ? message.variables.start : 0;
    ber.on(message.bytes(), start, start + Math.max(0, message.variables.length));
  }

  /** Moves to the next variable: its name is at {@link #name}, its value the element at hand. */
  private boolean next() {
    if (read == MAX_VARIABLES || !ber.next(BerReader.SEQUENCE)) {
      return false;
    }
    read++;
    ber.enter();
    if (!ber.next(BerReader.OBJECT_IDENTIFIER)) {
      return false;
    }
    name.start = ber.start();
    name.length = ber.length();
    if (!ber.next()) {
      return false;
    }
    ber.leave();
    return true;
  }

  /** Writes the names as {@code vars}. */
  void writeNames(JsonWriter json) {
    boolean any = false;
    begin();
    while (next()) {
      if (!any) {
        json.name("vars").beginArray();
        any = true;
      }
      writeIdentifier(json, name.start, name.length);
    }
    if (any) {
      json.endArray();
    }
  }

  /** Writes names and values as {@code values}. */
  void writeValues(JsonWriter json) {
    boolean any = false;
    begin();
    while (next()) {
      if (!any) {
        json.name("values").beginArray();
        any = true;
      }
      json.beginObject();
      writeIdentifier(json.name("oid"), name.start, name.length);
      writeValue(json);
      json.endObject();
    }
    if (any) {
      json.endArray();
    }
  }

  void writeIdentifier(JsonWriter json, int start, int length) {
    int size = ObjectIdentifiers.write(message.bytes(), start, length, identifier);
    if (size < 0) {
      json.value("invalid");
    } else {
      json.value(identifier, 0, size);
    }
  }

  private void writeValue(JsonWriter json) {
    int tag = ber.tag();
    if (tag == BerReader.OBJECT_IDENTIFIER) {
      writeIdentifier(json.name("value"), ber.start(), ber.length());
    } else if (tag == IP_ADDRESS && ber.length() == 4) {
      text.reset().putIpv4(ber.unsigned());
      text.writeTo(json.name("value"));
    } else if (tag == BerReader.INTEGER && ber.isNumber()) {
      json.field("value", ber.number());
    } else if (tag > IP_ADDRESS && tag <= COUNTER64 && tag != 0x44 && ber.isNumber()) {
      json.field("value", ber.unsigned());
    } else if (ber.length() > 0) {
      writeText(json);
    }
  }

  private void writeText(JsonWriter json) {
    if (isText()) {
      json.name("value").value(message.bytes(), ber.start(), Math.min(ber.length(), MAX_TEXT));
    } else {
      int shown = Math.min(ber.length(), MAX_HEX_BYTES);
      text.reset().putHex(message.bytes(), ber.start(), shown, ':');
      text.writeTo(json.name("value"));
    }
  }

  private boolean isText() {
    for (int i = 0; i < ber.length(); i++) {
      byte b = message.bytes()[ber.start() + i];
      if ((b < ' ' && b >= 0 && b != '\r' && b != '\n' && b != '\t') || b == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Reports what an answer says of the system as traits of the side that answers. */
  void reportTraits(Report report, Side side) {
    begin();
    while (next()) {
      switch (systemObject()) {
        case SYS_DESCR -> reportText(report, "snmp-sysdescr", side);
        case SYS_NAME -> reportText(report, "snmp-sysname", side);
        case SYS_OBJECT_ID -> reportIdentifier(report, side);
        default -> {}
      }
    }
  }

  private void reportText(Report report, String trait, Side side) {
    if (ber.tag() == BerReader.OCTET_STRING && ber.length() > 0) {
      int length = Math.min(ber.length(), MAX_TEXT);
      report.trait(trait, side, message.bytes(), ber.start(), length);
    }
  }

  private void reportIdentifier(Report report, Side side) {
    if (ber.tag() == BerReader.OBJECT_IDENTIFIER) {
      int size = ObjectIdentifiers.write(message.bytes(), ber.start(), ber.length(), identifier);
      if (size > 0) {
        report.trait("snmp-sysobjectid", side, identifier, 0, size);
      }
    }
  }

  /** Which object of the group "system" the variable is the only instance of; 0 if none. */
  private int systemObject() {
    if (name.length != OBJECT_AT + 2 || message.bytes()[name.start + OBJECT_AT + 1] != 0) {
      return 0;
    }
    for (int i = 0; i < SYSTEM.length; i++) {
      if (message.bytes()[name.start + i] != SYSTEM[i]) {
        return 0;
      }
    }
    return message.bytes()[name.start + OBJECT_AT];
  }
}
