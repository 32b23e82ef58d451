package tapwarden.inspect.protocol.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Control packets by hand: pieces of hexadecimal digits, and of text after its length. */
final class Packets {
  private Packets() {}

  /** A string as MQTT has it, in digits. */
  static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
  }

  /** A packet of that first byte. */
  static byte[] packet(int first, String... body) {
    byte[] bytes = HexFormat.of().parseHex(String.join("", body).replace(" ", ""));
    StringBuilder head = new StringBuilder(HexFormat.of().toHexDigits((byte) first));
    int left = bytes.length;
    do {
      int digit = left & 0x7F;
      left >>>= 7;
      head.append(HexFormat.of().toHexDigits((byte) (left > 0 ? digit | 0x80 : digit)));
    } while (left > 0);
    return HexFormat.of().parseHex(head + HexFormat.of().formatHex(bytes));
  }
}
