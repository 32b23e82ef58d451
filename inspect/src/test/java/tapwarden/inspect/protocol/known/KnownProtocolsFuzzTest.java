package tapwarden.inspect.protocol.known;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.ProtocolProvider;

class KnownProtocolsFuzzTest {
  private static final List<KnownProtocol> ALL = all();

  private static List<KnownProtocol> all() {
    List<KnownProtocol> all = new ArrayList<>();
    for (ProtocolProvider provider : ServiceLoader.load(ProtocolProvider.class)) {
      if (provider instanceof KnownProtocol known) {
        all.add(known);
      }
    }
    return all;
  }

  /** The first byte says how the flow looks, the second the port. */
  @FuzzTest
  void readsNothingOutsideAnyOpening(byte[] data) {
    if (data.length < 3) {
      return;
    }
    boolean stream = (data[0] & 1) != 0;
    int most = stream ? Math.min(data.length, 2 + Opening.MOST_BYTES) : data.length;
    for (int length = 1; length <= most - 2; length += 1 + length / 16) {
      // What lies behind the opening is not there to be read.
      MemorySegment shown = MemorySegment.ofArray(data).asSlice(2, length);
      Opening opening =
          new Opening()
              .flow(stream, 49_152, (data[1] & 0xFF) * 8)
              .bytes((data[0] & 2) != 0, shown, 0, length);
      for (KnownProtocol protocol : ALL) {
        if (protocol.recognise(opening) == null) {
          throw new AssertionError(protocol.name());
        }
      }
    }
  }
}
