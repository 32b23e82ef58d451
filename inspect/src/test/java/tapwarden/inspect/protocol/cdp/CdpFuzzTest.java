package tapwarden.inspect.protocol.cdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.FrameFuzz;

class CdpFuzzTest {
  private static final byte[] HEAD =
      Datagrams.hex("01000CCCCCCC 020000000001 05A8 AAAA03 00000C 2000");

  @FuzzTest
  void readsAnyMessage(byte[] data) {
    FrameFuzz.check(new CdpProvider(), HEAD, data);
  }
}
