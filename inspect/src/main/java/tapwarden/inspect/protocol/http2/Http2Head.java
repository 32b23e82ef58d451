package tapwarden.inspect.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tapwarden.inspect.codec.hpack.HeaderListener;

/**
 * The fields of a request or a response that are told, the first of each name, cut at a length.
 * Reused from block to block; {@link #pack} makes an array to keep, {@link #load} shows one.
 */
final class Http2Head implements HeaderListener {
  static final int METHOD = 0;
  static final int PATH = 1;
  static final int AUTHORITY = 2;
  static final int STATUS = 3;
  static final int HOST = 4;
  static final int USER_AGENT = 5;
  static final int REFERER = 6;
  static final int CONTENT_TYPE = 7;
  static final int SERVER = 8;
  static final int LOCATION = 9;

  /** Longest path that is told. */
  static final int MOST_PATH = 4_096;

  /** Longest value of other fields that is told. */
  static final int MOST_VALUE = 1_024;

  private static final String[] NAMES = {
    ":method",
    ":path",
    ":authority",
    ":status",
    "host",
    "user-agent",
    "referer",
    "content-type",
    "server",
    "location"
  };

  private static final int FIELDS = NAMES.length;
  private static final byte[][] NAME_BYTES = new byte[FIELDS][];
  private static final int LENGTH_BYTES = 2;

  static {
    for (int i = 0; i < FIELDS; i++) {
      NAME_BYTES[i] = NAMES[i].getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final byte[] own = new byte[MOST_PATH + (FIELDS - 1) * MOST_VALUE];
  private final int[] starts = new int[FIELDS];
  private final int[] lengths = new int[FIELDS];
  private byte[] bytes = own;
  private int end;

  Http2Head() {
    clear();
  }

  void clear() {
    bytes = own;
    end = 0;
    Arrays.fill(lengths, -1);
  }

  @Override
  public void field(
      byte[] name, int nameStart, int nameLength, byte[] value, int valueStart, int valueLength) {
    for (int field = 0; field < FIELDS; field++) {
      byte[] wanted = NAME_BYTES[field];
      if (wanted.length == nameLength
          && lengths[field] < 0
          && Arrays.equals(wanted, 0, nameLength, name, nameStart, nameStart + nameLength)) {
        int length = Math.min(valueLength, field == PATH ? MOST_PATH : MOST_VALUE);
        System.arraycopy(value, valueStart, own, end, length);
        starts[field] = end;
        lengths[field] = length;
        end += length;
        return;
      }
    }
  }

  boolean has(int field) {
    return lengths[field] >= 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int start(int field) {
    return starts[field];
  }

  /** 0 for a field that is not there. */
  int length(int field) {
    return Math.max(0, lengths[field]);
  }

  /** Whether a field is there and begins so, in ASCII of lower case. */
  boolean begins(int field, byte[] word) {
    return length(field) >= word.length
        && Arrays.equals(word, 0, word.length, bytes, starts[field], starts[field] + word.length);
  }

  /** All of it: for each field its length plus one, in two bytes, then the values. */
  byte[] pack() {
    byte[] packed = new byte[FIELDS * LENGTH_BYTES + end];
    for (int field = 0; field < FIELDS; field++) {
      packed[LENGTH_BYTES * field] = (byte) ((lengths[field] + 1) >>> 8);
      packed[LENGTH_BYTES * field + 1] = (byte) (lengths[field] + 1);
    }
    int at = FIELDS * LENGTH_BYTES;
    for (int field = 0; field < FIELDS; field++) {
      System.arraycopy(own, starts[field], packed, at, length(field));
      at += length(field);
    }
    return packed;
  }

  /** Shows what was packed, where it lies. */
  void load(byte[] packed) {
    bytes = packed;
    int at = FIELDS * LENGTH_BYTES;
    for (int field = 0; field < FIELDS; field++) {
      int high = packed[LENGTH_BYTES * field] & 0xFF;
      lengths[field] = ((high << 8) | (packed[LENGTH_BYTES * field + 1] & 0xFF)) - 1;
      starts[field] = at;
      at += length(field);
    }
  }
}
