package tapwarden.inspect.protocol.ftp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.stream.StreamMemory;

class FtpFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    FtpProtocol protocol = new FtpProtocol(new ProtocolContext(memory, new CounterBlock()));
    AnyTalk.check(data, protocol, memory, null);
  }
}
