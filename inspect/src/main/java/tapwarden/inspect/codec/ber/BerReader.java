package tapwarden.inspect.codec.ber;

/**
 * Goes over BER elements (ITU-T X.690 §8.1) in an array: {@link #next} moves to the next one,
 * {@link #enter} looks into it, {@link #leave} goes on behind it. One object is moved from message
 * to message and allocates nothing.
 *
 * <p>Tags of one byte and definite lengths of up to four; whatever else comes ends the walk. A
 * constructed element that is longer than what holds it is read as far as it goes, so that the
 * beginning of a message that was not captured whole still tells something: see {@link #isCut}. It
 * never goes back, so each level costs what its bytes cost.
 */
public final class BerReader {
  public static final int INTEGER = 0x02;
  public static final int OCTET_STRING = 0x04;
  public static final int NULL = 0x05;
  public static final int OBJECT_IDENTIFIER = 0x06;
  public static final int SEQUENCE = 0x30;

  /** Most elements that can be entered one inside the other. */
  public static final int MAX_DEPTH = 16;

  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1F;
  private static final int LONG_LENGTH = 0x80;
  private static final int MAX_LENGTH_BYTES = 4;
  private static final int BITS_IN_OCTET = 8;

  private final int[] endOutside = new int[MAX_DEPTH];
  private int depth;
  private byte[] bytes = new byte[0];
  private int next;
  private int end;
  private int tag;
  private int start;
  private int length;
  private boolean isCut;

  /** Before the first element of a range. */
  public BerReader on(byte[] message, int from, int to) {
    bytes = message;
    next = from;
    end = to;
    depth = 0;
    isCut = false;
    return this;
  }

  /** Moves to the next element; false at the end, or where the bytes are no element. */
  public boolean next() {
    if (end - next < 2 || (bytes[next] & LONG_TAG) == LONG_TAG) {
      return false;
    }
    int head = bytes[next] & 0xFF;
    int first = bytes[next + 1] & 0xFF;
    long size = first;
    int at = next + 2;
    if (first >= LONG_LENGTH) {
      int count = first - LONG_LENGTH;
      if (count == 0 || count > MAX_LENGTH_BYTES || count > end - at) {
        return false;
      }
      size = 0;
      for (int i = 0; i < count; i++) {
        size = size << BITS_IN_OCTET | (bytes[at++] & 0xFF);
      }
    }
    int left = end - at;
    if (size > left) {
      if ((head & CONSTRUCTED) == 0) {
        return false;
      }
      isCut = true;
    }
    tag = head;
    start = at;
    length = (int) Math.min(size, left);
    next = at + length;
    return true;
  }

  /** Moves to the next element, which must have this tag. */
  public boolean next(int wanted) {
    return next() && tag == wanted;
  }

  /** Moves into the element at hand; false if that would be too deep. */
  public boolean enter() {
    if (depth == MAX_DEPTH) {
      return false;
    }
    endOutside[depth++] = end;
    next = start;
    end = start + length;
    return true;
  }

  /** Moves behind the element that was entered last. */
  public void leave() {
    next = end;
    end = endOutside[--depth];
  }

  /** Whether nothing is left of the element that was entered last. */
  public boolean isAtEnd() {
    return next == end;
  }

  /** Whether an element was longer than what holds it. */
  public boolean isCut() {
    return isCut;
  }

  /** Of the element at hand, as its first byte has it: with class and form. */
  public int tag() {
    return tag;
  }

  /** Where the content starts of the element at hand. */
  public int start() {
    return start;
  }

  /** Bytes of the content that are there. */
  public int length() {
    return length;
  }

  /** Where the element at hand ends. */
  public int end() {
    return start + length;
  }

  /** Whether the content can be a number of up to 64 bits. */
  public boolean isNumber() {
    return length > 0 && length <= Long.BYTES;
  }

  /** The content as a signed number; its last 64 bits if it is longer, 0 if it is empty. */
  public long number() {
    long value = length > 0 && bytes[start] < 0 ? -1 : 0;
    for (int i = 0; i < length; i++) {
      value = value << BITS_IN_OCTET | (bytes[start + i] & 0xFF);
    }
    return value;
  }

  /** The content as an unsigned number; its last 64 bits if it is longer. */
  public long unsigned() {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << BITS_IN_OCTET | (bytes[start + i] & 0xFF);
    }
    return value;
  }
}
