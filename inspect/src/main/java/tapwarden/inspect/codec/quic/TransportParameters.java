package tapwarden.inspect.codec.quic;

import tapwarden.inspect.codec.tls.ClientHello;
import tapwarden.inspect.codec.tls.HelloExtensions;
import tapwarden.inspect.wire.Bytes;

/**
 * Finds one of the transport parameters in a ClientHello (RFC 9000 §18, RFC 9001 §8.2): numbers of
 * variable length, or up to draft 26 and in Google's T050 of 16 bits behind the length of all,
 * which shows them. Reusable, no allocation.
 */
public final class TransportParameters {
  /** Google's: what the client is and runs on, such as {@code Chrome/92.0 Android 10; SM-A125F}. */
  public static final int USER_AGENT = 0x3129;

  private static final int EXTENSION = 57;
  private static final int EXTENSION_OF_DRAFTS = 0xFFA5;

  private final HelloExtensions cursor = new HelloExtensions();
  private int valueAt;
  private int valueLength;

  /** Finds a parameter; false if it is not there or empty. */
  public boolean find(ClientHello hello, int wanted) {
    hello.extensions(cursor);
    while (cursor.next()) {
      if (cursor.type() == EXTENSION || cursor.type() == EXTENSION_OF_DRAFTS) {
        return find(hello.bytes(), cursor.offset(), cursor.offset() + cursor.length(), wanted);
      }
    }
    return false;
  }

  private boolean find(byte[] bytes, int from, int end, int wanted) {
    boolean isOld = end - from >= 2 && Bytes.u16(bytes, from) == end - from - 2;
    int at = isOld ? from + 2 : from;
    while (at < end) {
      long type = number(bytes, at, end, isOld);
      at += width(bytes, at, isOld);
      long length = number(bytes, at, end, isOld);
      at += at < end ? width(bytes, at, isOld) : 0;
      if (type == VarInt.CUT || length == VarInt.CUT || length > end - at) {
        return false;
      }
      if (type == wanted && length > 0) {
        valueAt = at;
        valueLength = (int) length;
        return true;
      }
      at += (int) length;
    }
    return false;
  }

  private static long number(byte[] bytes, int at, int end, boolean isOld) {
    if (isOld) {
      return end - at < 2 ? VarInt.CUT : Bytes.u16(bytes, at);
    }
    return VarInt.read(bytes, at, end);
  }

  private static int width(byte[] bytes, int at, boolean isOld) {
    return isOld ? 2 : VarInt.bytes(Bytes.u8(bytes, at));
  }

  /** Where the value that was found starts in the hello's bytes. */
  public int valueAt() {
    return valueAt;
  }

  public int valueLength() {
    return valueLength;
  }
}
