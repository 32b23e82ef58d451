package tapwarden.inspect.protocol.dhcpv6;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.DatagramFuzz;

class Dhcpv6FuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new Dhcpv6Provider(), 546, 547, input);
  }
}
