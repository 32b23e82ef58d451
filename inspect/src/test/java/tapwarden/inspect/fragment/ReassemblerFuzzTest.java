package tapwarden.inspect.fragment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/** Fragments that mean no good. */
class ReassemblerFuzzTest {
  private static final int FRAGMENT = 4;
  private static final int FRAME = 5;
  private static final int LIMIT = 256 << 10;

  /** Four bytes of input are a fragment of one small datagram; every reading is right. */
  @FuzzTest
  void readsAsByteByByte(byte[] data) {
    if (data.length == 0) {
      return;
    }
    OverlapPolicy policy = policy(data[0]);
    int version = 4 + (data[0] & 2);
    FragmentScript script = new FragmentScript(FragmentScript.options(policy), version, 0);
    NaiveReassembly naive = new NaiveReassembly(policy);
    List<String> expected = new ArrayList<>();
    for (int at = 1; at + FRAGMENT <= Math.min(data.length, 400); at += FRAGMENT) {
      int from = 8 * (data[at] & 15);
      boolean more = (data[at] & 16) != 0 || from == 0;
      int length = 1 + (data[at + 1] & 63);
      length = more ? (length + 7) & ~7 : length;
      char mark = (char) ('a' + (data[at + 2] & 7));
      script.put(from, more, String.valueOf(mark).repeat(length));
      expected.addAll(naive.add(from, from + length, !more, mark));
      check(script.told.equals(expected), script.told + " instead of " + expected);
    }
  }

  /** Five bytes are a fragment of one of some datagrams, large and small, and time goes by. */
  @FuzzTest
  void staysWithinItsBounds(byte[] data) {
    if (data.length == 0) {
      return;
    }
    FragmentOptions options =
        new FragmentOptions(LIMIT, 4, 64, 30, OverlapPolicies.everywhere(policy(data[0])));
    FragmentScript script = new FragmentScript(options, 4 + (data[0] & 2));
    for (int at = 1; at + FRAME <= data.length; at += FRAME) {
      int offset = (data[at + 1] << 8 | (data[at + 2] & 0xFF)) & 0xFFF8;
      byte[] bytes = new byte[(data[at + 3] & 0xFF) << (data[at + 4] & 7)];
      Arrays.fill(bytes, data[at + 4]);
      if ((data[at] & 0x80) != 0) {
        script.after(data[at + 4] & 31);
      }
      int captured = (data[at] & 0x40) != 0 ? data[at + 3] & 0xFF : 0xFFFF;
      byte[] frame =
          FragmentScript.fragment(
              4 + (data[0] & 2), data[at] & 7, offset, (data[at] & 0x20) != 0, bytes);
      script.captured(frame, Math.min(captured, frame.length));
      check(script.reassembler.size() <= 4, "no more datagrams than may be");
      check(script.reassembler.heldBytes() <= LIMIT, "memory within its bound");
    }
    long ended =
        script.count(Counter.DATAGRAMS_EVICTED)
            + script.count(Counter.DATAGRAMS_EXPIRED)
            + script.count(Counter.DATAGRAMS_REASSEMBLED);
    script.after(100);
    check(script.reassembler.size() == 0, "nothing stays for ever");
    check(ended <= script.count(Counter.FRAGMENTS), "every datagram had a fragment");
  }

  /** Any bytes behind a fragment header, and any header. */
  @FuzzTest
  void takesAnyFrame(byte[] data) {
    FragmentScript script =
        new FragmentScript(
            new FragmentOptions(LIMIT, 4, 64, 30, OverlapPolicies.everywhere(OverlapPolicy.LINUX)),
            4);
    for (int at = 0; at < data.length; ) {
      int length = Math.min(data.length - at, 14 + (data[at] & 0xFF));
      byte[] frame = Arrays.copyOfRange(data, at, at + length);
      if (length > 14) {
        frame[12] = (byte) ((frame[0] & 1) == 0 ? 0x08 : 0x86);
        frame[13] = (byte) ((frame[0] & 1) == 0 ? 0x00 : 0xDD);
        frame[14] = (byte) ((frame[0] & 1) == 0 ? 0x45 : 0x60);
      }
      script.bytes(frame);
      check(script.reassembler.heldBytes() <= LIMIT, "memory within its bound");
      at += length;
    }
  }

  private static OverlapPolicy policy(byte choice) {
    OverlapPolicy[] all = OverlapPolicy.values();
    return all[(choice & 0xFF) % all.length];
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
