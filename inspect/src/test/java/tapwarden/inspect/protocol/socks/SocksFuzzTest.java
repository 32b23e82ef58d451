package tapwarden.inspect.protocol.socks;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.stream.StreamMemory;

class SocksFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    AnyTalk.check(data, new SocksProtocol(memory), memory, null);
  }

  @FuzzTest
  void readsAnyDatagram(byte[] data) {
    Datagrams flow =
        new Datagrams(new SocksProvider(), 40_000, 50_001).expected(new SocksRelay(50_001));
    flow.toServer(data);
    if (flow.events().size() > 1) {
      throw new AssertionError("more than one event");
    }
  }
}
