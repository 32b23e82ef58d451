package tapwarden.inspect.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.wire.OverlapPolicy;

class TcpStreamsAllocationTest {
  private static final byte[] TEXT = new byte[100];

  private final TcpStreams streams =
      new TcpStreams(
          new StreamOptions(10, 1 << 20, 64 << 10, 64, Long.MAX_VALUE, OverlapPolicy.FIRST),
          1,
          new CounterBlock(),
          new SilentListener());
  private final SyntheticPacket packets = new SyntheticPacket();
  private int sequence = 1;

  private void inOrder(TcpStream stream, int count) {
    for (int i = 0; i < count; i++) {
      packets.next(i * 1_000_000L).ip(4, 0, 1, 0, 7).tcp(4_000, 80, 0x18).payload(TEXT);
      packets.sequence(sequence, 0);
      streams.segment(stream, packets.packet(), true);
      sequence += 100;
    }
  }

  @Test
  void aSegmentInOrderAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    TcpStream stream = Objects.requireNonNull(streams.open());
    inOrder(stream, 200_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    inOrder(stream, 100_000);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(stream.position(true)).isEqualTo(30_000_000);
    // 0 a segment; the compiler may still replace a frame or two of this method
    assertThat(bytes).isLessThan(10_000);
  }
}
