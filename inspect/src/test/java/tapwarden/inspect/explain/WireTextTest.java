package tapwarden.inspect.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class WireTextTest {
  private static String quoted(String text) {
    return WireText.quoted(text.getBytes(UTF_8));
  }

  @Test
  void keepsTextOfAnyScript() {
    assertThat(quoted("Summit300 schön 交換機")).isEqualTo("\"Summit300 schön 交換機\"");
  }

  @Test
  void escapesControlsAndTerminalSequences() {
    assertThat(quoted("a\u001b[31mb\n\u0000\u0085")).isEqualTo("\"a\\x1b[31mb\\x0a\\x00\\x85\"");
  }

  @Test
  void escapesWhatChangesDirectionOrIsInvisible() {
    assertThat(quoted("a\u202eb\u2066c\u200bd\u2028e\ufeff"))
        .isEqualTo("\"a\\u{202e}b\\u{2066}c\\u{200b}d\\u{2028}e\\u{feff}\"");
  }

  @Test
  void escapesItsOwnMarks() {
    assertThat(quoted("say \"\\x1b\"")).isEqualTo("\"say \\\"\\\\x1b\\\"\"");
  }

  @Test
  void showsTheBytesOfTextThatIsNotUtf8() {
    assertThat(WireText.quoted(new byte[] {'a', (byte) 0xE9, (byte) 0x80, 7}))
        .isEqualTo("\"a\\xe9\\x80\\x07\"");
  }

  @Test
  void cutsLongTextAndLongHexadecimal() {
    MemorySegment segment = MemorySegment.ofArray("x".repeat(300).getBytes(UTF_8));
    assertThat(WireText.quoted(segment, 0, 300))
        .isEqualTo("\"" + "x".repeat(256) + "\" and 44 bytes more");
    assertThat(WireText.hex(segment, 0, 300)).isEqualTo("78".repeat(256) + "...");
    assertThat(WireText.hex(segment, 298, 2)).isEqualTo("7878");
  }
}
