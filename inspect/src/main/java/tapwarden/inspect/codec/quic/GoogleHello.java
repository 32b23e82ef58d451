package tapwarden.inspect.codec.quic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tapwarden.inspect.codec.tls.Fingerprint;

/**
 * A message of Google's handshake: a tag, such as CHLO, and a table of tagged values in the order
 * of their tags. Read where it lies; reusable, no allocation but for text. Numbers are
 * little-endian; the table gives each value's end.
 */
public final class GoogleHello {
  public static final int CLIENT_HELLO = tag('C', 'H', 'L', 'O');
  public static final int SERVER_NAME = tag('S', 'N', 'I', '\0');
  public static final int USER_AGENT = tag('U', 'A', 'I', 'D');

  /** Most values of a message: as Google's implementation has it. */
  static final int MOST_VALUES = 128;

  /** Longest message. */
  static final int MOST_BYTES = CryptoStream.MOST_BYTES;

  private static final int HEADER = 8;
  private static final int ENTRY = 8;
  private static final int TAG_BYTES = 4;

  private byte[] bytes = {};
  private int start;
  private int count;
  private int values;

  /** A tag as it is read from the wire, first character highest. */
  private static int tag(char a, char b, char c, char d) {
    return a << 24 | b << 16 | c << 8 | d;
  }

  /** Bytes of the message that begins there; 0 if more are needed to say so, -1 if it is none. */
  public static int messageLength(byte[] of, int at, int available) {
    if (available < TAG_BYTES) {
      return 0;
    }
    if (tagAt(of, at) != CLIENT_HELLO) {
      return -1;
    }
    if (available < HEADER) {
      return 0;
    }
    int entries = entries(of, at);
    int table = HEADER + entries * ENTRY;
    if (entries < 1 || entries > MOST_VALUES) {
      return -1;
    }
    if (available < table) {
      return 0;
    }
    int last = littleEndian(of, at + table - TAG_BYTES);
    return last < 0 || last > MOST_BYTES - table ? -1 : table + last;
  }

  /** Reads a message of that length; false if its values are not in order. */
  public boolean parse(byte[] of, int at) {
    bytes = of;
    start = at;
    count = entries(of, at);
    values = at + HEADER + count * ENTRY;
    int before = 0;
    for (int i = 0; i < count; i++) {
      int end = end(i);
      if (end < before) {
        return false;
      }
      before = end;
    }
    return true;
  }

  private static int entries(byte[] of, int at) {
    return (of[at + TAG_BYTES] & 0xFF) | (of[at + TAG_BYTES + 1] & 0xFF) << 8;
  }

  private static int tagAt(byte[] of, int at) {
    return (of[at] & 0xFF) << 24
        | (of[at + 1] & 0xFF) << 16
        | (of[at + 2] & 0xFF) << 8
        | (of[at + 3] & 0xFF);
  }

  private static int littleEndian(byte[] of, int at) {
    return Integer.reverseBytes(tagAt(of, at));
  }

  private int entryAt(int index) {
    return start + HEADER + index * ENTRY;
  }

  private int end(int index) {
    return index < 0 ? 0 : littleEndian(bytes, entryAt(index) + TAG_BYTES);
  }

  /** Index of a tag's value; -1 if there is none. */
  public int find(int tag) {
    for (int i = 0; i < count; i++) {
      if (tagAt(bytes, entryAt(i)) == tag) {
        return i;
      }
    }
    return -1;
  }

  /** The array that {@link #valueAt} points into. */
  public byte[] array() {
    return bytes;
  }

  /** Where a value starts. */
  public int valueAt(int index) {
    return values + end(index - 1);
  }

  public int valueLength(int index) {
    return end(index) - end(index - 1);
  }

  /**
   * The CYU fingerprint (Caleb Yu, Salesforce): the version's number and the tags in their order,
   * such as {@code 46,PAD-SNI-VER}; bytes of tags that are no letter or digit as two hexadecimal
   * digits, but for zeros at the end, which are left out.
   */
  public Fingerprint fingerprint(int version) {
    String text = fingerprintText(version);
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] hash = md5.digest(text.getBytes(StandardCharsets.US_ASCII));
      return new Fingerprint(text, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("MD5 is in every JDK", missing);
    }
  }

  private String fingerprintText(int version) {
    StringBuilder text = new StringBuilder(8 + count * 5);
    text.append(QuicVersion.googleNumber(version)).append(',');
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : "-");
      appendTag(text, tagAt(bytes, entryAt(i)));
    }
    return text.toString();
  }

  private static void appendTag(StringBuilder text, int tag) {
    for (int rest = tag; rest != 0; rest <<= 8) {
      int b = rest >>> 24;
      if ((b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
        text.append((char) b);
      } else {
        text.append(HexFormat.of().toHexDigits((byte) b));
      }
    }
  }
}
