package tapwarden.inspect.protocol.ssdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class SsdpFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new SsdpProvider(), 1900, 1900, input);
  }
}
