package tapwarden.inspect.protocol.tftp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tapwarden.inspect.json.JsonWriter;

/**
 * The texts of a request or of acknowledged options in an array, read in place: file and mode, then
 * options and their values, each ended by a zero (RFC 1350 §5, RFC 2347). One object is moved from
 * packet to packet.
 */
final class TftpRequest {
  /** Longest packet of a request (RFC 2347). */
  static final int MAX_BYTES = 512;

  /** Most options that are read. */
  static final int MAX_OPTIONS = 16;

  private static final byte[][] MODES = {ascii("netascii"), ascii("octet"), ascii("mail")};
  private static final byte[] BLOCK_SIZE = ascii("blksize");
  private static final int OPERATION_BYTES = 2;
  private static final int MAX_NUMBER_DIGITS = 5;

  /** RFC 2348: 8 to 65464. */
  private static final int MAX_BLOCK_BYTES = 65_464;

  private static final int LEAST_BLOCK_BYTES = 8;

  private byte[] bytes = new byte[0];
  private boolean isWrite;
  private int fileEnd;
  private int modeStart;
  private int modeEnd;
  private final int[] optionStart = new int[MAX_OPTIONS];
  private final int[] optionEnd = new int[MAX_OPTIONS];
  private final int[] valueEnd = new int[MAX_OPTIONS];
  private int options;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a request.
   *
   * @return false if it is none
   */
  boolean parse(byte[] packet, int length) {
    bytes = packet;
    options = 0;
    if (length < OPERATION_BYTES || length > MAX_BYTES || packet[0] != 0) {
      return false;
    }
    isWrite = packet[1] == TftpOperation.WRITE;
    if (!isWrite && packet[1] != TftpOperation.READ) {
      return false;
    }
    fileEnd = textEnd(OPERATION_BYTES, length);
    if (fileEnd <= OPERATION_BYTES || !isPrintable(OPERATION_BYTES, fileEnd)) {
      return false;
    }
    modeStart = fileEnd + 1;
    modeEnd = textEnd(modeStart, length);
    if (modeEnd < 0 || !isMode()) {
      return false;
    }
    readOptions(modeEnd + 1, length);
    return true;
  }

  /** Reads the options that a server acknowledges. */
  void parseAcknowledged(byte[] packet, int length) {
    bytes = packet;
    options = 0;
    readOptions(OPERATION_BYTES, length);
  }

  private void readOptions(int start, int length) {
    int at = start;
    while (options < MAX_OPTIONS && at < length) {
      int end = textEnd(at, length);
      int after = end < 0 ? -1 : textEnd(end + 1, length);
      if (after < 0 || end == at || !isPrintable(at, end)) {
        return;
      }
      optionStart[options] = at;
      optionEnd[options] = end;
      valueEnd[options++] = after;
      at = after + 1;
    }
  }

  private int textEnd(int start, int length) {
    for (int i = start; i < length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private boolean isPrintable(int start, int end) {
    for (int i = start; i < end; i++) {
      if ((bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private boolean isMode() {
    for (byte[] mode : MODES) {
      if (is(modeStart, modeEnd, mode)) {
        return true;
      }
    }
    return false;
  }

  private boolean is(int start, int end, byte[] lowerCase) {
    if (end - start != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte b = bytes[start + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** Size of blocks that the options name; 512 if they name none that is possible. */
  int blockBytes() {
    for (int i = 0; i < options; i++) {
      if (is(optionStart[i], optionEnd[i], BLOCK_SIZE)) {
        int number = number(optionEnd[i] + 1, valueEnd[i]);
        if (number >= LEAST_BLOCK_BYTES && number <= MAX_BLOCK_BYTES) {
          return number;
        }
      }
    }
    return TftpTransfer.DEFAULT_BLOCK_BYTES;
  }

  private int number(int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9' || i - start == MAX_NUMBER_DIGITS) {
        return -1;
      }
      number = 10 * number + bytes[i] - '0';
    }
    return number;
  }

  TftpTransfer transfer() {
    return new TftpTransfer(
        Arrays.copyOfRange(bytes, OPERATION_BYTES, fileEnd),
        Arrays.copyOfRange(bytes, modeStart, modeEnd),
        isWrite);
  }

  /** Whether it asks for what another one did: it is sent again. */
  boolean repeats(TftpTransfer other) {
    return other.isWrite() == isWrite
        && Arrays.equals(other.file(), 0, other.file().length, bytes, OPERATION_BYTES, fileEnd);
  }

  /** Writes the options and their values under {@code tapwarden.tftp}, if there are any. */
  void writeOptions(JsonWriter json) {
    if (options == 0) {
      return;
    }
    json.name("tapwarden").beginObject().name("tftp").beginObject();
    json.name("options").beginArray();
    for (int i = 0; i < options; i++) {
      int value = optionEnd[i] + 1;
      json.beginObject().name("name");
      json.value(bytes, optionStart[i], optionEnd[i] - optionStart[i]);
      json.name("value").value(bytes, value, valueEnd[i] - value).endObject();
    }
    json.endArray().endObject().endObject();
  }
}
