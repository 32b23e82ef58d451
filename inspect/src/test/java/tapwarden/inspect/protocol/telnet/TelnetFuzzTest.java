package tapwarden.inspect.protocol.telnet;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.stream.StreamMemory;

class TelnetFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    AnyTalk.check(data, new TelnetProtocol(), new StreamMemory(1), null);
  }
}
