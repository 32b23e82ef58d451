package tapwarden.benchmarks;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
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
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.protocol.tls.TlsProvider;
import tapwarden.inspect.stream.StreamMemory;

/**
 * From a client's first segment of TLS to what it says: recognised, read, name and JA4 told, and
 * with {@code events=true} the event of a connection that ends there written. The hello is as a
 * browser's, of 517 bytes; each of 4,096 has a random and a session of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TlsHelloBenchmark {
  private static final int HELLOS = 4_096;
  private static final int HELLO_BYTES = 512;

  private static final String CIPHERS =
      "0a0a130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035";

  /** Server name, ALPN, groups, algorithms, key share, versions and the rest, with GREASE. */
  private static final String EXTENSIONS =
      """
      1a1a0000 000000140012 00000f 7777772e6578616d706c652e636f6d 00170000 ff01000100
      000a000a00082a2a001d00170018 000b00020100 00230000 0010000e000c02683208687474702f312e31
      000500050100000000 000d001200100403080404010503080505010806 0601 00120000
      0033002b00292a2a000100001d0020 9370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748
      002d00020101 002b0007063a3a03040303 001b0003020002 4a4a000100
      """;

  @Param({"false", "true"})
  public boolean events;

  private final MemorySegment[] hellos = new MemorySegment[HELLOS];
  private final Opening opening = new Opening();
  private final Protocol protocol =
      new TlsProvider().create(new ProtocolContext(new StreamMemory(1 << 20), new CounterBlock()));
  private final CountingReport facts = new CountingReport();
  private int next;

  @Setup
  public void makeHellos() {
    Arena arena = Arena.ofAuto();
    SplitMix random = new SplitMix(11);
    for (int i = 0; i < HELLOS; i++) {
      byte[] hello = hello(random);
      hellos[i] = arena.allocate(hello.length).copyFrom(MemorySegment.ofArray(hello));
    }
    facts.events(events);
  }

  /** RFC 8446 §4.1.2, padded (RFC 7685). */
  private static byte[] hello(SplitMix random) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(hex("0303"));
    random(body, random);
    body.write(32);
    random(body, random);
    body.writeBytes(hex("0020" + CIPHERS + "0100"));
    byte[] extensions = hex(EXTENSIONS);
    int padding = HELLO_BYTES - 4 - body.size() - 2 - extensions.length - 4;
    number(body, extensions.length + 4 + padding);
    body.writeBytes(extensions);
    body.writeBytes(hex("0015"));
    number(body, padding);
    body.writeBytes(new byte[padding]);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(hex("160301"));
    number(record, 4 + body.size());
    record.writeBytes(hex("0100"));
    number(record, body.size());
    record.writeBytes(body.toByteArray());
    return record.toByteArray();
  }

  private static void random(ByteArrayOutputStream out, SplitMix random) {
    for (int i = 0; i < 32; i++) {
      out.write(random.below(256));
    }
  }

  private static void number(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
  }

  @Benchmark
  public int helloToFacts() {
    MemorySegment hello = hellos[next++ & (HELLOS - 1)];
    int length = (int) hello.byteSize();
    opening.flow(true, 50_000, 443).bytes(true, hello, 0, length);
    if (protocol.recognise(opening) == Recognition.YES) {
      StreamReader reader = protocol.newStream(null);
      if (reader != null && reader.data(facts, true, hello, 0, length)) {
        reader.close(facts);
      }
    }
    if (facts.count() == 0) {
      throw new IllegalStateException("nothing was told of the hello");
    }
    return facts.count();
  }
}
