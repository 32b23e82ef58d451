package tapwarden.inspect.protocol.known;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Words of a text protocol, in ASCII without regard to case. A word holds what must follow it, such
 * as a space.
 */
final class Words {
  private final byte[][] words;

  /** A bit for each byte below 128 that begins one of them: most openings end here. */
  private final long[] first = new long[2];

  private Words(byte[][] words) {
    this.words = words;
    for (byte[] word : words) {
      first[word[0] >> 6] |= 1L << word[0];
    }
  }

  static Words of(String... words) {
    byte[][] lower = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      lower[i] = words[i].getBytes(StandardCharsets.US_ASCII);
      for (int at = 0; at < lower[i].length; at++) {
        lower[i][at] = (byte) lower(lower[i][at]);
      }
    }
    return new Words(lower);
  }

  /** Whether one of them is at that place: YES, NO, or MORE where one may yet be. */
  Recognition at(Opening opening, int at) {
    int length = lengthAt(opening, at);
    return length == 0 ? Recognition.NO : length < 0 ? Recognition.MORE : Recognition.YES;
  }

  Recognition begin(Opening opening) {
    return at(opening, 0);
  }

  /** Bytes of the first of them that is at that place; 0 if none is, -1 if one may yet be. */
  int lengthAt(Opening opening, int at) {
    int answer = 0;
    if (at < opening.length()) {
      int c = lower(opening.u8(at));
      if (c >= 0x80 || (first[c >> 6] >>> c & 1) == 0) {
        return 0;
      }
    }
    for (byte[] word : words) {
      Recognition said = match(opening, at, word);
      if (said == Recognition.YES) {
        return word.length;
      }
      answer = said == Recognition.MORE ? -1 : answer;
    }
    return answer;
  }

  /** Whether one of them lies whole between the two places. */
  boolean isWithin(Opening opening, int from, int to) {
    for (int at = from; at < to; at++) {
      int length = lengthAt(opening, at);
      if (length > 0 && at + length <= to) {
        return true;
      }
    }
    return false;
  }

  private static Recognition match(Opening opening, int at, byte[] word) {
    int shown = Math.min(word.length, opening.length() - at);
    for (int i = 0; i < shown; i++) {
      if (lower(opening.u8(at + i)) != word[i]) {
        return Recognition.NO;
      }
    }
    return shown == word.length ? Recognition.YES : Recognition.MORE;
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }
}
