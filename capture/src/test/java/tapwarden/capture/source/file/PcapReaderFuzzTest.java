package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes behind a pcap magic: only the documented exception, and the same for every batch. */
class PcapReaderFuzzTest {
  @FuzzTest
  void readsAnything(byte[] file) throws IOException {
    ReadCapture read;
    try {
      read = ReadCapture.of(file, 64);
    } catch (CaptureFormatException refused) {
      return;
    }
    assertThat(ReadCapture.of(file, 1)).isEqualTo(read);
    Fuzzed.checkPlaces(read, file.length);
  }
}
