package tapwarden.inspect.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.inspect.protocol.CaptureEvents;

/**
 * What a whole inspection says of Arkime's captures, against what Arkime's own tests expect of
 * them, for the fields that both have. What differs is in {@code arkime-differences.tsv} with who
 * is right and why, or fails the test. Where Arkime is right the difference counts against us; the
 * shares are of all fields together, as many a field has a handful of values in all captures.
 */
class ArkimeCorpusTest {
  /** Of all values that Arkime expects, and of all that are said, before anybody judges. */
  private static final double LEAST = 0.97;

  /** The same without the differences in which Arkime is not right. */
  private static final double LEAST_JUDGED = 0.99;

  private static final int MOST_SHOWN = 600;
  private static final boolean SHOW = Boolean.getBoolean("corpus.show");

  /** Truth, ours, common; raw, then without the differences in which Arkime is not right. */
  private static final class Tally {
    final int[] raw = new int[3];
    final int[] judged = new int[3];

    static void add(int[] to, Set<String> theirs, Set<String> ours) {
      to[0] += theirs.size();
      to[1] += ours.size();
      to[2] += (int) theirs.stream().filter(ours::contains).count();
    }

    void add(Tally other) {
      for (int i = 0; i < raw.length; i++) {
        raw[i] += other.raw[i];
        judged[i] += other.judged[i];
      }
    }

    static double rate(int part, int of) {
      return of == 0 ? 1 : (double) part / of;
    }

    @Override
    public String toString() {
      return "%d of %d, recall %.4f precision %.4f; judged recall %.4f precision %.4f"
          .formatted(
              raw[2],
              raw[0],
              rate(raw[2], raw[0]),
              rate(raw[2], raw[1]),
              rate(judged[2], judged[0]),
              rate(judged[2], judged[1]));
    }
  }

  @TempDir Path scratch;

  private final Path corpus =
      Path.of(
          Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"), "corpus");
  private final Map<String, Tally> tallies = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private final Set<String> stale = new TreeSet<>();

  @Test
  void saysWhatArkimeExpectsOrWhyNot() throws IOException {
    Path captures = corpus.resolve("arkime/pcap");
    assumeTrue(Files.isDirectory(captures), "no corpus: set TAPWARDEN_SHARED");
    Map<String, String> right = whoIsRight();
    stale.addAll(right.keySet());
    int compared = 0;
    try (Stream<Path> files = Files.list(captures)) {
      for (Path test : files.filter(file -> file.toString().endsWith(".test")).sorted().toList()) {
        String name = test.getFileName().toString().replaceFirst("\\.test$", "");
        Path capture = captures.resolve(name + ".pcap");
        if (Files.isRegularFile(capture)) {
          compare(name, ArkimeFacts.of(test).facts, said(capture), right);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(80);
    StringBuilder report = new StringBuilder();
    Tally all = new Tally();
    tallies.forEach((key, tally) -> {
      report.append(key).append(": ").append(tally).append('\n');
      all.add(tally);
    });
    report.append("all: ").append(all).append('\n');
    if (SHOW) {
      System.out.print(report);
      unexplained.forEach(System.out::println);
    }
    assertThat(unexplained).as(report.toString()).isEmpty();
    assertThat(stale).as("explained, but equal").isEmpty();
    assertRates(all.raw, LEAST, report.toString());
    assertRates(all.judged, LEAST_JUDGED, report.toString());
  }

  private static void assertRates(int[] counts, double least, String report) {
    assertThat(Tally.rate(counts[2], counts[0])).as(report).isGreaterThanOrEqualTo(least);
    assertThat(Tally.rate(counts[2], counts[1])).as(report).isGreaterThanOrEqualTo(least);
  }

  private Map<String, Set<String>> said(Path capture) throws IOException {
    return EventFacts.of(CaptureEvents.of(capture, scratch, "all")).facts;
  }

  private void compare(
      String capture,
      Map<String, Set<String>> truth,
      Map<String, Set<String>> said,
      Map<String, String> right) {
    Set<String> keys = new TreeSet<>(truth.keySet());
    keys.addAll(said.keySet());
    for (String key : keys) {
      Set<String> theirs = truth.getOrDefault(key, Set.of());
      Set<String> ours = said.getOrDefault(key, Set.of());
      Tally tally = tallies.computeIfAbsent(key, k -> new Tally());
      Tally.add(tally.raw, theirs, ours);
      Set<String> missing = new TreeSet<>(theirs);
      missing.removeAll(ours);
      Set<String> extra = new TreeSet<>(ours);
      extra.removeAll(theirs);
      if (missing.isEmpty() && extra.isEmpty()) {
        Tally.add(tally.judged, theirs, ours);
        continue;
      }
      String count = "%d missing %d extra".formatted(missing.size(), extra.size());
      String reason = "%s %s %s".formatted(capture, key, count);
      boolean isTheirs = "theirs".equals(right.getOrDefault(reason, "theirs"));
      Set<String> common = common(theirs, ours);
      Tally.add(tally.judged, isTheirs ? theirs : common, isTheirs ? ours : common);
      if (!stale.remove(reason)) {
        String text =
            "%s\t%s\t%s\tmissing %s, extra %s".formatted(capture, key, count, missing, extra);
        unexplained.add(text.substring(0, Math.min(text.length(), MOST_SHOWN)));
      }
    }
  }

  private static Set<String> common(Set<String> theirs, Set<String> ours) {
    Set<String> common = new TreeSet<>(theirs);
    common.retainAll(ours);
    return common;
  }

  /** Who is right, by capture, key, and how many values are missing and extra. */
  private static Map<String, String> whoIsRight() throws IOException {
    Map<String, String> right = new TreeMap<>();
    try (InputStream in = ArkimeCorpusTest.class.getResourceAsStream("arkime-differences.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : text.split("\n", -1)) {
        if (line.isEmpty() || line.startsWith("#")) {
          continue;
        }
        String[] row = line.split("\t", -1);
        assertThat(row).as(line).hasSize(5);
        assertThat(row[3]).as(line).isIn("ours", "theirs", "neither");
        for (String key : row[1].split(" ", -1)) {
          right.put("%s %s %s".formatted(row[0], key, row[2]), row[3]);
        }
      }
    }
    return right;
  }
}
