package tapwarden.inspect.protocol.rtsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.stream.StreamMemory;

class RtspFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    AnyTalk.check(data, new RtspProtocol(memory), memory, null);
  }
}
