package tapwarden.inspect.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Facts of real captures against those that tshark has of them, by key, as sets per capture. Each
 * difference is explained in a table beside the test: capture, keys, who is right, and why. What is
 * not explained, or explained and no longer there, fails. Who is right is {@code ours}, {@code
 * theirs}, or {@code neither} where the bytes allow both readings or none. Where the truth is right
 * we are not, and the share of such values is what recall and precision say in the end.
 */
public final class TsharkTruth {
  private static final int MOST_SHOWN = 500;
  private static final boolean ALL = "all".equals(System.getProperty("corpus"));

  /** What we say of a capture, by key. */
  @FunctionalInterface
  public interface Reader {
    Map<String, Set<String>> read(Path capture) throws IOException;
  }

  /** A value of the truth in the words of ours; empty where a rule says that it is no such fact. */
  @FunctionalInterface
  public interface Rule {
    Optional<String> apply(String key, String value);
  }

  private record Reason(String right, String text) {}

  /** Values in the truth, in ours, and in both. */
  private static final class Tally {
    int truth;
    int ours;
    int common;

    void add(int theirs, int said, int both) {
      truth += theirs;
      ours += said;
      common += both;
    }

    double recall() {
      return truth == 0 ? 1 : (double) common / truth;
    }

    double precision() {
      return ours == 0 ? 1 : (double) common / ours;
    }

    @Override
    public String toString() {
      return "truth %d ours %d common %d, recall %.4f precision %.4f"
          .formatted(truth, ours, common, recall(), precision());
    }
  }

  private final Path corpus =
      Path.of(Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"))
          .resolve("corpus");
  private final Set<String> keys;
  private final Rule rule;
  private final Map<String, Map<String, Set<String>>> truth = new HashMap<>();
  private final Set<String> tooMany = new TreeSet<>();
  private final Map<String, Reason> reasons = new TreeMap<>();
  private final Set<String> stale = new TreeSet<>();
  private final Map<String, Tally> raw = new TreeMap<>();
  private final Map<String, Tally> judged = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();

  /**
   * @param test the test that has {@code explained-differences.tsv} beside it
   */
  public TsharkTruth(Class<?> test, Set<String> keys, Rule rule) throws IOException {
    assumeTrue(Files.isDirectory(corpus.resolve("truth")), "no corpus: set TAPWARDEN_SHARED");
    this.keys = keys;
    this.rule = rule;
    readTruth();
    readReasons(test);
  }

  /**
   * Reads every capture that the truth or a reason names, and those of the quick set, or with
   * {@code -Dcorpus=all} all there are.
   */
  public TsharkTruth compare(Reader reader) throws IOException {
    Set<String> captures = new TreeSet<>(truth.keySet());
    reasons.keySet().forEach(at -> captures.add(at.substring(0, at.lastIndexOf(' '))));
    for (String row : lines(corpus.resolve(ALL ? "truth/counts.tsv" : "QUICK.tsv"))) {
      captures.add(row.substring(0, Math.max(0, row.indexOf('\t'))));
    }
    for (String capture : captures) {
      Path file = corpus.resolve(capture);
      if (Files.isRegularFile(file)) {
        Map<String, Set<String>> said = reader.read(file);
        keys.forEach(key -> compare(capture, key, said.getOrDefault(key, Set.of())));
      }
    }
    return this;
  }

  private void compare(String capture, String key, Set<String> said) {
    String at = capture + " " + key;
    if (tooMany.contains(at)) {
      return;
    }
    Set<String> ours = ruled(key, said);
    Set<String> theirs = truth.getOrDefault(capture, Map.of()).getOrDefault(key, Set.of());
    int both = (int) theirs.stream().filter(ours::contains).count();
    of(raw, key).add(theirs.size(), ours.size(), both);
    Reason reason = reasons.get(at);
    if (theirs.equals(ours)) {
      of(judged, key).add(both, both, both);
    } else if (reason == null) {
      of(judged, key).add(theirs.size(), ours.size(), both);
      unexplained.add(at + ": " + difference(theirs, ours));
    } else {
      stale.remove(at);
      boolean granted = !reason.right().equals("theirs");
      of(judged, key)
          .add(granted ? ours.size() : theirs.size(), ours.size(), granted ? ours.size() : both);
    }
  }

  private static Tally of(Map<String, Tally> tallies, String key) {
    return tallies.computeIfAbsent(key, k -> new Tally());
  }

  private Set<String> ruled(String key, Set<String> values) {
    Set<String> ruled = new TreeSet<>();
    values.forEach(value -> rule.apply(key, value).ifPresent(ruled::add));
    return ruled;
  }

  private static String difference(Set<String> theirs, Set<String> ours) {
    Set<String> missing = new TreeSet<>(theirs);
    missing.removeAll(ours);
    Set<String> extra = new TreeSet<>(ours);
    extra.removeAll(theirs);
    String text = "missing " + missing + ", extra " + extra;
    return text.substring(0, Math.min(text.length(), MOST_SHOWN));
  }

  /** No difference without a reason, and no reason without a difference. */
  public TsharkTruth hasReasons() {
    assertThat(unexplained).as(this + "unexplained").isEmpty();
    assertThat(stale).as("explained, but equal").isEmpty();
    return this;
  }

  /** Recall and precision of a key, as they are and, behind {@code least}, as judged. */
  public TsharkTruth reaches(String key, double leastRecall, double leastPrecision, double least) {
    Tally before = of(raw, key);
    Tally after = of(judged, key);
    assertThat(before.recall()).as(toString()).isGreaterThanOrEqualTo(leastRecall);
    assertThat(before.precision()).as(toString()).isGreaterThanOrEqualTo(leastPrecision);
    assertThat(after.recall()).as(toString()).isGreaterThanOrEqualTo(least);
    assertThat(after.precision()).as(toString()).isGreaterThanOrEqualTo(least);
    return this;
  }

  /** So that no comparison of nothing passes, and nothing goes that only we say. */
  public TsharkTruth hasCompared(String key, int leastTheirs, int leastOurs) {
    assertThat(of(raw, key).truth).as(toString()).isGreaterThanOrEqualTo(leastTheirs);
    assertThat(of(raw, key).ours).as(toString()).isGreaterThanOrEqualTo(leastOurs);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    raw.forEach(
        (key, tally) -> text.append("%s: %s; judged: %s%n".formatted(key, tally, of(judged, key))));
    return text.toString();
  }

  private void readTruth() throws IOException {
    List<Path> tables = new ArrayList<>();
    try (Stream<Path> files = Files.list(corpus.resolve("truth/tshark"))) {
      files.forEach(tables::add);
    }
    for (Path table : tables) {
      for (String line : lines(table)) {
        String[] row = line.split("\t", -1);
        if (row.length >= 4 && keys.contains(row[1])) {
          Set<String> values =
              truth
                  .computeIfAbsent(row[0], k -> new HashMap<>())
                  .computeIfAbsent(row[1], k -> new TreeSet<>());
          rule.apply(row[1], row[2]).ifPresent(values::add);
        } else if (row.length >= 4 && row[1].endsWith("#too-many")) {
          tooMany.add(row[0] + " " + row[1].substring(0, row[1].indexOf('#')));
        }
      }
    }
  }

  private void readReasons(Class<?> test) throws IOException {
    try (InputStream in = test.getResourceAsStream("explained-differences.tsv")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      for (String line : table.split("\n", -1)) {
        String[] row = line.split("\t", -1);
        if (line.isEmpty() || line.startsWith("#")) {
          continue;
        }
        assertThat(row).as(line).hasSize(4);
        assertThat(row[2]).as(line).isIn("ours", "theirs", "neither");
        for (String key : row[1].split(" ", -1)) {
          reasons.put(row[0] + " " + key, new Reason(row[2], row[3]));
        }
      }
    }
    stale.addAll(reasons.keySet());
  }

  private static List<String> lines(Path table) throws IOException {
    return List.of(new String(Files.readAllBytes(table), UTF_8).split("\n", -1));
  }
}
