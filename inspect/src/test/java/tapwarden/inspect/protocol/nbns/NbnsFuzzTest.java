package tapwarden.inspect.protocol.nbns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class NbnsFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new NbnsProvider(), 137, 137, input);
  }
}
