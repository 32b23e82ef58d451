package tapwarden.inspect.intel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class LineParserFuzzTest {
  private final LineParser parser = new LineParser();
  private final LineParser again = new LineParser();

  /** Whatever is accepted reads the same when it is written plainly. */
  @FuzzTest
  void acceptedLinesReadTheSameInPlainSpelling(byte[] data) {
    if (parser.parse(data, 0, data.length) != null || parser.kind == 0) {
      return;
    }
    String plain = LineParserTest.describe(parser);
    byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
    String reason = again.parse(bytes, 0, bytes.length);
    if (reason != null || !LineParserTest.describe(again).equals(plain)) {
      throw new AssertionError(
          plain + " reads as " + reason + " " + LineParserTest.describe(again));
    }
    if (parser.nameLength > Entry.MOST_NAME_BYTES
        || parser.commentFrom < 0
        || parser.commentTo > data.length
        || parser.commentFrom > parser.commentTo) {
      throw new AssertionError("bounds of " + plain);
    }
  }
}
