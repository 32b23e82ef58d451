package tapwarden.inspect.protocol.ntp;

/**
 * An NTP message in an array, read in place; one object is moved from message to message. Which
 * accessors mean something depends on {@link #mode}.
 */
final class NtpMessage {
  static final int SERVER = 4;
  static final int BROADCAST = 5;
  static final int CONTROL = 6;
  static final int PRIVATE = 7;
  static final int CONTROL_HEAD_BYTES = 12;

  /** Most extension fields that are counted; what follows them is left unread. */
  static final int MAX_EXTENSIONS = 16;

  private static final int TIME_BYTES = 48;
  private static final int PRIVATE_HEAD_BYTES = 8;
  private static final int MAX_VERSION = 4;
  private static final int MAX_STRATUM = 16;
  private static final int LEAST_EXTENSION_BYTES = 16;
  private static final int LEAST_POLL = -7;
  private static final int MOST_POLL = 20;
  private static final int LEAST_PRECISION = -64;
  private static final int MOST_PRECISION = 16;
  private static final int MAX_OPERATION = 12;
  private static final int UNSET_TRAP = 31;

  private byte[] bytes = new byte[0];
  private int length;
  private int extensions;
  private int authenticatorBytes;
  private boolean hasOddTail;

  /**
   * Reads a message.
   *
   * @param missingBytes how much longer it is than what was captured
   * @return false if it cannot be one
   */
  boolean parse(byte[] message, int size, int missingBytes) {
    bytes = message;
    length = size;
    extensions = 0;
    authenticatorBytes = 0;
    hasOddTail = false;
    if (size < 2 || !mayBegin(message[0] & 0xFF)) {
      return false;
    }
    return switch (mode()) {
      case CONTROL -> isControl(missingBytes);
      case PRIVATE -> isPrivate(missingBytes);
      default -> isTime(missingBytes);
    };
  }

  /** Whether a message can begin so: versions 1 to 4, any mode but 0. */
  static boolean mayBegin(int firstByte) {
    int version = firstByte >> 3 & 7;
    return version >= 1 && version <= MAX_VERSION && (firstByte & 7) != 0;
  }

  private boolean isTime(int missingBytes) {
    if (length < TIME_BYTES
        || stratum() > MAX_STRATUM
        || poll() < LEAST_POLL
        || poll() > MOST_POLL
        || precision() < LEAST_PRECISION
        || precision() > MOST_PRECISION) {
      return false;
    }
    readTail(missingBytes);
    return true;
  }

  /** Extension fields (RFC 7822 §3), then perhaps a key's number and a digest. */
  private void readTail(int missingBytes) {
    int at = TIME_BYTES;
    while (extensions < MAX_EXTENSIONS && isExtension(at)) {
      extensions++;
      at += u16(at + 2);
    }
    int rest = length - at;
    if (isAuthenticator(rest)) {
      authenticatorBytes = rest;
    } else if (rest > 0 && missingBytes == 0 && extensions < MAX_EXTENSIONS) {
      hasOddTail = true;
    }
  }

  private boolean isExtension(int at) {
    int rest = length - at;
    if (version() < MAX_VERSION || rest < LEAST_EXTENSION_BYTES || isShortAuthenticator(rest)) {
      return false;
    }
    int size = u16(at + 2);
    return size >= LEAST_EXTENSION_BYTES && size % Integer.BYTES == 0 && size <= rest;
  }

  /** MD5 or SHA-1 (RFC 5905 §7.3), which any extension field that is last is longer than. */
  private static boolean isShortAuthenticator(int rest) {
    return rest == 20 || rest == 24;
  }

  /**
   * The digests above; the crypto-NAK (4); DES of version 3 (12); SHA-256, SHA-384, SHA-512; and
   * what Windows domains add (MS-SNTP §2.2.2: 72 bytes).
   */
  private static boolean isAuthenticator(int rest) {
    return switch (rest) {
      case 4, 12, 20, 24, 36, 52, 68, 72 -> true;
      default -> false;
    };
  }

  private boolean isControl(int missingBytes) {
    return length >= CONTROL_HEAD_BYTES
        && ((operation() > 0 && operation() <= MAX_OPERATION) || operation() == UNSET_TRAP)
        && CONTROL_HEAD_BYTES + count() <= length + missingBytes;
  }

  private boolean isPrivate(int missingBytes) {
    if (length < PRIVATE_HEAD_BYTES || (bytes[2] != 0 && bytes[2] != 2 && bytes[2] != 3)) {
      return false;
    }
    long data = (long) items() * itemBytes();
    return !isPrivateResponse() || PRIVATE_HEAD_BYTES + data <= (long) length + missingBytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int leap() {
    return bytes[0] >> 6 & 3;
  }

  int version() {
    return bytes[0] >> 3 & 7;
  }

  int mode() {
    return bytes[0] & 7;
  }

  int stratum() {
    return bytes[1] & 0xFF;
  }

  /** Log2 of seconds. */
  int poll() {
    return bytes[2];
  }

  /** Log2 of seconds. */
  int precision() {
    return bytes[3];
  }

  /** Seconds in 16.16 fixed point. */
  int rootDelay() {
    return (int) u32(4);
  }

  long rootDispersion() {
    return u32(8);
  }

  /** Where the four bytes of the reference start. */
  int referenceStart() {
    return 12;
  }

  long reference() {
    return u32(12);
  }

  /** Seconds of the time at which it was sent, since 1900 or since 2036; 0 if unknown. */
  long transmitSeconds() {
    return u32(40);
  }

  /** The fraction of the second, in 2^-32. */
  long transmitFraction() {
    return u32(44);
  }

  int extensions() {
    return extensions;
  }

  /** Bytes of key number and digest; 0 without. */
  int authenticatorBytes() {
    return authenticatorBytes;
  }

  long keyId() {
    return u32(length - authenticatorBytes);
  }

  /** Whether what follows the fixed fields is nothing that belongs there. */
  boolean hasOddTail() {
    return hasOddTail;
  }

  /** Whether a server tells the client why it does not serve it (RFC 5905 §7.4). */
  boolean isKissOfDeath() {
    return mode() == SERVER && stratum() == 0;
  }

  boolean isControlResponse() {
    return (bytes[1] & 0x80) != 0;
  }

  boolean isControlError() {
    return (bytes[1] & 0x40) != 0;
  }

  boolean hasMoreControl() {
    return (bytes[1] & 0x20) != 0;
  }

  int operation() {
    return bytes[1] & 0x1F;
  }

  int status() {
    return u16(4);
  }

  int association() {
    return u16(6);
  }

  int dataOffset() {
    return u16(8);
  }

  /** Bytes of data that a control message claims. */
  int count() {
    return u16(10);
  }

  /** Bytes of data of a control message that are there. */
  int dataBytes() {
    return Math.min(count(), length - CONTROL_HEAD_BYTES);
  }

  boolean isPrivateResponse() {
    return bytes[0] < 0;
  }

  boolean hasMorePrivate() {
    return (bytes[0] & 0x40) != 0;
  }

  boolean isPrivateAuthenticated() {
    return bytes[1] < 0;
  }

  int implementation() {
    return bytes[2];
  }

  int requestCode() {
    return bytes[3] & 0xFF;
  }

  int privateError() {
    return bytes[4] >> 4 & 0xF;
  }

  int items() {
    return u16(4) & 0xFFF;
  }

  int itemBytes() {
    return u16(6) & 0xFFF;
  }

  private int u16(int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }
}
