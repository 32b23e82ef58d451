package tapwarden.inspect.protocol.dhcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class DhcpFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new DhcpProvider(), 68, 67, input);
  }
}
