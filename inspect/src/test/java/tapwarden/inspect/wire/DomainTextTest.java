package tapwarden.inspect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Escapes as RFC 1035 §5.1 has them: a backslash takes the meaning from the one that follows. */
class DomainTextTest {
  @Test
  void aDotPartsLabelsUnlessAnOddNumberOfBackslashesStandsBeforeIt() {
    assertThat(separators("a.b.c")).isEqualTo("_|_|_");
    assertThat(separators("a\\.b.c")).isEqualTo("____|_");
    assertThat(separators("a\\\\.b")).isEqualTo("___|_");
    assertThat(separators("a\\\\\\.b")).isEqualTo("______");
    assertThat(separators("\\.")).isEqualTo("__");
    assertThat(separators(".")).isEqualTo("|");
  }

  @Test
  void backslashesBeforeTheNameAreNoneOfItsOwn() {
    byte[] text = "\\.a".getBytes(StandardCharsets.US_ASCII);
    assertThat(DomainText.isSeparator(text, 0, 1)).isFalse();
    assertThat(DomainText.isSeparator(text, 1, 1)).isTrue();
  }

  @Test
  void aNameIsBelowAnotherByWholeLabels() {
    assertThat(DomainText.isAtOrBelow("evil.example", "evil.example")).isTrue();
    assertThat(DomainText.isAtOrBelow("x.evil.example", "evil.example")).isTrue();
    assertThat(DomainText.isAtOrBelow("xevil.example", "evil.example")).isFalse();
    assertThat(DomainText.isAtOrBelow("x\\.evil.example", "evil.example")).isFalse();
    assertThat(DomainText.isAtOrBelow("example", "evil.example")).isFalse();
  }

  /** One character each: a separator or anything else. */
  private static String separators(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      boolean separator = DomainText.isSeparator(bytes, 0, i);
      assertThat(DomainText.isSeparator(name, i)).isEqualTo(separator);
      seen.append(separator ? '|' : '_');
    }
    return seen.toString();
  }
}
