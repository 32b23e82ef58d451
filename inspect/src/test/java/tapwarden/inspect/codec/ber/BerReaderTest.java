package tapwarden.inspect.codec.ber;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Encodings by hand after X.690; object identifiers of its §8.19.5 and of RFC 1155. */
class BerReaderTest {
  private final BerReader ber = new BerReader();

  private BerReader on(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return ber.on(bytes, 0, bytes.length);
  }

  private static String oid(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] out = new byte[ObjectIdentifiers.MAX_TEXT];
    int size = ObjectIdentifiers.write(bytes, 0, bytes.length, out);
    return size < 0 ? "none" : new String(out, 0, size, US_ASCII);
  }

  @Test
  void goesInAndOutOfElements() {
    on("30 08 02 01 05 30 03 04 01 41 05 00");
    assertThat(ber.next(BerReader.SEQUENCE)).isTrue();
    assertThat(ber.enter()).isTrue();
    assertThat(ber.next(BerReader.INTEGER)).isTrue();
    assertThat(ber.number()).isEqualTo(5);
    assertThat(ber.next(BerReader.SEQUENCE)).isTrue();
    assertThat(ber.enter()).isTrue();
    assertThat(ber.next(BerReader.OCTET_STRING)).isTrue();
    assertThat(ber.start()).isEqualTo(9);
    assertThat(ber.length()).isEqualTo(1);
    assertThat(ber.next()).isFalse();
    assertThat(ber.isAtEnd()).isTrue();
    ber.leave();
    assertThat(ber.isAtEnd()).isTrue();
    ber.leave();
    assertThat(ber.next(BerReader.NULL)).isTrue();
    assertThat(ber.length()).isZero();
    assertThat(ber.next()).isFalse();
  }

  @Test
  void leavesAnElementThatWasNotReadToItsEnd() {
    on("30 06 02 01 05 02 01 06 05 00");
    ber.next();
    ber.enter();
    ber.next();
    ber.leave();
    assertThat(ber.next(BerReader.NULL)).isTrue();
  }

  @Test
  void readsLengthsOfUpToFourBytes() {
    assertThat(on("04 81 01 41").next()).isTrue();
    assertThat(on("04 84 00 00 00 01 41").next()).isTrue();
    assertThat(ber.start()).isEqualTo(6);
    assertThat(on("04 85 00 00 00 00 01 41").next()).isFalse();
  }

  @Test
  void refusesWhatIsNoElement() {
    assertThat(on("").next()).isFalse();
    assertThat(on("04").next()).isFalse();
    assertThat(on("04 02 41").next()).isFalse();
    assertThat(on("04 82 01").next()).isFalse();
    assertThat(on("30 80 00 00").next()).isFalse();
    assertThat(on("1f 81 01 00").next()).isFalse();
    assertThat(on("04 84 ff ff ff ff 41").next()).isFalse();
  }

  @Test
  void readsAConstructedElementAsFarAsItGoes() {
    assertThat(on("30 84 ff ff ff ff 02 01 07").next()).isTrue();
    assertThat(ber.isCut()).isTrue();
    assertThat(ber.length()).isEqualTo(3);
    ber.enter();
    assertThat(ber.next()).isTrue();
    assertThat(ber.number()).isEqualTo(7);
  }

  @Test
  void readsNumbersWithAndWithoutSign() {
    on("02 01 ff 02 02 00 ff 41 04 ff ff ff ff 02 08 80 00 00 00 00 00 00 00 02 00");
    ber.next();
    assertThat(ber.number()).isEqualTo(-1);
    ber.next();
    assertThat(ber.number()).isEqualTo(255);
    ber.next();
    assertThat(ber.unsigned()).isEqualTo(4_294_967_295L);
    ber.next();
    assertThat(ber.number()).isEqualTo(Long.MIN_VALUE);
    ber.next();
    assertThat(ber.isNumber()).isFalse();
    assertThat(ber.number()).isZero();
  }

  @Test
  void entersNoDeeperThanTheLimit() {
    on("30 22 " + "30 20 ".repeat(17));
    for (int i = 0; i < BerReader.MAX_DEPTH; i++) {
      assertThat(ber.next()).isTrue();
      assertThat(ber.enter()).isTrue();
    }
    assertThat(ber.next()).isTrue();
    assertThat(ber.enter()).isFalse();
  }

  @Test
  void writesObjectIdentifiers() {
    assertThat(oid("2b 06 01 02 01 01 01 00")).isEqualTo("1.3.6.1.2.1.1.1.0");
    assertThat(oid("81 34 03")).isEqualTo("2.100.3");
    assertThat(oid("00")).isEqualTo("0.0");
    assertThat(oid("88 37")).isEqualTo("2.999");
    assertThat(oid("2b 8f ff ff ff 7f")).isEqualTo("1.3.4294967295");
    assertThat(oid("2b ff ff ff ff ff ff ff ff 7f")).isEqualTo("1.3." + Long.MAX_VALUE);
  }

  @Test
  void refusesObjectIdentifiersThatAreNone() {
    assertThat(oid("")).isEqualTo("none");
    assertThat(oid("2b 81")).isEqualTo("none");
    assertThat(oid("2b 81 80 80 80 80 80 80 80 80 00")).isEqualTo("none");
    assertThat(oid("2b" + "01".repeat(126))).endsWith(".1");
    assertThat(oid("2b" + "01".repeat(127))).isEqualTo("none");
  }
}
