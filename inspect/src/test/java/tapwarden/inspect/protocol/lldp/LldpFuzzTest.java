package tapwarden.inspect.protocol.lldp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.FrameFuzz;

class LldpFuzzTest {
  private static final byte[] HEAD = Datagrams.hex("0180C200000E 020000000001 88CC");

  @FuzzTest
  void readsAnyDataUnit(byte[] data) {
    FrameFuzz.check(new LldpProvider(), HEAD, data);
  }
}
