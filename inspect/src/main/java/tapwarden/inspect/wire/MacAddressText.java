package tapwarden.inspect.wire;

import java.util.HexFormat;

/** Text form of 48-bit hardware addresses: {@code 02:00:5e:10:00:01}. For the cold path. */
public final class MacAddressText {
  private static final HexFormat HEX = HexFormat.of();

  private MacAddressText() {}

  /** Formats the low 48 bits of {@code mac}, first octet on the wire highest. */
  public static String format(long mac) {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      HEX.toHexDigits(text, (byte) (mac >>> shift));
      if (shift > 0) {
        text.append(':');
      }
    }
    return text.toString();
  }
}
