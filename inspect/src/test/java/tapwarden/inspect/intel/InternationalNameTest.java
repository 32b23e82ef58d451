package tapwarden.inspect.intel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Examples of RFC 3492 section 7.1, and of what section 3.1 of RFC 3490 takes for a dot. */
class InternationalNameTest {
  private static @Nullable String ascii(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    byte[] ascii = InternationalName.toAscii(bytes, 0, bytes.length);
    return ascii == null ? null : new String(ascii, US_ASCII);
  }

  @Test
  void convertsByPunycode() {
    assertThat(ascii("\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587.example"))
        .isEqualTo("xn--ihqwcrb4cv8a8dqg056pqjye.example");
    assertThat(ascii("B\u00fccher\u3002EXAMPLE")).isEqualTo("xn--bcher-kva.example");
  }

  /** 63 places less the four of the prefix, of which each character takes one. */
  @Test
  void convertsNothingThatCannotFit() {
    assertThat(ascii("\u00fc".repeat(60) + ".example")).isNull();
    assertThat(ascii(("\u00fc" + "a".repeat(40) + ".").repeat(6) + "example")).isNull();
    assertThat(ascii("\u00fc".repeat(20) + ".example")).startsWith("xn--");
  }

  @Test
  void knowsTheAsciiForm() {
    byte[] name = "www.xn--bcher-kva.example".getBytes(US_ASCII);
    assertThat(InternationalName.isAsciiForm(name, name.length)).isTrue();
    byte[] inside = "www.axn--b.example".getBytes(US_ASCII);
    assertThat(InternationalName.isAsciiForm(inside, inside.length)).isFalse();
  }
}
