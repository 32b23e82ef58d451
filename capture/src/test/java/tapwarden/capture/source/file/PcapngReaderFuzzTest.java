package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes as pcapng blocks: only the documented exception, and the same for every batch. */
class PcapngReaderFuzzTest {
  @FuzzTest
  void readsAnything(byte[] blocks) throws IOException {
    byte[] file =
        CaptureBytes.little().section().describe(1, 0).raw(blocks).packet(0, 1, (byte) 1).bytes();
    ReadCapture read = ReadCapture.of(file, 64);
    assertThat(ReadCapture.of(file, 1)).isEqualTo(read);
    Fuzzed.checkPlaces(read, file.length);
  }
}
