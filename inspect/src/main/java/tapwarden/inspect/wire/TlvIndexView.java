package tapwarden.inspect.wire;

import java.util.Arrays;

/**
 * A header that is a list of type-length-value elements, of which the first of each type is
 * remembered, so that a field can be asked for by its type.
 */
abstract class TlvIndexView extends HeaderView {
  private static final int TYPES = 32;

  final TlvCursor cursor = new TlvCursor();
  private final long[] valueOffset = new long[TYPES];
  private final int[] valueLength = new int[TYPES];
  private long present;
  private boolean damaged;
  private int headerLength;

  /** Remembers the first element of each type below 32 as far as {@code elements} goes. */
  final void index(TlvCursor elements) {
    Arrays.fill(valueLength, 0);
    present = 0;
    while (elements.next()) {
      remember(elements.type(), elements.valueOffset(), elements.valueLength());
    }
    damaged = elements.isDamaged();
    headerLength = (int) (elements.position() - offset());
  }

  final void remember(int type, long offset, int length) {
    if (type >= 0 && type < TYPES && (present >>> type & 1) == 0) {
      present |= 1L << type;
      valueOffset[type] = offset;
      valueLength[type] = length;
    }
  }

  /** Bytes of the fixed part and of every whole element, with the mark that ends them. */
  public int headerLength() {
    return headerLength;
  }

  /** Whether the list ends inside an element, or has more than are walked. */
  public final boolean isDamaged() {
    return damaged;
  }

  /** Whether an element of this type was found. */
  public final boolean has(int type) {
    return type >= 0 && type < TYPES && (present >>> type & 1) != 0;
  }

  /** Where the value of the first element of this type starts; meaningful with {@link #has}. */
  public final long valueOffset(int type) {
    return has(type) ? valueOffset[type] : end();
  }

  /** Bytes of the value; 0 without {@link #has}. */
  public final int valueLength(int type) {
    return has(type) ? valueLength[type] : 0;
  }

  /**
   * Copies as much of the value as fits; its bytes are whatever the sender put there.
   *
   * @return the bytes copied
   */
  public final int copyValue(int type, byte[] target) {
    int length = Math.min(target.length, valueLength(type));
    long from = valueOffset(type);
    for (int i = 0; i < length; i++) {
      target[i] = (byte) Bytes.u8(segment(), from + i);
    }
    return length;
  }
}
