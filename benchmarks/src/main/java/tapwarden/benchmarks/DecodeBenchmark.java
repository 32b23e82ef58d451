package tapwarden.benchmarks;

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
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;

/** From a frame to its addresses, ports and payload. One operation is one frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  private static final int FRAMES = 4_096;

  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();

  /** Plain frames take the straight line of the decoder, tunnelled ones its walk. */
  @Param({"PLAIN", "TUNNELLED"})
  @SuppressWarnings("NullAway.Init")
  public FrameMix mix;

  @SuppressWarnings("NullAway.Init")
  private FrameBatch batch;

  @Setup
  public void forge() {
    batch = mix.batch(FRAMES);
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long decode() {
    long sum = 0;
    for (int i = 0; i < FRAMES; i++) {
      decoder.decode(batch.frame(i, frame), packet);
      sum += packet.sourceLow() + packet.destinationPort() + packet.payloadOffset();
    }
    return sum;
  }
}
