package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
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
  private long valueAt;
  private int valueLength;

  /** Finds a parameter; false if it is not there or empty. */
  public boolean find(ClientHello hello, int wanted) {
    hello.extensions(cursor);
    while (cursor.next()) {
      if (cursor.type() == EXTENSION || cursor.type() == EXTENSION_OF_DRAFTS) {
        return find(hello.segment(), cursor.offset(), cursor.offset() + cursor.length(), wanted);
      }
    }
    return false;
  }

  private boolean find(MemorySegment segment, long from, long end, int wanted) {
    boolean isOld = end - from >= 2 && Bytes.u16(segment, from) == end - from - 2;
    long at = isOld ? from + 2 : from;
    while (at < end) {
      long type = number(segment, at, end, isOld);
      at += width(segment, at, isOld);
      long length = number(segment, at, end, isOld);
      at += at < end ? width(segment, at, isOld) : 0;
      if (type == VarInt.CUT || length == VarInt.CUT || length > end - at) {
        return false;
      }
      if (type == wanted && length > 0) {
        valueAt = at;
        valueLength = (int) length;
        return true;
      }
      at += length;
    }
    return false;
  }

  private static long number(MemorySegment segment, long at, long end, boolean isOld) {
    if (isOld) {
      return end - at < 2 ? VarInt.CUT : Bytes.u16(segment, at);
    }
    return VarInt.read(segment, at, end);
  }

  private static int width(MemorySegment segment, long at, boolean isOld) {
    return isOld ? 2 : VarInt.bytes(Bytes.u8(segment, at));
  }

  /** Where the value that was found starts in the hello's segment. */
  public long valueAt() {
    return valueAt;
  }

  public int valueLength() {
    return valueLength;
  }
}
