package tapwarden.inspect.codec.hpack;

/**
 * Where the decoders of one worker put the field at hand. Grows to what the longest block may hold.
 */
public final class HpackScratch {
  private static final int LEAST_BYTES = 1_024;

  private byte[] name = new byte[LEAST_BYTES];
  private byte[] value = new byte[LEAST_BYTES];

  byte[] name(int room) {
    if (name.length < room) {
      name = new byte[Math.max(room, 2 * name.length)];
    }
    return name;
  }

  byte[] value(int room) {
    if (value.length < room) {
      value = new byte[Math.max(room, 2 * value.length)];
    }
    return value;
  }
}
