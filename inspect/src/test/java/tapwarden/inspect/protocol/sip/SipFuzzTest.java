package tapwarden.inspect.protocol.sip;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import tapwarden.inspect.protocol.DatagramFuzz;

class SipFuzzTest {
  @FuzzTest
  void readsAnyDatagrams(byte[] input) {
    DatagramFuzz.run(new SipProvider(), 5060, 5060, input);
  }

  /** The first byte says into what pieces the rest is cut. */
  @FuzzTest
  void readsAnyStream(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    SipConnection whole = new SipConnection();
    whole.data(true, bytes, bytes.length);
    whole.close();
    SipConnection pieces = new SipConnection();
    pieces.data(true, bytes, 1 + (input[0] & 0x3F));
    pieces.close();
    if (isWell(whole) && isWell(pieces)) {
      check(whole.report.events.equals(pieces.report.events), "the same events");
    }
    SipConnection gaps = new SipConnection();
    gaps.data(false, bytes, 1 + (input[0] & 0xFF));
    gaps.gap(false, input[0] & 0x7F);
    gaps.data(false, bytes, bytes.length);
    gaps.close();
    for (SipConnection connection : List.of(whole, pieces, gaps)) {
      check(connection.memory.usedBytes() == 0, "memory is given back");
      connection.report.events.forEach(SipConnection::parse);
    }
  }

  private static boolean isWell(SipConnection connection) {
    return connection.report.violation == null
        && !connection.report.oddities.contains("unreadable")
        && !connection.report.oddities.contains("head_limit");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
