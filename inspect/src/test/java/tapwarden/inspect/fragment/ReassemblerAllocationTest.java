package tapwarden.inspect.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

class ReassemblerAllocationTest {
  private static final int IDENTIFICATION = 14 + 4;

  private final CounterBlock counters = new CounterBlock();
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();
  private final MemorySegment bytes = Arena.ofAuto().allocate(2_000);
  private int wholes;

  private final Reassembler.Listener listener =
      new Reassembler.Listener() {
        @Override
        public void differ(Packet fragment) {}

        @Override
        public void whole(Frame whole, int ipOffset, Packet completedBy, boolean chosen) {
          wholes++;
        }
      };

  private void put(Reassembler reassembler, byte[] fragment, int id) {
    MemorySegment.copy(fragment, 0, bytes, ValueLayout.JAVA_BYTE, 0, fragment.length);
    bytes.set(ValueLayout.JAVA_BYTE, IDENTIFICATION, (byte) (id >>> 8));
    bytes.set(ValueLayout.JAVA_BYTE, IDENTIFICATION + 1, (byte) id);
    frame.wrap(
        bytes, 0, fragment.length, fragment.length, id * 1_000L, LinkType.ETHERNET, 0, id + 1);
    decoder.decode(frame, packet);
    reassembler.add(packet);
  }

  @Test
  void datagramsLikeThoseBeforeAllocateNothing() {
    Reassembler reassembler = new Reassembler(FragmentOptions.DEFAULT, 7, counters, listener);
    byte[] first = FragmentScript.fragment(4, 1, 0, true, new byte[1_480]);
    byte[] second = FragmentScript.fragment(4, 1, 1_480, false, new byte[700]);
    byte[] over = FragmentScript.fragment(4, 1, 8, true, "overlaps".getBytes());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 60_000; i++) {
      if (i == 40_000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      put(reassembler, first, i);
      put(reassembler, over, i);
      put(reassembler, second, i);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(wholes).isGreaterThanOrEqualTo(60_000);
    // Comparing with what is kept makes a view of it, where fragments overlap; nothing else.
    assertThat(allocated / 20_000).isLessThan(100);
  }

  /** The flood named Rose: first fragments that are never followed by anything. */
  @Test
  void aFloodOfFirstFragmentsLeavesMemoryFlatAndHidesNoDatagram() {
    FragmentOptions options =
        new FragmentOptions(
            1 << 20, 1_000, 8_192, 30, OverlapPolicies.everywhere(OverlapPolicy.LINUX));
    Reassembler reassembler = new Reassembler(options, 7, counters, listener);
    byte[] rose = FragmentScript.fragment(4, 1, 0, true, new byte[64]);
    byte[] second = FragmentScript.fragment(4, 1, 64, false, new byte[64]);
    int flood = Integer.getInteger("tapwarden.flood", 30_000);
    long after10 = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < flood; i++) {
      put(reassembler, rose, i);
      if (i % 1_000 == 999) {
        put(reassembler, second, i);
      }
      if (i == flood / 10) {
        after10 = threads.getCurrentThreadAllocatedBytes();
      }
      assertThat(reassembler.heldBytes()).isLessThanOrEqualTo(1 << 20);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - after10;
    assertThat(wholes).isEqualTo(flood / 1_000);
    assertThat(reassembler.size()).isLessThanOrEqualTo(1_000);
    assertThat(counters.get(Counter.DATAGRAMS_EVICTED)).isGreaterThan(flood - 2_000);
    // What was evicted serves again; the assertions above allocate, the reassembler does not.
    assertThat(allocated / flood).isLessThan(1_000);
  }
}
