package tapwarden.inspect.protocol.known;

import java.util.Arrays;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Bytes of which some may be anything: {@code "03 00 ?? ?? E0"}. */
final class BytePattern {
  private final byte[] values;
  private final byte[] masks;

  private BytePattern(byte[] values, byte[] masks) {
    this.values = values;
    this.masks = masks;
  }

  /** Two hexadecimal digits or two question marks a byte, with spaces between. */
  static BytePattern of(String bytes) {
    String[] pieces = bytes.split(" ", -1);
    byte[] values = new byte[pieces.length];
    byte[] masks = new byte[pieces.length];
    Arrays.fill(masks, (byte) 0xFF);
    for (int i = 0; i < pieces.length; i++) {
      if (pieces[i].equals("??")) {
        masks[i] = 0;
      } else {
        values[i] = (byte) Integer.parseInt(pieces[i], 16);
      }
    }
    return new BytePattern(values, masks);
  }

  int length() {
    return values.length;
  }

  /** Whether those bytes begin the opening: YES, NO, or MORE where they may yet. */
  Recognition begins(Opening opening) {
    return at(opening, 0);
  }

  /** The same at a place in it. */
  Recognition at(Opening opening, int at) {
    int shown = Math.min(values.length, opening.length() - at);
    for (int i = 0; i < shown; i++) {
      if (((opening.u8(at + i) ^ values[i]) & masks[i] & 0xFF) != 0) {
        return Recognition.NO;
      }
    }
    return shown == values.length ? Recognition.YES : Recognition.MORE;
  }
}
