package tapwarden.inspect.protocol.proxyprotocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.stream.StreamMemory;

class ProxyProtocolFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    AnyTalk.check(data, new ProxyProtocol(memory), memory, null);
  }
}
