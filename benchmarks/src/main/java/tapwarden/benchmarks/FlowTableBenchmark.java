package tapwarden.benchmarks;

import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.payload;
import static tapwarden.capture.forge.Forge.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
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
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.flow.FlowTable;

/**
 * A packet of a known flow finds and updates it, in a table that is far larger than the caches. The
 * flows come in an order that has nothing to do with the order in which they began, so nearly every
 * look-up misses the caches. One operation is one packet.
 *
 * <p>The table takes decoded packets only; {@link #decodeOnly} is what to subtract.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FlowTableBenchmark {
  private static final int PACKETS = 4_096;
  private static final int FRAME_BYTES = 64;
  private static final int SOURCE_ADDRESS = 26;
  private static final int SOURCE_PORT = 34;

  /**
   * Packet time between frames. A pass over a million flows takes a second: too long for a repeated
   * frame to be taken for a mirror's copy, too short for a flow to end idle.
   */
  private static final long GAP_NANOS = 1_000;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final Frame frame = new Frame();

  /** Flows in the table, which has room for exactly these. */
  @Param("1000000")
  public int flows;

  @SuppressWarnings("NullAway.Init")
  private FlowTable table;

  /** One frame a flow, in shuffled order. */
  @SuppressWarnings("NullAway.Init")
  private MemorySegment frames;

  private int next;
  private long number;

  @Setup
  public void fill() {
    table =
        new FlowTable(
            FlowOptions.DEFAULT, flows, 0x5DEECE66DL, new CounterBlock(), (flow, reason) -> {});
    frames = Arena.ofAuto().allocate((long) flows * FRAME_BYTES, 64);
    byte[] template =
        Forge.frame(
            ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            ipv4("10.0.0.0", "203.0.113.9"),
            udp(0, 443),
            payload(new byte[18]));
    int[] place = new SplitMix(1).permutation(flows);
    for (int flow = 0; flow < flows; flow++) {
      long at = (long) place[flow] * FRAME_BYTES;
      MemorySegment.copy(template, 0, frames, ValueLayout.JAVA_BYTE, at, template.length);
      frames.set(INT, at + SOURCE_ADDRESS, 0x0A00_0000 | flow);
      frames.set(SHORT, at + SOURCE_PORT, (short) (1_024 + flow % 64_000));
    }
    // The flows begin in order of their number; the frames lie, and come later, in another.
    for (int flow = 0; flow < flows; flow++) {
      decode(place[flow], template.length);
      table.update(packet);
    }
    if (table.size() != flows) {
      throw new IllegalStateException(table.size() + " flows instead of " + flows);
    }
  }

  private void decode(int place, int length) {
    long n = ++number;
    frame.wrap(
        frames,
        (long) place * FRAME_BYTES,
        length,
        length,
        FrameMix.START_NANOS + n * GAP_NANOS,
        LinkType.ETHERNET,
        0,
        n);
    decoder.decode(frame, packet);
  }

  private void decodeNext() {
    decode(next, 60);
    next = next + 1 == flows ? 0 : next + 1;
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long decodeAndUpdate() {
    long sum = 0;
    for (int i = 0; i < PACKETS; i++) {
      decodeNext();
      sum += table.update(packet);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public long decodeOnly() {
    long sum = 0;
    for (int i = 0; i < PACKETS; i++) {
      decodeNext();
      sum += packet.sourceLow() + packet.sourcePort();
    }
    return sum;
  }
}
