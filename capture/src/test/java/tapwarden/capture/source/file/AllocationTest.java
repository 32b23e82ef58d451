package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;

/** Reading allocates nothing a packet: counted by the virtual machine over 100,000 packets. */
class AllocationTest {
  private static final int PACKETS = 300_000;
  private static final int MEASURED = 100_000;
  private static final int ROUNDS = 5;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  @TempDir private Path folder;

  @Test
  void readsPcapWithoutGarbage() throws IOException {
    Path file = folder.resolve("many.pcap");
    byte[] frame = new byte[82];
    try (PcapWriter writer =
        PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (int i = 0; i < PACKETS; i++) {
        writer.write(1_700_000_000_000_000_000L + i * 1_000L, frame);
      }
    }
    assertThat(allocatedBytes(file)).isLessThan(MEASURED / 100);
  }

  @Test
  void readsPcapngWithoutGarbage() throws IOException {
    Path file = folder.resolve("many.pcapng");
    MemorySegment frame = MemorySegment.ofArray(new byte[82]);
    try (PcapngWriter writer =
        new PcapngWriter(
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            "test",
            List.of())) {
      int eth = writer.addInterface("eth1", "", LinkType.ETHERNET, 0);
      for (int i = 0; i < PACKETS; i++) {
        writer.write(eth, 1_700_000_000_000_000_000L + i, frame, 0, 82, 82, List.of());
      }
    }
    assertThat(allocatedBytes(file)).isLessThan(MEASURED / 100);
  }

  /**
   * Bytes that the thread allocates over {@link #MEASURED} packets, after as many have been read,
   * in the best of several rounds: when the compiler gets round to what is read with is not the
   * reader's doing, and on a busy machine that is late. What is allowed is some bytes a block of a
   * file (the channel's own), nothing a packet.
   */
  private long allocatedBytes(Path file) throws IOException {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, allocatedBytesOnce(file));
    }
    return least;
  }

  private long allocatedBytesOnce(Path file) throws IOException {
    FrameBatch batch = new FrameBatch(1_024, 1 << 20);
    try (SequenceSource source = SequenceSource.open(List.of(file.toString()), false)) {
      read(source, batch, MEASURED);
      long before = threads.getCurrentThreadAllocatedBytes();
      int read = read(source, batch, MEASURED);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(read).isGreaterThanOrEqualTo(MEASURED);
      return allocated;
    }
  }

  private static int read(SequenceSource source, FrameBatch batch, int packets) throws IOException {
    int read = 0;
    while (read < packets) {
      batch.clear();
      read += source.read(batch);
    }
    return read;
  }
}
