package tapwarden.inspect.protocol.nbns;

/**
 * A NetBIOS name as it goes over the wire (RFC 1001 §14.1): 16 bytes, each as two letters A to P,
 * in a label of 32, then perhaps a scope of labels as in DNS. The last of the 16 bytes says what
 * kind of service has the name; blanks or zeros fill the rest.
 */
final class NetbiosName {
  static final int NAME_BYTES = 15;

  static final int LABEL_BYTES = 32;
  private static final int MAX_SCOPE_BYTES = 220;
  private static final int POINTER = 0xC0;
  private static final int POINTER_BYTES = 2;
  private static final int SUFFIX_AT = 15;

  private final byte[] text = new byte[NAME_BYTES];
  private final byte[] scope = new byte[MAX_SCOPE_BYTES];
  private int textLength;
  private int scopeLength;
  private int suffix;

  /**
   * Reads the name at a place.
   *
   * @return where it ends; -1 if there is none
   */
  int read(byte[] bytes, int start, int end) {
    if (end - start < LABEL_BYTES + 2 || bytes[start] != LABEL_BYTES) {
      return -1;
    }
    textLength = 0;
    for (int i = 0; i <= SUFFIX_AT; i++) {
      int high = bytes[start + 1 + 2 * i] - 'A';
      int low = bytes[start + 2 + 2 * i] - 'A';
      if ((high | low) < 0 || (high | low) > 0xF) {
        return -1;
      }
      int octet = high << 4 | low;
      if (i == SUFFIX_AT) {
        suffix = octet;
      } else {
        text[i] = (byte) octet;
        textLength = octet == ' ' || octet == 0 ? textLength : i + 1;
      }
    }
    return readScope(bytes, start + 1 + LABEL_BYTES, end);
  }

  private int readScope(byte[] bytes, int start, int end) {
    scopeLength = 0;
    int at = start;
    while (at < end) {
      int label = bytes[at++] & 0xFF;
      if (label == 0) {
        return at;
      }
      if (label >= POINTER) {
        return at < end ? at + 1 : -1;
      }
      if (label >= 0x40 || at + label > end || scopeLength + label + 1 > MAX_SCOPE_BYTES) {
        return -1;
      }
      if (scopeLength > 0) {
        scope[scopeLength++] = '.';
      }
      System.arraycopy(bytes, at, scope, scopeLength, label);
      scopeLength += label;
      at += label;
    }
    return -1;
  }

  /** Whether a pointer to another name stands there. */
  static boolean isPointer(byte[] bytes, int start, int end) {
    return end - start >= POINTER_BYTES && (bytes[start] & POINTER) == POINTER;
  }

  byte[] text() {
    return text;
  }

  /** Without what fills it up. */
  int textLength() {
    return textLength;
  }

  byte[] scope() {
    return scope;
  }

  int scopeLength() {
    return scopeLength;
  }

  /** The kind of service: 0x00 a workstation, 0x20 a file server, 0x1B a domain's master. */
  int suffix() {
    return suffix;
  }
}
