package tapwarden.inspect.protocol.tftp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class TftpFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new TftpProvider(), 40000, 69, input);
  }
}
