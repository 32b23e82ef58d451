package tapwarden.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.intel.IndicatorLoader;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.IndicatorSource;

/**
 * What a new flow or a new name asks of the indicators: random questions, so that a set larger than
 * the caches is measured as it is. One operation is one look-up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndicatorBenchmark {
  private static final int QUESTIONS = 65_536;

  /** Entries of the list; 10000000 is the size that the targets speak of. */
  @Param("200000")
  public int entries;

  private final long[] listed = new long[QUESTIONS];
  private final long[] unlisted = new long[QUESTIONS];
  private final byte[][] listedNames = new byte[QUESTIONS][];
  private final byte[][] unlistedNames = new byte[QUESTIONS][];
  private IndicatorSet set = IndicatorSet.EMPTY;

  @Setup
  public void load() throws IOException {
    Path list = Files.createTempFile("tapwarden-benchmark", ".txt");
    try {
      SyntheticIndicators.write(list, entries);
      IndicatorSource source = new IndicatorSource(list, IndicatorLoader.PLAIN);
      set = IndicatorLoader.load(List.of(source), Networks.standard(), null).set();
    } finally {
      Files.delete(list);
    }
    if (set.size() != entries) {
      throw new IllegalStateException(set.size() + " entries loaded of " + entries);
    }
    SplitMix random = new SplitMix(7);
    for (int i = 0; i < QUESTIONS; i++) {
      listed[i] = SyntheticIndicators.addressV4(entry(random, SyntheticIndicators.Kind.ADDRESS_V4));
      unlisted[i] = 0x4000_0000L | random.below(1 << 30);
      String name = SyntheticIndicators.name(entry(random, SyntheticIndicators.Kind.NAME));
      listedNames[i] = ascii("www.update." + name);
      unlistedNames[i] = ascii("www.update.n" + Long.toHexString(random.next()) + ".example");
    }
    check(addressHit(), QUESTIONS);
    check(addressMiss(), 0);
    check(nameHit(), QUESTIONS);
    check(nameMiss(), 0);
  }

  private int entry(SplitMix random, SyntheticIndicators.Kind kind) {
    int entry = random.below(entries);
    while (SyntheticIndicators.kind(entry) != kind) {
      entry = random.below(entries);
    }
    return entry;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  private static void check(int hits, int expected) {
    if (hits != expected) {
      throw new IllegalStateException(hits + " hits instead of " + expected);
    }
  }

  /** Asks all questions; how many hit. */
  private static int ask(IntUnaryOperator question) {
    int hits = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      if (question.applyAsInt(i) != IndicatorSet.NONE) {
        hits++;
      }
    }
    return hits;
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int addressHit() {
    return ask(i -> set.matchAddress(4, 0, listed[i], 443));
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int addressMiss() {
    return ask(i -> set.matchAddress(4, 0, unlisted[i], 443));
  }

  /** Names of four labels, listed by their last two. */
  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int nameHit() {
    return ask(i -> set.matchName(listedNames[i], 0, listedNames[i].length));
  }

  @Benchmark
  @OperationsPerInvocation(QUESTIONS)
  public int nameMiss() {
    return ask(i -> set.matchName(unlistedNames[i], 0, unlistedNames[i].length));
  }
}
