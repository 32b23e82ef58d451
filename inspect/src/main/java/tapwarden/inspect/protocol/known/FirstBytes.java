package tapwarden.inspect.protocol.known;

import java.util.BitSet;

/** With which bytes a protocol may begin; {@code any()} where nearly all of them are possible. */
final class FirstBytes {
  private static final int BYTES = 256;

  private final BitSet bytes = new BitSet(BYTES);

  private FirstBytes() {}

  static FirstBytes any() {
    return of().and(0, BYTES - 1);
  }

  static FirstBytes of(int... values) {
    FirstBytes first = new FirstBytes();
    for (int value : values) {
      first.bytes.set(value);
    }
    return first;
  }

  /** Letters in either case, and other characters. */
  static FirstBytes ofText(String characters) {
    FirstBytes first = new FirstBytes();
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      first.bytes.set(Character.toLowerCase(c));
      first.bytes.set(Character.toUpperCase(c));
    }
    return first;
  }

  /** These and those of a range, its last included. */
  FirstBytes and(int from, int last) {
    bytes.set(from, last + 1);
    return this;
  }

  boolean has(int value) {
    return bytes.get(value);
  }
}
