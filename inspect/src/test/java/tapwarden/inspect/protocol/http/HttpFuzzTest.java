package tapwarden.inspect.protocol.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.protocol.AnyTalk;

class HttpFuzzTest {
  private final HttpTalk http = new HttpTalk();

  @FuzzTest
  void readsAnyTalkAlikeInAnyChunks(byte[] data) {
    AnyTalk.check(data, http.protocol, http.memory, null);
  }
}
