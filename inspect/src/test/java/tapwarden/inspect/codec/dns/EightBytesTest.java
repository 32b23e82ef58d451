package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EightBytesTest {
  private static final int PLACES = 8;

  /** Each byte at each place, between neighbours that are all zero and all one. */
  @Test
  void lowersAsciiLettersAndNothingElse() {
    for (int place = 0; place < PLACES; place++) {
      long around = ~(0xFFL << 8 * place);
      for (long b = 0; b < 256; b++) {
        long expected = b >= 'A' && b <= 'Z' ? b + 32 : b;
        assertThat(EightBytes.toLower(b << 8 * place)).isEqualTo(expected << 8 * place);
        assertThat(EightBytes.toLower(around | b << 8 * place))
            .isEqualTo(around | expected << 8 * place);
      }
    }
  }

  @Test
  void findsACharacterAtEachPlace() {
    for (int place = 0; place < PLACES; place++) {
      for (long b = 0; b < 256; b++) {
        assertThat(EightBytes.has(b << 8 * place, '.')).isEqualTo(b == '.');
        long others = 0x2F2F_2F2F_2F2F_2F2FL & ~(0xFFL << 8 * place);
        assertThat(EightBytes.has(others | b << 8 * place, '.')).isEqualTo(b == '.');
      }
    }
  }
}
