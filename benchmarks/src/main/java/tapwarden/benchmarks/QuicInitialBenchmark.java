package tapwarden.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.quic.QuicProvider;
import tapwarden.inspect.stream.StreamMemory;

/**
 * From a client's first datagram of QUIC to what it says: recognised, keys derived, opened, name
 * and JA4 told, and with {@code events=true} the event written. Each of 4,096 datagrams has keys of
 * its own. {@code forged} is one whose last byte is wrong, which costs all of it but the hello.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QuicInitialBenchmark {
  private static final int DATAGRAMS = 4_096;

  /** CRYPTO frames that the hello is in, the last first: a browser shuffles a dozen or so. */
  @Param({"1", "12"})
  public int frames;

  @Param({"false", "true"})
  public boolean events;

  private final MemorySegment[] datagrams = new MemorySegment[DATAGRAMS];
  private final MemorySegment[] forged = new MemorySegment[DATAGRAMS];
  private final Opening opening = new Opening();
  private final Protocol protocol =
      new QuicProvider().create(new ProtocolContext(new StreamMemory(1 << 20), new CounterBlock()));
  private final CountingReport facts = new CountingReport();
  private int next;

  @Setup
  public void makeDatagrams() {
    Arena arena = Arena.ofAuto();
    for (int i = 0; i < DATAGRAMS; i++) {
      byte[] datagram = QuicInitials.datagram(0x5851F42D4C957F2DL * (i + 1), frames);
      datagrams[i] = copy(arena, datagram);
      datagram[datagram.length - 1] ^= 1;
      forged[i] = copy(arena, datagram);
    }
    facts.events(events);
  }

  private static MemorySegment copy(Arena arena, byte[] bytes) {
    return arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
  }

  @Benchmark
  public int initialToFacts() {
    return read(datagrams[next++ & (DATAGRAMS - 1)]);
  }

  @Benchmark
  public int forged() {
    return read(forged[next++ & (DATAGRAMS - 1)]);
  }

  private int read(MemorySegment datagram) {
    int length = (int) datagram.byteSize();
    opening.flow(false, 50_000, 443).bytes(true, datagram, 0, length);
    if (protocol.recognise(opening) != Recognition.NO) {
      DatagramReader reader = protocol.newDatagrams(null);
      if (reader != null) {
        reader.datagram(facts, true, datagram, 0, length);
        reader.close(facts);
      }
    }
    return facts.count();
  }
}
