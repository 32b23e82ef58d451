package tapwarden.inspect.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.ObjectMapper;

/** Any bytes give one line that a strict reader takes and from which the bytes can be had back. */
class JsonWriterFuzzTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @FuzzTest
  void wireTextRoundTrips(byte[] data) {
    JsonWriter json = new JsonWriter(16 * data.length + 16);
    json.value(data, 0, data.length);
    String text = readLine(json);
    assertThat(unescape(text)).isEqualTo(data);
  }

  @FuzzTest
  void textRoundTrips(byte[] data) {
    char[] chars = new char[data.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (data[2 * i] << 8 | data[2 * i + 1] & 0xFF);
    }
    String text = new String(chars);
    JsonWriter json = new JsonWriter(16 * data.length + 16);
    json.value(text);
    // The JDK, too, replaces a lone surrogate when it encodes, by a question mark.
    String expected =
        new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    assertThat(readLine(json)).isEqualTo(expected);
  }

  private static String readLine(JsonWriter json) {
    assertThat(json.overflowed()).isFalse();
    byte[] line = Arrays.copyOf(json.array(), json.length());
    for (byte b : line) {
      assertThat(b < 0 || b >= ' ' && b != 0x7F).as("control character").isTrue();
    }
    String decoded = new String(line, StandardCharsets.UTF_8);
    assertThat(decoded.indexOf(0xFFFD)).as("not UTF-8").isNegative();
    assertThat(decoded.codePoints().anyMatch(JsonWriterFuzzTest::breaksLines)).isFalse();
    return JACKSON.readTree(line).asString();
  }

  private static boolean breaksLines(int c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029 || c >= 0x202A && c <= 0x202E;
  }

  /** Undoes {@code \xNN}. */
  private static byte[] unescape(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (text.startsWith("\\x", i)) {
        out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 4;
      } else {
        int c = text.codePointAt(i);
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return out.toByteArray();
  }
}
