package tapwarden.inspect.protocol.http2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.stream.StreamMemory;

class Http2FuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    AnyTalk.check(data, new Http2Protocol(memory), memory, null);
  }
}
