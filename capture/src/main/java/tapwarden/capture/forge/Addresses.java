package tapwarden.capture.forge;

import java.net.InetAddress;
import java.util.HexFormat;

/** Address literals to bytes; nothing is ever resolved. */
final class Addresses {
  private Addresses() {}

  static byte[] mac(String text) {
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(text);
    return require(bytes, 6, text);
  }

  static byte[] ipv4(String text) {
    return require(InetAddress.ofLiteral(text).getAddress(), 4, text);
  }

  static byte[] ipv6(String text) {
    byte[] bytes = InetAddress.ofLiteral(text).getAddress();
    if (bytes.length == 4) { // Java turns ::ffff:192.0.2.1 into IPv4
      return new Octets().zeros(10).u16(0xFFFF).bytes(bytes).toArray();
    }
    return bytes;
  }

  static boolean isIpv6(String text) {
    return text.indexOf(':') >= 0;
  }

  private static byte[] require(byte[] bytes, int length, String text) {
    if (bytes.length != length) {
      throw new IllegalArgumentException("not an address of " + length + " bytes: " + text);
    }
    return bytes;
  }
}
