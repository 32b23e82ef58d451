package tapwarden.inspect.protocol.dhcp;

import java.util.Arrays;
import tapwarden.inspect.wire.Bytes;

/**
 * A DHCP message (RFC 2131 §2) in an array, read in place; one object is moved from message to
 * message. Options also lie in the fields {@code file} and {@code sname} where option 52 says so,
 * and one that is given in several pieces is their concatenation (RFC 3396).
 */
final class DhcpMessage {
  static final int FIXED_BYTES = 236;
  static final int COOKIE_BYTES = 4;

  /** Most pieces of options that are read of one message; real ones have some thirty. */
  static final int MAX_OPTIONS = 256;

  static final int REQUEST = 1;
  static final int REPLY = 2;
  static final int MAX_HARDWARE_BYTES = 16;

  private static final int COOKIE = 0x6382_5363;
  private static final int HARDWARE_AT = 28;
  private static final int SERVER_NAME_AT = 44;
  private static final int FILE_AT = 108;
  private static final int FILE_IS_OPTIONS = 1;
  private static final int SERVER_NAME_IS_OPTIONS = 2;

  private final int[] codes = new int[MAX_OPTIONS];
  private final int[] starts = new int[MAX_OPTIONS];
  private final int[] lengths = new int[MAX_OPTIONS];
  private int options;
  private byte[] bytes = new byte[0];
  private boolean isDhcp;
  private boolean isCut;
  private boolean isLimited;
  private byte[] joined = new byte[512];
  private byte[] value = bytes;
  private int valueStart;
  private int valueLength;

  /**
   * Reads a message.
   *
   * @return false if it is none
   */
  boolean parse(byte[] message, int length) {
    bytes = message;
    options = 0;
    isCut = false;
    isLimited = false;
    isDhcp = false;
    if (length < FIXED_BYTES
        || (op() != REQUEST && op() != REPLY)
        || hardwareLength() > MAX_HARDWARE_BYTES) {
      return false;
    }
    isDhcp = length >= FIXED_BYTES + COOKIE_BYTES && (int) u32(FIXED_BYTES) == COOKIE;
    if (isDhcp) {
      walk(FIXED_BYTES + COOKIE_BYTES, length);
      int overload = find(DhcpOption.OVERLOAD) && valueLength == 1 ? value[valueStart] : 0;
      if ((overload & FILE_IS_OPTIONS) != 0) {
        walk(FILE_AT, FIXED_BYTES);
      }
      if ((overload & SERVER_NAME_IS_OPTIONS) != 0) {
        walk(SERVER_NAME_AT, FILE_AT);
      }
    }
    return true;
  }

  private void walk(int start, int end) {
    int at = start;
    while (at < end && (bytes[at] & 0xFF) != DhcpOption.END) {
      int code = bytes[at++] & 0xFF;
      if (code == DhcpOption.PAD) {
        continue;
      }
      if (at == end || at + 1 + (bytes[at] & 0xFF) > end) {
        isCut = true;
        return;
      }
      if (options == MAX_OPTIONS) {
        isLimited = true;
        return;
      }
      codes[options] = code;
      starts[options] = at + 1;
      lengths[options++] = bytes[at] & 0xFF;
      at += 1 + (bytes[at] & 0xFF);
    }
  }

  /** Whether the option is there; if so, {@code value...} tell of it until the next call. */
  boolean find(int code) {
    int pieces = 0;
    for (int i = 0; i < options; i++) {
      if (codes[i] != code) {
        continue;
      }
      if (pieces == 0) {
        value = bytes;
        valueStart = starts[i];
        valueLength = lengths[i];
      } else {
        append(i, pieces == 1);
      }
      pieces++;
    }
    return pieces > 0;
  }

  private void append(int option, boolean isSecond) {
    int total = valueLength + lengths[option];
    if (total > joined.length) {
      joined = Arrays.copyOf(joined, 2 * total);
    }
    if (isSecond) {
      System.arraycopy(bytes, valueStart, joined, 0, valueLength);
      valueStart = 0;
    }
    value = joined;
    System.arraycopy(bytes, starts[option], joined, valueLength, lengths[option]);
    valueLength = total;
  }

  byte[] value() {
    return value;
  }

  int valueStart() {
    return valueStart;
  }

  int valueLength() {
    return valueLength;
  }

  /** Four bytes of the value that was found, at a place that must lie inside it. */
  long valueU32(int at) {
    return Bytes.u32(value, valueStart + at);
  }

  /** Whether it has the cookie of RFC 1497 and thus options; otherwise it is plain BOOTP. */
  boolean isDhcp() {
    return isDhcp;
  }

  /** Whether an option reaches beyond the end. */
  boolean isCut() {
    return isCut;
  }

  /** Whether there were more than {@link #MAX_OPTIONS}. */
  boolean isLimited() {
    return isLimited;
  }

  int options() {
    return options;
  }

  /** Code of the option at an index, in the order of the message. */
  int code(int index) {
    return codes[index];
  }

  byte[] bytes() {
    return bytes;
  }

  int op() {
    return bytes[0] & 0xFF;
  }

  int hardwareType() {
    return bytes[1] & 0xFF;
  }

  int hardwareLength() {
    return bytes[2] & 0xFF;
  }

  int hops() {
    return bytes[3] & 0xFF;
  }

  long transaction() {
    return u32(4);
  }

  int seconds() {
    return (bytes[8] & 0xFF) << 8 | (bytes[9] & 0xFF);
  }

  /** Whether the client wants the answer as a broadcast. */
  boolean wantsBroadcast() {
    return bytes[10] < 0;
  }

  long clientIp() {
    return u32(12);
  }

  long assignedIp() {
    return u32(16);
  }

  long nextServerIp() {
    return u32(20);
  }

  long relayIp() {
    return u32(24);
  }

  /** Where the client's hardware address starts, {@link #hardwareLength} bytes long. */
  int hardwareStart() {
    return HARDWARE_AT;
  }

  /** The client's hardware address if it is one of Ethernet; -1 otherwise. */
  long clientMac() {
    if (hardwareType() != 1 || hardwareLength() != 6) {
      return -1;
    }
    return u32(HARDWARE_AT) << 16
        | (bytes[HARDWARE_AT + 4] & 0xFF) << 8
        | (bytes[HARDWARE_AT + 5] & 0xFF);
  }

  private long u32(int at) {
    return Bytes.u32(bytes, at);
  }
}
