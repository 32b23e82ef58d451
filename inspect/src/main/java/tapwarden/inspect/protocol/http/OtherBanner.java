package tapwarden.inspect.protocol.http;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.wire.Bytes;

/**
 * Whether what answers a request is a server of SSH, which names itself first whoever has connected
 * (RFC 4253 §4.2): scanners ask any port for a page.
 */
final class OtherBanner {
  private static final byte[] WORD = "SSH-".getBytes(StandardCharsets.US_ASCII);
  private static final int NO = -1;

  /** How many bytes of the direction are those of a banner. */
  private int same;

  /** Reads on from the direction's first byte; true when it shows that it is one. */
  boolean shows(MemorySegment segment, long offset, int length) {
    for (int i = 0; i < length && same != NO; i++) {
      int octet = Bytes.u8(segment, offset + i);
      if (same == WORD.length) {
        same = NO;
        return Ascii.isDigit((byte) octet);
      }
      same = octet == WORD[same] ? same + 1 : NO;
    }
    return false;
  }

  /** Bytes are missing. */
  void gap() {
    same = NO;
  }
}
