package tapwarden.inspect.explain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class HexDumpTest {
  @Test
  void writesSixteenBytesALine() {
    MemorySegment segment = MemorySegment.ofArray("GET /index.html HTTP".getBytes(US_ASCII));
    // As xxd -g1 shows them, but for its colon.
    assertThat(HexDump.lines(segment, 0, 20))
        .containsExactly(
            "0000  47 45 54 20 2f 69 6e 64 65 78 2e 68 74 6d 6c 20  GET /index.html ",
            "0010  48 54 54 50" + " ".repeat(38) + "HTTP");
  }

  @Test
  void stopsAtItsLimitAndSaysSo() {
    MemorySegment segment = MemorySegment.ofArray(new byte[300]);
    assertThat(HexDump.lines(segment, 0, 300)).hasSize(17).last().isEqualTo("and 44 bytes more");
    assertThat(HexDump.lines(segment, 0, 256)).hasSize(16);
    assertThat(HexDump.lines(segment, 0, 0)).isEmpty();
  }
}
