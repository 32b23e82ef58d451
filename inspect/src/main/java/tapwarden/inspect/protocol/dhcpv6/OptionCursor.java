package tapwarden.inspect.protocol.dhcpv6;

import tapwarden.inspect.wire.Bytes;

/** Goes over DHCPv6 options (RFC 8415 §21.1: code and length of two bytes each) in a range. */
final class OptionCursor {
  private static final int HEAD_BYTES = 4;

  private byte[] bytes = new byte[0];
  private int next;
  private int end;
  private int code;
  private int start;
  private int length;

  OptionCursor on(byte[] options, int from, int to) {
    bytes = options;
    next = from;
    end = to;
    return this;
  }

  /** Moves to the next option; false at the end, or where one does not fit. */
  boolean next() {
    if (next + HEAD_BYTES > end) {
      return false;
    }
    int size = Bytes.u16(bytes, next + 2);
    if (next + HEAD_BYTES + size > end) {
      return false;
    }
    code = Bytes.u16(bytes, next);
    start = next + HEAD_BYTES;
    length = size;
    next = start + size;
    return true;
  }

  /** Moves to the next option of that code. */
  boolean next(int wanted) {
    while (next()) {
      if (code == wanted) {
        return true;
      }
    }
    return false;
  }

  /** After the last option: whether they filled the range. */
  boolean isWhole() {
    return next == end;
  }

  /** Goes to the end; whether the options fill the range. */
  boolean fills() {
    boolean more = true;
    while (more) {
      more = next();
    }
    return isWhole();
  }

  int code() {
    return code;
  }

  /** Where the value starts. */
  int start() {
    return start;
  }

  int length() {
    return length;
  }
}
