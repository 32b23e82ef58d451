package tapwarden.inspect.protocol.mqtt;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.stream.StreamMemory;

class MqttFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    AnyTalk.check(data, new MqttProtocol(memory), memory, null);
  }
}
