package tapwarden.inspect.intel;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Host names in UTF-8 in the form that lists and DNS have them in (RFC 3490 §4); cold path. */
final class InternationalName {
  /** Longest name in ASCII, in which no character takes less than one place. */
  private static final int MOST_CHARACTERS = 253;

  /** Of a label of 63 places the prefix takes four (RFC 5890 §2.3.1); encoding is quadratic. */
  private static final int MOST_LABEL_CHARACTERS = 59;

  /** What separates labels, in any script (RFC 3490 §3.1). */
  private static final String SEPARATORS = ".\u3002\uff0e\uff61";

  private InternationalName() {}

  /** Whether the name has a label in ASCII form. */
  static boolean isAsciiForm(byte[] name, int length) {
    for (int i = 0; i + 3 < length; i++) {
      boolean isPrefix =
          name[i] == 'x' && name[i + 1] == 'n' && name[i + 2] == '-' && name[i + 3] == '-';
      if (isPrefix && (i == 0 || name[i - 1] == '.')) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name has a byte that is not ASCII. */
  static boolean isNotAscii(byte[] name, int offset, int length) {
    int bits = 0;
    for (int i = offset; i < offset + length; i++) {
      bits |= name[i];
    }
    return bits < 0;
  }

  /** The name in ASCII, in lower case; null if it is no UTF-8, or nothing that a name may hold. */
  static byte @Nullable [] toAscii(byte[] name, int offset, int length) {
    if (length > MOST_CHARACTERS * 3) {
      return null;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(name, offset, length))
              .toString();
      if (!mayFit(text)) {
        return null;
      }
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

  /** Whether the ASCII form may be short enough: what is not costs most to convert. */
  private static boolean mayFit(String text) {
    int label = 0;
    boolean isAscii = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (SEPARATORS.indexOf(c) >= 0) {
        label = 0;
        isAscii = true;
        continue;
      }
      label++;
      isAscii &= c < 0x80;
      if (!isAscii && label > MOST_LABEL_CHARACTERS) {
        return false;
      }
    }
    return text.length() <= MOST_CHARACTERS;
  }
}
