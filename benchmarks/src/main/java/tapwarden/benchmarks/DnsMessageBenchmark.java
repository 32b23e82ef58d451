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
import tapwarden.inspect.codec.dns.AnswerAddresses;
import tapwarden.inspect.codec.dns.DnsMessage;

/**
 * A DNS message read: its names spelled out, its records found, the addresses of an answer taken.
 * {@code QUERY} asks for a name of four labels with EDNS; {@code ANSWER} gives it an alias and two
 * addresses. 4,096 different ones.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DnsMessageBenchmark {
  private static final int MESSAGES = 4_096;

  /** What the message is. */
  public enum Kind {
    QUERY,
    ANSWER
  }

  @Param public Kind kind = Kind.QUERY;

  private final MemorySegment[] messages = new MemorySegment[MESSAGES];
  private final DnsMessage message = new DnsMessage();
  private final AnswerAddresses addresses = new AnswerAddresses();
  private int next;

  @Setup
  public void makeMessages() {
    Arena arena = Arena.ofAuto();
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = bytes(i);
      messages[i] = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }
  }

  private byte[] bytes(int number) {
    String name = "host%d.cdn.example.com".formatted(number);
    String alias = "edge%d.example.net".formatted(number);
    int a = tapwarden.capture.forge.DnsMessage.A;
    return switch (kind) {
      case QUERY -> tapwarden.capture.forge.DnsMessage.query(number, name, a).edns(1_232).toBytes();
      case ANSWER ->
          tapwarden.capture.forge.DnsMessage.response(number, name, a)
              .cname(name, 300, alias)
              .a(alias, 60, "198.51.100." + (number & 0xFF))
              .a(alias, 60, "203.0.113." + (number & 0xFF))
              .toBytes();
    };
  }

  @Benchmark
  public long read() {
    MemorySegment bytes = messages[next++ & (MESSAGES - 1)];
    if (!message.parse(bytes, 0, (int) bytes.byteSize())) {
      throw new IllegalStateException("no DNS message");
    }
    long sum = (long) message.id() + message.entries() + message.nameLength(0);
    addresses.of(message);
    while (addresses.next()) {
      sum += message.addressLow(addresses.entry());
    }
    return sum;
  }
}
