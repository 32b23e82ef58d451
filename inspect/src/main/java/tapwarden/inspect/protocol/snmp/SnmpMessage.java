package tapwarden.inspect.protocol.snmp;

import tapwarden.inspect.codec.ber.BerReader;

/**
 * An SNMP message in an array, read in place up to its variables; one object is moved from message
 * to message. Positions are those of contents in {@link #bytes}.
 */
final class SnmpMessage {
  private static final int IP_ADDRESS = 0x40;
  private static final int TIME_TICKS = 0x43;
  private static final int V1 = 0;
  private static final int V2C = 1;
  private static final int V3 = 3;
  private static final int MAX_NUMBER_BYTES = 5;

  /** A content's place. */
  static final class Place {
    int start;
    int length = -1;

    boolean isThere() {
      return length >= 0;
    }

    private void of(BerReader ber) {
      start = ber.start();
      length = ber.length();
    }
  }

  private final BerReader ber = new BerReader();
  private byte[] bytes = new byte[0];
  private int version;
  private int pdu;
  private boolean isCut;
  private boolean isBroken;
  private boolean fills;
  private boolean isEncrypted;
  private long requestId;
  private long second;
  private long third;
  private int flags;
  private long engineBoots;
  private long engineTime;
  private long genericTrap;
  private long specificTrap;
  final Place community = new Place();
  final Place engineId = new Place();
  final Place user = new Place();
  final Place contextName = new Place();
  final Place enterprise = new Place();
  final Place agentAddress = new Place();
  final Place variables = new Place();

  /**
   * Reads a message as far as it can be read.
   *
   * @return false if it is none: no version, no community or user, or no kind of unit
   */
  boolean parse(byte[] message, int length) {
    clear();
    bytes = message;
    ber.on(message, 0, length);
    if (!ber.next(BerReader.SEQUENCE)) {
      return false;
    }
    fills = ber.end() == length;
    ber.enter();
    boolean isMessage = readVersion() && (version == V3 ? readV3() : readCommunity());
    isCut = ber.isCut();
    return isMessage;
  }

  private void clear() {
    pdu = 0;
    isBroken = false;
    isEncrypted = false;
    requestId = 0;
    second = 0;
    third = 0;
    flags = 0;
    community.length = -1;
    engineId.length = -1;
    user.length = -1;
    contextName.length = -1;
    enterprise.length = -1;
    agentAddress.length = -1;
    variables.length = -1;
  }

  private boolean readVersion() {
    if (!nextNumber()) {
      return false;
    }
    version = (int) ber.number();
    return ber.length() == 1 && (version == V1 || version == V2C || version == V3);
  }

  private boolean readCommunity() {
    if (!ber.next(BerReader.OCTET_STRING)) {
      return false;
    }
    community.of(ber);
    return readPdu();
  }

  /** RFC 3412 §6: head, security parameters, and the scoped unit in clear or encrypted. */
  private boolean readV3() {
    if (!ber.next(BerReader.SEQUENCE) || !ber.enter() || !nextNumber() || !nextNumber()) {
      return false;
    }
    if (!ber.next(BerReader.OCTET_STRING) || ber.length() != 1) {
      return false;
    }
    flags = bytes[ber.start()] & 0xFF;
    if (!nextNumber()) {
      return false;
    }
    ber.leave();
    if (!ber.next(BerReader.OCTET_STRING)) {
      return false;
    }
    readUser();
    if (!ber.next()) {
      isBroken = true;
      return user.isThere();
    }
    if (ber.tag() == BerReader.OCTET_STRING) {
      isEncrypted = true;
      return true;
    }
    if (ber.tag() != BerReader.SEQUENCE
        || !ber.enter()
        || !ber.next(BerReader.OCTET_STRING)
        || !ber.next(BerReader.OCTET_STRING)) {
      isBroken = true;
      return user.isThere();
    }
    contextName.of(ber);
    return readPdu();
  }

  /** RFC 3414 §2.4; another security model has another form, which is no error. */
  private void readUser() {
    ber.enter();
    if (ber.next(BerReader.SEQUENCE) && ber.enter()) {
      if (ber.next(BerReader.OCTET_STRING)) {
        engineId.of(ber);
        if (nextNumber()) {
          engineBoots = ber.number();
          if (nextNumber()) {
            engineTime = ber.number();
            if (ber.next(BerReader.OCTET_STRING)) {
              user.of(ber);
            }
          }
        }
      }
      ber.leave();
    }
    ber.leave();
  }

  private boolean readPdu() {
    if (!ber.next() || !SnmpPdu.isPdu(ber.tag())) {
      return false;
    }
    pdu = ber.tag();
    ber.enter();
    isBroken = !(pdu == SnmpPdu.TRAP_V1 ? readTrap() : readNumbers());
    if (!isBroken) {
      isBroken = !ber.next(BerReader.SEQUENCE);
      if (!isBroken) {
        variables.of(ber);
      }
    }
    return true;
  }

  private boolean readNumbers() {
    if (!nextNumber()) {
      return false;
    }
    requestId = ber.number();
    if (!nextNumber()) {
      return false;
    }
    second = ber.number();
    if (!nextNumber()) {
      return false;
    }
    third = ber.number();
    return true;
  }

  private boolean readTrap() {
    if (!ber.next(BerReader.OBJECT_IDENTIFIER)) {
      return false;
    }
    enterprise.of(ber);
    if (!ber.next(IP_ADDRESS) || ber.length() != 4) {
      return false;
    }
    agentAddress.of(ber);
    if (!nextNumber()) {
      return false;
    }
    genericTrap = ber.number();
    if (!nextNumber()) {
      return false;
    }
    specificTrap = ber.number();
    return ber.next(TIME_TICKS);
  }

  private boolean nextNumber() {
    return ber.next(BerReader.INTEGER) && ber.length() > 0 && ber.length() <= MAX_NUMBER_BYTES;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether an element claims to be longer than what holds it. */
  boolean isCut() {
    return isCut;
  }

  /** Whether it could not be read up to its variables although it is not encrypted. */
  boolean isBroken() {
    return isBroken;
  }

  /** Whether nothing follows the message, and all of it is there. */
  boolean fills() {
    return fills && !isCut;
  }

  /** 1, 2 (for 2c) or 3. */
  int version() {
    return version == V3 ? V3 : version + 1;
  }

  /** A tag of {@link SnmpPdu}; 0 if encrypted or unreadable. */
  int pdu() {
    return pdu;
  }

  boolean isEncrypted() {
    return isEncrypted;
  }

  long requestId() {
    return requestId;
  }

  /** Error status, or of a bulk request how many variables are not repeated. */
  long second() {
    return second;
  }

  /** Error index, or of a bulk request how often the rest is repeated. */
  long third() {
    return third;
  }

  /** Of version 3: bit 0 authenticated, bit 1 encrypted, bit 2 wants a report. */
  int flags() {
    return flags;
  }

  long engineBoots() {
    return engineBoots;
  }

  long engineTime() {
    return engineTime;
  }

  long genericTrap() {
    return genericTrap;
  }

  long specificTrap() {
    return specificTrap;
  }
}
