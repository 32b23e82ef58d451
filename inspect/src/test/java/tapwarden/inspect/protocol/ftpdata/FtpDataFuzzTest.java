package tapwarden.inspect.protocol.ftpdata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.protocol.AnyTalk;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.stream.StreamMemory;

class FtpDataFuzzTest {
  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    FtpDataProtocol protocol = new FtpDataProtocol(new ProtocolContext(memory, new CounterBlock()));
    FtpTransfer transfer = new FtpTransfer();
    transfer.begin("RETR", "f".getBytes(US_ASCII));
    AnyTalk.check(data, protocol, memory, transfer);
  }
}
