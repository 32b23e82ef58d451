package tapwarden.inspect.protocol.nbns;

/**
 * A message of the name service (RFC 1002 §4.2) in an array, read in place: its name, and the first
 * record. One object is moved from message to message.
 */
final class NbnsMessage {
  static final int NB = 0x20;
  static final int NBSTAT = 0x21;
  static final int QUERY = 0;
  static final int REGISTRATION = 5;
  static final int RELEASE = 6;
  static final int WAIT = 7;
  static final int REFRESH = 8;
  static final int REFRESH_TOO = 9;
  static final int MULTI_HOMED_REGISTRATION = 15;

  /** The name follows. */
  static final int HEAD_BYTES = 12;

  private static final int QUESTION_TAIL_BYTES = 4;
  private static final int RECORD_HEAD_BYTES = 10;
  private static final int MAX_COUNT = 32;

  private final NetbiosName name = new NetbiosName();
  private byte[] bytes = new byte[0];
  private int type;
  private boolean hasRecord;
  private boolean isCut;
  private long timeToLive;
  private int dataStart;
  private int dataLength;

  /**
   * Reads a message.
   *
   * @return false if it is none
   */
  boolean parse(byte[] message, int length) {
    bytes = message;
    hasRecord = false;
    isCut = false;
    if (length < HEAD_BYTES || !isOperation() || u16(4) > 1) {
      return false;
    }
    int records = u16(6) + u16(8) + u16(10);
    if (u16(4) + records == 0 || records > MAX_COUNT) {
      return false;
    }
    int at = name.read(bytes, HEAD_BYTES, length);
    if (at < 0) {
      return false;
    }
    if (u16(4) == 0) {
      readRecord(at, length);
      return true;
    }
    if (at + QUESTION_TAIL_BYTES > length) {
      return false;
    }
    type = u16(at);
    if ((type != NB && type != NBSTAT) || u16(at + 2) != 1) {
      return false;
    }
    at += QUESTION_TAIL_BYTES;
    if (records > 0) {
      // The record of a registration is about the name that is asked for.
      int after = NetbiosName.isPointer(bytes, at, length) ? at + 2 : skipName(at, length);
      if (after < 0) {
        isCut = true;
      } else {
        readRecord(after, length);
      }
    }
    return true;
  }

  private int skipName(int start, int length) {
    int at = start;
    while (at < length) {
      int label = bytes[at++] & 0xFF;
      if (label == 0) {
        return at;
      }
      at += label;
    }
    return -1;
  }

  private void readRecord(int at, int length) {
    if (at + RECORD_HEAD_BYTES > length) {
      isCut = true;
      return;
    }
    type = u16(at);
    timeToLive = (long) u16(at + 4) << 16 | u16(at + 6);
    dataStart = at + RECORD_HEAD_BYTES;
    int claimed = u16(at + 8);
    dataLength = Math.min(claimed, length - dataStart);
    isCut = dataLength < claimed;
    hasRecord = true;
  }

  private boolean isOperation() {
    return switch (operation()) {
      case QUERY, REGISTRATION, RELEASE, WAIT, REFRESH, REFRESH_TOO, MULTI_HOMED_REGISTRATION ->
          true;
      default -> false;
    };
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether a record ends beyond the message. */
  boolean isCut() {
    return isCut;
  }

  int transaction() {
    return u16(0);
  }

  boolean isResponse() {
    return bytes[2] < 0;
  }

  int operation() {
    return bytes[2] >> 3 & 0xF;
  }

  boolean isAuthoritative() {
    return (bytes[2] & 4) != 0;
  }

  boolean isBroadcast() {
    return (bytes[3] & 0x10) != 0;
  }

  int resultCode() {
    return bytes[3] & 0xF;
  }

  /** The name that is asked for, or that the answer is about. */
  NetbiosName name() {
    return name;
  }

  /** Of the record if there is one, else of the question. */
  int type() {
    return type;
  }

  boolean hasRecord() {
    return hasRecord;
  }

  long timeToLive() {
    return timeToLive;
  }

  /** Of the record. */
  int dataStart() {
    return dataStart;
  }

  /** Of the record, as far as it is there. */
  int dataLength() {
    return dataLength;
  }

  int u16(int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }
}
