package tapwarden.inspect.protocol.ssh;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.stream.StreamMemory;

class SshFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    SshProtocol protocol = new SshProtocol(new ProtocolContext(memory, new CounterBlock()));
    AnyTalk.check(data, protocol, memory, null);
  }
}
