package tapwarden.inspect.intel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.wire.IpAddress;

/**
 * A large mixed list: every entry is found, nothing else is, look-ups allocate nothing. {@code
 * -Dscale=10000000} runs it at full size; the times it prints are CPU times of this machine.
 */
class IndicatorScaleTest {
  private static final int SCALE = Integer.getInteger("scale", 200_000);
  private static final int PROBES = 1_000_000;
  private static final long SEED = 7400;

  /** A bijection on 32 bits: no entry twice, no probe for an absent one among them. */
  private static long scattered(int i) {
    return (i * 0x9E37_79B1L + 0x1234_5678L) & 0xFFFF_FFFFL;
  }

  private static boolean usable(long v4) {
    return Networks.standard().isExternal(4, 0, v4);
  }

  @Test
  void findsEveryEntryAndNothingElse(@TempDir Path directory, TestReporter reporter)
      throws IOException {
    Path list = directory.resolve("list.txt");
    int written = write(list);
    Path snapshot = directory.resolve("list.snapshot");
    List<IndicatorSource> sources = List.of(new IndicatorSource(list, "plain"));
    long start = cpuNanos();
    IndicatorLoader.Loaded built = IndicatorLoader.load(sources, Networks.standard(), snapshot);
    long buildNanos = cpuNanos() - start;
    start = cpuNanos();
    IndicatorLoader.Loaded read = IndicatorLoader.load(sources, Networks.standard(), snapshot);
    long readNanos = cpuNanos() - start;
    IndicatorSet set = read.set();
    assertThat(read.report().fromSnapshot()).isTrue();
    assertThat(built.set().size()).isEqualTo(written);
    assertThat(set.size()).isEqualTo(written);
    assertThat(set.bytes()).isLessThan(100L * written + (1 << 20));
    assertEveryEntryIsFound(set);
    Random random = new Random(SEED);
    long[] misses = new long[PROBES];
    byte[][] names = new byte[PROBES][];
    for (int i = 0; i < PROBES; i++) {
      misses[i] = scattered(SCALE + random.nextInt(1 << 28));
      names[i] = ("www.h" + random.nextLong() + ".cdn.example").getBytes(StandardCharsets.US_ASCII);
    }
    long missNanos = 0;
    long nameNanos = 0;
    long allocated = 0;
    int found = 0;
    for (int round = 0; round < 3; round++) {
      long before = allocatedBytes();
      start = cpuNanos();
      for (long address : misses) {
        found += set.matchAddress(4, 0, address, 443) == IndicatorSet.NONE ? 0 : 1;
      }
      missNanos = cpuNanos() - start;
      start = cpuNanos();
      for (byte[] name : names) {
        found += set.matchName(name, 0, name.length) == IndicatorSet.NONE ? 0 : 1;
      }
      nameNanos = cpuNanos() - start;
      allocated = allocatedBytes() - before;
    }
    assertThat(found).isZero();
    assertThat(allocated).isLessThan(10_000);
    reporter.publishEntry(
        "scale",
        "%,d entries, %,d MB: %.1f s from text, %.2f s from the snapshot; a miss %.0f ns, of a name %.0f ns"
            .formatted(
                written,
                set.bytes() >> 20,
                buildNanos / 1e9,
                readNanos / 1e9,
                (double) missNanos / PROBES,
                (double) nameNanos / PROBES));
  }

  private static void assertEveryEntryIsFound(IndicatorSet set) {
    int step = Math.max(1, SCALE / 500_000);
    for (int i = 0; i < SCALE; i += step) {
      long bits = scattered(i);
      if (i % 2 == 0) {
        byte[] name = ("a." + nameOf(i)).getBytes(StandardCharsets.US_ASCII);
        assertThat(set.matchName(name, 0, name.length)).isNotEqualTo(IndicatorSet.NONE);
      } else if (usable(bits)) {
        int id = set.matchAddress(4, 0, bits, i % 10 == 1 ? 8080 : 0);
        assertThat(id).as("entry %d", i).isNotEqualTo(IndicatorSet.NONE);
      }
    }
  }

  private static String nameOf(int i) {
    return "host-" + Long.toString(scattered(i), 36) + ".evil.example";
  }

  private static int write(Path list) throws IOException {
    int written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(list)) {
      for (int i = 0; i < SCALE; i++) {
        long bits = scattered(i);
        if (i % 2 == 0) {
          out.write(nameOf(i));
        } else if (usable(bits)) {
          out.write(new IpAddress(4, 0, bits).toString());
          out.write(i % 10 == 1 ? ":8080" : "");
        } else {
          continue;
        }
        out.write('\n');
        written++;
      }
    }
    return written;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
