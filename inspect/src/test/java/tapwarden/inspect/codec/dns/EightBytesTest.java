package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EightBytesTest {
  private static final int PLACES = 8;

  /** Each byte at each place, between neighbours that are all zero and all one. */
  @Test
  void lowersAsciiLettersAndNothingElse() {
    for (int place = 0; place < PLACES; place++) {
      long around = ~(at(0xFF, place));
      for (long b = 0; b < 256; b++) {
        long expected = b >= 'A' && b <= 'Z' ? b + 32 : b;
        assertThat(EightBytes.toLower(at(b, place))).isEqualTo(at(expected, place));
        assertThat(EightBytes.toLower(around | at(b, place)))
            .isEqualTo(around | at(expected, place));
      }
    }
  }

  @Test
  void findsACharacterAtEachPlace() {
    for (int place = 0; place < PLACES; place++) {
      for (long b = 0; b < 256; b++) {
        assertThat(EightBytes.has(at(b, place), '.')).isEqualTo(b == '.');
        long others = 0x2F2F_2F2F_2F2F_2F2FL & ~(at(0xFF, place));
        assertThat(EightBytes.has(others | at(b, place), '.')).isEqualTo(b == '.');
      }
    }
  }

  private static long at(long octet, int place) {
    return octet << (8 * place);
  }
}
