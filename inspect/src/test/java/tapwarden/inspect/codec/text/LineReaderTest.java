package tapwarden.inspect.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.stream.StreamMemory;

class LineReaderTest {
  private final StreamMemory memory = new StreamMemory(10_000);
  private final List<String> lines = new ArrayList<>();

  private LineReader reader(int most) {
    return new LineReader(memory, new byte[most]);
  }

  private void feed(LineReader reader, String text) {
    byte[] bytes = ("xx" + text + "\n").getBytes(ISO_8859_1);
    reader.feed(MemorySegment.ofArray(bytes), 2, bytes.length - 3);
    while (reader.next()) {
      String line = new String(reader.bytes(), 0, reader.length(), ISO_8859_1);
      lines.add(reader.isCut() ? line + "..." : line);
    }
  }

  @Test
  void endsLinesAtLineFeedWithOrWithoutCarriageReturns() {
    LineReader reader = reader(100);
    feed(reader, "one\r\ntwo\n\r\n\nthree\r\r\nfo\rur\r\nfive");
    assertThat(lines).containsExactly("one", "two", "", "", "three", "fo\rur");
    feed(reader, "\r");
    feed(reader, "\n");
    assertThat(lines.subList(6, lines.size())).containsExactly("five");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void takesTheSameLinesInAnyPieces() {
    String text =
        "220 mail.example.org ESMTP\r\nabc\ndefghijklmnopqrstuvwxyz0123456789\r\n\r\nrest\n";
    LineReader whole = reader(16);
    feed(whole, text);
    List<String> expected = List.copyOf(lines);
    assertThat(expected)
        .containsExactly("220 mail.example...", "abc", "defghijklmnopqrs...", "", "rest");
    for (int size = 1; size < 20; size++) {
      lines.clear();
      LineReader pieces = reader(16);
      for (int at = 0; at < text.length(); at += size) {
        feed(pieces, text.substring(at, Math.min(text.length(), at + size)));
      }
      assertThat(lines).as("pieces of %d", size).isEqualTo(expected);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void cutsALineForWhichThereIsNoMemory() {
    assertThat(memory.take(9_990)).isTrue();
    LineReader reader = reader(100);
    feed(reader, "no room");
    feed(reader, " for this\nbut for this\n");
    assertThat(lines).containsExactly("...", "but for this");
  }

  @Test
  void knowsWhetherALineHasBegunThoughNothingIsKeptOfIt() {
    LineReader reader = reader(100);
    assertThat(reader.isBegun()).isFalse();
    feed(reader, "half a li");
    assertThat(reader.isBegun()).isTrue();
    feed(reader, "ne\n");
    assertThat(reader.isBegun()).isFalse();
    reader.lose();
    assertThat(reader.isBegun()).isTrue();
    feed(reader, "the rest\n");
    assertThat(reader.isBegun()).isFalse();
  }

  @Test
  void forgetsWhatWasBegunAndGivesTheMemoryBack() {
    LineReader reader = reader(100);
    feed(reader, "half a li");
    assertThat(memory.usedBytes()).isEqualTo(100);
    reader.forget();
    assertThat(memory.usedBytes()).isZero();
    feed(reader, "whole\n");
    assertThat(lines).containsExactly("whole");
  }

  @Test
  void leavesTheBytesBehindALineToOthers() {
    LineReader reader = reader(100);
    byte[] bytes = "SSH-2.0-x\r\n\0\0\1".getBytes(ISO_8859_1);
    reader.feed(MemorySegment.ofArray(bytes), 0, bytes.length);
    assertThat(reader.next()).isTrue();
    assertThat(reader.position()).isEqualTo(11);
    assertThat(reader.left()).isEqualTo(3);
    reader.skip(3);
    assertThat(reader.left()).isZero();
  }
}
