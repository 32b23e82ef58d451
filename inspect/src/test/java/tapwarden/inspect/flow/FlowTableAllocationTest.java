package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.SyntheticPacket;

class FlowTableAllocationTest {
  private final FlowTable table =
      new FlowTable(FlowOptions.DEFAULT, 1_000, 1, new CounterBlock(), (flow, reason) -> {});
  private final SyntheticPacket packets = new SyntheticPacket();

  /** Beginnings, evictions, continuations, changes of state and ticks. */
  private void traffic(int count) {
    for (int i = 0; i < count; i++) {
      long now = i * 10_000_000L;
      packets.next(now).ip(4, 0, i % 1_500, 0, 7).tcp(4_000, 80, i & 0x1F).payload(i & 7);
      packets.sequence(i, 0).identification(i / 2).checksum(i / 3);
      table.update(packets.packet());
      if (i % 100 == 0) {
        table.advance(now);
      }
    }
  }

  @Test
  void allocatesNothingAPacket() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    traffic(200_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    traffic(100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    // 0 a packet; the compiler may still replace a frame or two of this method
    assertThat(bytes).isLessThan(10_000);
  }
}
