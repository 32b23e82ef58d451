package tapwarden.inspect.protocol.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.stream.StreamMemory;

class SmtpFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    SmtpProtocol protocol = new SmtpProtocol(new ProtocolContext(memory, new CounterBlock()));
    AnyTalk.check(data, protocol, memory, null);
  }
}
