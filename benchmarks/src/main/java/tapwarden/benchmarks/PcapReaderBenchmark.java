package tapwarden.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.ring.RingOptions;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.PcapWriter;
import tapwarden.capture.source.file.SequenceSource;

/**
 * A pcap file, warm in the page cache, from opening to its end, into the batches of the ring. One
 * operation is one packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PcapReaderBenchmark {
  private static final int PACKETS = 262_144;
  private static final int DISTINCT = 4_096;

  /** What the packets are: 60 bytes each, or the frames of {@link FrameMix#PLAIN}. */
  @Param({"SMALL", "MIXED"})
  @SuppressWarnings("NullAway.Init")
  public Size size;

  private final FrameBatch batch =
      new FrameBatch(RingOptions.DEFAULT.batchFrames(), RingOptions.DEFAULT.batchBytes());

  @SuppressWarnings("NullAway.Init")
  private Path file;

  /** How long the packets are. */
  public enum Size {
    SMALL,
    MIXED
  }

  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("tapwarden-benchmark", ".pcap");
    byte[][] frames = new byte[DISTINCT][];
    for (int i = 0; i < DISTINCT; i++) {
      frames[i] = size == Size.SMALL ? new byte[60] : FrameMix.PLAIN.frame(i);
    }
    try (PcapWriter out = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (int i = 0; i < PACKETS; i++) {
        out.write(FrameMix.START_NANOS + i * 1_000L, frames[i % DISTINCT]);
      }
    }
  }

  @TearDown
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long read() throws IOException {
    long packets = 0;
    try (PacketSource source = SequenceSource.open(List.of(file.toString()), false)) {
      batch.clear();
      for (int read = source.read(batch); read != PacketSource.END; read = source.read(batch)) {
        packets += read;
        batch.clear();
      }
    }
    if (packets != PACKETS) {
      throw new IllegalStateException(packets + " packets read of " + PACKETS);
    }
    return packets;
  }
}
