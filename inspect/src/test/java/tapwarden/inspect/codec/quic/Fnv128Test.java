package tapwarden.inspect.codec.quic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class Fnv128Test {
  private static String of(String text) {
    Fnv128 fnv = new Fnv128();
    fnv.add(text.getBytes(US_ASCII));
    return Long.toHexString(fnv.high()) + "%016x".formatted(fnv.low());
  }

  /** Test vectors of the authors' page: the empty text, "a" and "foobar". */
  @Test
  void agreesWithTheAuthorsVectors() {
    assertThat(of("")).isEqualTo("6c62272e07bb014262b821756295c58d");
    assertThat(of("a")).isEqualTo("d228cb696f1a8caf78912b704e4a8964");
    assertThat(of("foobar")).isEqualTo("343e1662793c64bf6f0d3597ba446f18");
  }

  @Test
  void agreesWithArithmeticOnBigNumbers() {
    BigInteger prime = BigInteger.ONE.shiftLeft(88).add(BigInteger.valueOf(0x13B));
    BigInteger hash = new BigInteger("6c62272e07bb014262b821756295c58d", 16);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      char c = (char) ('!' + i % 90);
      text.append(c);
      hash =
          hash.xor(BigInteger.valueOf(c))
              .multiply(prime)
              .and(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE));
    }
    assertThat(new BigInteger(of(text.toString()), 16)).isEqualTo(hash);
  }
}
