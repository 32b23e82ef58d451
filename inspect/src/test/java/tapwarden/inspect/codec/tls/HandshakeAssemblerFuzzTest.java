package tapwarden.inspect.codec.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import tapwarden.inspect.codec.tls.Wire.Message;
import tapwarden.inspect.codec.tls.Wire.Taken;

class HandshakeAssemblerFuzzTest {
  private static final HandshakeOptions SMALL = new HandshakeOptions(700, 900, 50);

  /** Whatever the chunks, the messages are the same, and no limit is passed. */
  @FuzzTest
  void readsAnyBytesAlikeInAnyChunks(byte[] data) {
    Taken whole = new Taken();
    HandshakeAssembler once = new HandshakeAssembler(whole, SMALL);
    once.feed(MemorySegment.ofArray(data), 0, data.length);
    Taken pieces = new Taken();
    HandshakeAssembler often = new HandshakeAssembler(pieces, SMALL);
    for (int at = 0; at < data.length; ) {
      int size = Math.min(data.length - at, 1 + (at * 7 + data.length) % 11);
      often.feed(MemorySegment.ofArray(Arrays.copyOfRange(data, at, at + size)), 0, size);
      check(often.heldBytes() <= 900, "within the limit");
      at += size;
    }
    check(once.state() == often.state(), "state");
    check(whole.alerts.equals(pieces.alerts), "alerts");
    check(whole.messages.size() == pieces.messages.size(), "messages");
    for (int i = 0; i < whole.messages.size(); i++) {
      Message message = whole.messages.get(i);
      check(Arrays.equals(message.body(), pieces.body(i)), "bytes");
      check(message.body().length <= message.announced(), "no more than announced");
    }
    check(often.work() <= 8L * data.length + 2_048, "linear work");
    once.cut();
    check(once.heldBytes() == 0, "let go");
  }

  /** The same bytes as datagrams of DTLS, cut where their first byte says. */
  @FuzzTest
  void readsAnyDatagrams(byte[] data) {
    Taken taken = new Taken();
    DtlsAssembler assembler = new DtlsAssembler(taken, SMALL);
    MemorySegment segment = MemorySegment.ofArray(data);
    for (int at = 0; at + 2 < data.length; ) {
      int size = Math.min(data.length - at - 2, (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF));
      assembler.feed(segment, at + 2, size);
      at += 2 + size;
    }
    check(assembler.heldBytes() <= DtlsAssembler.MOST_PENDING * 900, "within the limit");
    check(taken.messages.size() <= DtlsAssembler.MOST_MESSAGES, "each once");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
