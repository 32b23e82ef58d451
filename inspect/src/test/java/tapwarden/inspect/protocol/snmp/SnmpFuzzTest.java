package tapwarden.inspect.protocol.snmp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class SnmpFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new SnmpProvider(), 40000, 161, input);
  }
}
