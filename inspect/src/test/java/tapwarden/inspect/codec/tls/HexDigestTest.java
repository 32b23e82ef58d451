package tapwarden.inspect.codec.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HexDigestTest {
  private static String digits(HexDigest digest, byte[] text, int digits) {
    byte[] to = new byte[digits + 2];
    digest.put(text, 0, text.length, to, 1);
    return new String(to, 1, digits, US_ASCII);
  }

  /** RFC 1321 §A.5; the second time from what was kept. */
  @ParameterizedTest
  @CsvSource({
    "'', d41d8cd98f00b204e9800998ecf8427e",
    "abc, 900150983cd24fb0d6963f7d28e17f72",
    "message digest, f96b697d7cb7938d525a2f31aaf161d0",
    "abcdefghijklmnopqrstuvwxyz, c3fcd3d76192e4007dfb496cca67e13b"
  })
  void isTheDigestAlsoAgain(String text, String expected) {
    HexDigest md5 = new HexDigest("MD5", 32);
    assertThat(digits(md5, text.getBytes(US_ASCII), 32)).isEqualTo(expected);
    assertThat(digits(md5, text.getBytes(US_ASCII), 32)).isEqualTo(expected);
  }

  @Test
  void readsTheRangeAlone() {
    byte[] to = new byte[32];
    new HexDigest("MD5", 32).put("xabcx".getBytes(US_ASCII), 1, 3, to, 0);
    assertThat(new String(to, US_ASCII)).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
  }

  /** More texts than places, all of one length: each that comes again has its own digest. */
  @Test
  void textsThatShareAPlaceHaveTheirOwn() {
    HexDigest md5 = new HexDigest("MD5", 32);
    for (int i = 100; i < 1_000; i++) {
      digits(md5, Integer.toString(i).getBytes(US_ASCII), 32);
      assertThat(digits(md5, "abc".getBytes(US_ASCII), 32))
          .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    }
  }

  /** FIPS 180-2 §B.3: a million times a. */
  @Test
  void longTextsAreHashedToo() {
    byte[] text = "a".repeat(1_000_000).getBytes(US_ASCII);
    assertThat(digits(new HexDigest("SHA-256", 12), text, 12)).isEqualTo("cdc76e5c9914");
  }
}
