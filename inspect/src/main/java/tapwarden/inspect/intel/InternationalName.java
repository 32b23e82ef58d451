package tapwarden.inspect.intel;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Host names in UTF-8 in the form that lists and DNS have them in (RFC 3490 §4); cold path. */
public final class InternationalName {
  /** Longest name that is looked at, in UTF-8: as many labels as its ASCII form may have. */
  private static final int MOST_BYTES = 512;

  private InternationalName() {}

  /** The name in ASCII, in lower case; null if it is no UTF-8, or nothing that a name may hold. */
  public static byte @Nullable [] toAscii(byte[] name, int from, int to) {
    if (to - from > MOST_BYTES) {
      return null;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(name, from, to - from))
              .toString();
      byte[] ascii = IDN.toASCII(text).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < ascii.length; i++) {
        if (ascii[i] >= 'A' && ascii[i] <= 'Z') {
          ascii[i] = (byte) (ascii[i] + ('a' - 'A'));
        }
      }
      return ascii;
    } catch (CharacterCodingException | RuntimeException e) {
      // IDN promises one kind of exception; whoever says such names chooses what it is given.
      return null;
    }
  }
}
