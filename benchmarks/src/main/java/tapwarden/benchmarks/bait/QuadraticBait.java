package tapwarden.benchmarks.bait;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What each parser costs for the inputs that are hardest for it, and for twice as much of them: a
 * cost that grows with the length gives 2, one that grows with its square 4. Of several runs the
 * cheapest counts, in CPU time of the thread, which a busy machine disturbs least.
 *
 * <p>Usage: {@code QuadraticBait [--all] [PROTOCOL...]}: prints what is above 1.9, or all; fails if
 * something is above 2.1.
 */
public final class QuadraticBait {
  private static final double MOST = 2.1;
  private static final double WORTH_SAYING = 1.9;

  /**
   * What costs less than this is bounded by something else than its length, or too fast to tell.
   */
  private static final long LEAST_NANOS = 20_000;

  /** Of an input; what is shorter costs next to nothing. */
  private static final int LEAST_BYTES = 1_024;

  private static final int ROUNDS = 7;
  private static final int REPEATS = 4;
  private static final long ENOUGH_NANOS = 30_000_000L;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Result(Bait bait, int taken, long once, long twice) {
    double ratio() {
      return twice < LEAST_NANOS ? 0 : (double) twice / once;
    }

    String line() {
      String ratio = twice < LEAST_NANOS ? "-" : String.format(Locale.ROOT, "%.2f", ratio());
      return String.format(
          Locale.ROOT,
          "%-9s %-52s %8d %10.1f %10.1f %7s",
          bait.protocol(),
          bait.what(),
          taken,
          once / 1e3,
          twice / 1e3,
          ratio);
    }
  }

  private QuadraticBait() {}

  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of(args));
    boolean all = words.remove("--all");
    List<Result> results = new ArrayList<>();
    for (Bait bait : baits()) {
      if (words.isEmpty() || words.contains(bait.protocol())) {
        results.add(measure(bait));
      }
    }
    results.sort(Comparator.comparingDouble(Result::ratio).reversed());
    System.out.printf(
        "%-9s %-52s %8s %10s %10s %7s%n",
        "protocol", "input", "taken", "us for n", "us for 2n", "ratio");
    results.stream()
        .filter(result -> all || result.ratio() > WORTH_SAYING)
        .forEach(result -> System.out.println(result.line()));
    long over = results.stream().filter(result -> result.ratio() > MOST).count();
    long quick = results.stream().filter(result -> result.ratio() == 0).count();
    System.out.printf(
        "%d inputs, %d over %.1f; %d cost less than %d us however long they are%n",
        results.size(), over, MOST, quick, LEAST_NANOS / 1_000);
    System.exit(over > 0 ? 1 : 0);
  }

  static List<Bait> baits() {
    Readers readers = new Readers();
    List<Bait> baits = new ArrayList<>(new StreamBaits(readers).all());
    baits.addAll(new DatagramBaits(readers).all());
    baits.addAll(new AssemblyBaits().all());
    return baits;
  }

  /** Again, and longer, where it looks bad: noise goes away, a square stays. */
  private static Result measure(Bait bait) {
    int bytes = lengthThatIsRead(bait);
    Result best = measure(bait, bytes, 1);
    for (int patience = 2; patience <= REPEATS && best.ratio() > MOST; patience++) {
      Result again = measure(bait, bytes, patience);
      best = again.ratio() < best.ratio() ? again : best;
    }
    return best;
  }

  /**
   * So many bytes that twice as many are still read. Readers stop at their bounds, behind which no
   * cost grows: below them it may. Where nothing depends on the length, that of the bait.
   */
  private static int lengthThatIsRead(Bait bait) {
    int bytes = bait.bytes();
    while (bytes >= LEAST_BYTES) {
      int taken = bait.ofSize().apply(bytes).getAsInt();
      int ofTwice = bait.ofSize().apply(2 * bytes).getAsInt();
      if (ofTwice >= taken + taken * 3L / 4) {
        return bytes;
      }
      bytes /= 2;
    }
    return bait.bytes();
  }

  private static Result measure(Bait bait, int bytes, int patience) {
    IntSupplier once = bait.ofSize().apply(bytes);
    IntSupplier twice = bait.ofSize().apply(2 * bytes);
    long least = Long.MAX_VALUE;
    long leastTwice = Long.MAX_VALUE;
    int taken = 0;
    long spent = 0;
    for (int i = 0; i < ROUNDS || spent < ENOUGH_NANOS * patience; i++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      var _ = once.getAsInt();
      long middle = THREADS.getCurrentThreadCpuTime();
      taken = twice.getAsInt();
      long end = THREADS.getCurrentThreadCpuTime();
      least = Math.min(least, middle - begin);
      leastTwice = Math.min(leastTwice, end - middle);
      spent += end - begin;
    }
    return new Result(bait, taken, Math.max(1, least), leastTwice);
  }
}
