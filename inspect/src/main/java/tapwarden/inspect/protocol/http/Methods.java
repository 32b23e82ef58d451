package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;

/** The methods that are known: others are methods too, where a request is sure to begin. */
final class Methods {
  /** RFC 9110 §9.3, RFC 5789, RFC 4918 §9, UPnP's GENA. */
  private static final byte[][] METHODS = {
    bytes("get"),
    bytes("post"),
    bytes("head"),
    bytes("put"),
    bytes("options"),
    bytes("delete"),
    bytes("connect"),
    bytes("trace"),
    bytes("patch"),
    bytes("propfind"),
    bytes("proppatch"),
    bytes("mkcol"),
    bytes("copy"),
    bytes("move"),
    bytes("lock"),
    bytes("unlock"),
    bytes("report"),
    bytes("search"),
    bytes("subscribe"),
    bytes("unsubscribe"),
    bytes("notify"),
  };

  private Methods() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether it is one of them, whatever the case. */
  static boolean isKnown(byte[] text, int start, int end) {
    for (byte[] method : METHODS) {
      if (Ascii.is(text, start, end, method)) {
        return true;
      }
    }
    return false;
  }
}
