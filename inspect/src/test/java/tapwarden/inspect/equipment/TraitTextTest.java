package tapwarden.inspect.equipment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TraitTextTest {
  private static String of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return TraitText.of(bytes, 0, bytes.length);
  }

  @Test
  void linesBecomeOneLineAndBlanksAroundItGo() {
    assertThat(of("\r\n Router OS\r\n\tbuild 7 \0\0")).isEqualTo("Router OS build 7");
  }

  @Test
  void whatIsNoTextIsAQuestionMark() {
    assertThat(TraitText.of(new byte[] {'a', (byte) 0xFF, 'b'}, 0, 3)).isEqualTo("a?b");
    assertThat(of("a\u202Eb")).isEqualTo("a?b");
    assertThat(of("\u001B[31mred")).isEqualTo("[31mred");
  }

  @Test
  void otherScriptsStay() {
    assertThat(of("摄像机 カメラ")).isEqualTo("摄像机 カメラ");
  }

  @Test
  void isCutBetweenCharactersAtTheLimit() {
    assertThat(of("x".repeat(300))).isEqualTo("x".repeat(256));
    // 85 characters of 3 bytes are 255 bytes; the 86th would be 258.
    assertThat(of("摄".repeat(300))).isEqualTo("摄".repeat(85));
    assertThat(of("摄".repeat(85) + " x")).isEqualTo("摄".repeat(85));
  }

  @Test
  void nothingReadableIsEmpty() {
    assertThat(of(" \r\n\0")).isEmpty();
    assertThat(TraitText.of(new byte[0], 0, 0)).isEmpty();
  }
}
