package tapwarden.inspect.protocol.tls;

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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * TLS facts of real captures against independent truth: tshark's names, JA3, JA3S, JA4 (made of its
 * fields) and certificates; the JA4 authors' own JA4 of TLS over TCP; Arkime's JA4 of DTLS. All
 * captures that have such truth, and with {@code -Dcorpus=all} every other too. What differs is in
 * {@code explained-differences.tsv} with who is right and why, or fails the test.
 */
class TlsCorpusTest {
  /**
   * Share of the truth's values that is ours too, before differences are explained: what is missing
   * is in QUIC, EAP, OpenVPN and RDP over UDP, decrypted by tshark, or in SSL 2.
   */
  private static final Map<String, Double> LEAST_RECALL =
      Map.of(
          "tls_sni", 0.997,
          "ja3", 0.986,
          "ja3s", 0.992,
          "ja4_from_tshark_fields", 0.984,
          "tls_cert_sha1", 0.968);

  private static final int MOST_SHOWN = 400;
  private static final boolean ALL = "all".equals(System.getProperty("corpus"));

  /** Our key by the truth's. */
  private static final Map<String, String> KEYS =
      Map.of(
          "tls_sni", "tls_sni",
          "ja3", "ja3",
          "ja3s", "ja3s",
          "ja4_from_tshark_fields", "ja4",
          "tls_cert_sha1", "tls_cert_sha1",
          "rust.ja4", "ja4",
          "tls.ja4", "dtls_ja4");

  private final Path corpus =
      Path.of(Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"))
          .resolve("corpus");
  private final Map<String, int[]> tallies = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private final Set<String> stale = new TreeSet<>();

  @Test
  void saysWhatOthersSayOrWhyNot() throws IOException {
    assumeTrue(Files.exists(corpus.resolve("truth")), "no corpus: set TAPWARDEN_SHARED");
    Map<String, String> reasons = reasons();
    stale.addAll(reasons.keySet());
    Map<String, Map<String, Set<String>>> truth = truth();
    Set<String> captures = new TreeSet<>(truth.keySet());
    captures.addAll(listed(ALL ? "truth/counts.tsv" : "QUICK.tsv"));
    for (String capture : captures) {
      if (Files.isRegularFile(corpus.resolve(capture))) {
        compare(capture, truth.getOrDefault(capture, Map.of()), reasons);
      }
    }
    StringBuilder report = new StringBuilder();
    tallies.forEach((key, t) ->
        report.append(
            "%s: %d of %d, recall %.4f precision %.4f%n"
                .formatted(key, t[2], t[0], rate(t[2], t[0]), rate(t[2], t[1]))));
    assertThat(unexplained).as(report.toString()).isEmpty();
    if (ALL) {
      assertThat(stale).as("explained, but equal").isEmpty();
    }
    LEAST_RECALL.forEach((key, least) ->
        assertThat(rate(tallies.get(key)[2], tallies.get(key)[0]))
            .as(report.toString())
            .isGreaterThanOrEqualTo(least));
    assertThat(tallies.get("tls_sni")[0]).isGreaterThan(300);
  }

  private static double rate(int part, int of) {
    return of == 0 ? 1 : (double) part / of;
  }

  private void compare(String capture, Map<String, Set<String>> truth, Map<String, String> reasons)
      throws IOException {
    TlsCaptureFacts facts = TlsCaptureFacts.of(corpus.resolve(capture));
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      boolean ofTshark = !key.getKey().contains(".");
      if (!ofTshark && !truth.containsKey(key.getKey())) {
        continue;
      }
      Set<String> theirs = truth.getOrDefault(key.getKey(), Set.of());
      Set<String> ours = facts.said.getOrDefault(key.getValue(), Set.of());
      tally(key.getKey(), theirs, ours);
      String reason = capture + " " + key.getKey();
      if (theirs.equals(ours)) {
        continue;
      }
      if (reasons.containsKey(reason)) {
        stale.remove(reason);
      } else {
        unexplained.add(reason + ": " + difference(theirs, ours));
      }
    }
  }

  private void tally(String key, Set<String> theirs, Set<String> ours) {
    int[] tally = tallies.computeIfAbsent(key, k -> new int[3]);
    tally[0] += theirs.size();
    tally[1] += ours.size();
    tally[2] += (int) theirs.stream().filter(ours::contains).count();
  }

  private static String difference(Set<String> theirs, Set<String> ours) {
    Set<String> missing = new TreeSet<>(theirs);
    missing.removeAll(ours);
    Set<String> extra = new TreeSet<>(ours);
    extra.removeAll(theirs);
    String text = "missing " + missing + ", extra " + extra;
    return text.substring(0, Math.min(text.length(), MOST_SHOWN));
  }

  private Map<String, Map<String, Set<String>>> truth() throws IOException {
    Map<String, Map<String, Set<String>>> truth = new HashMap<>();
    List<Path> tables = new ArrayList<>();
    try (Stream<Path> files = Files.list(corpus.resolve("truth/tshark"))) {
      files.forEach(tables::add);
    }
    tables.add(corpus.resolve("truth/expected_ja4.tsv"));
    tables.add(corpus.resolve("truth/expected_arkime.tsv"));
    for (Path table : tables) {
      for (String line : new String(Files.readAllBytes(table), UTF_8).split("\n")) {
        String[] row = line.split("\t", -1);
        if (row.length >= 4 && KEYS.containsKey(row[1]) && isOurs(row[1], row[2])) {
          truth
              .computeIfAbsent(row[0], k -> new HashMap<>())
              .computeIfAbsent(row[1], k -> new TreeSet<>())
              .add(row[1].equals("tls_cert_sha1") ? row[2].toLowerCase(Locale.ROOT) : row[2]);
        }
      }
    }
    return truth;
  }

  /** QUIC is another codec's; Arkime is asked for DTLS alone, which nobody else has. */
  private static boolean isOurs(String key, String value) {
    return switch (key) {
      case "rust.ja4", "ja4_from_tshark_fields" -> value.startsWith("t");
      case "tls.ja4" -> value.startsWith("d");
      default -> true;
    };
  }

  private List<String> listed(String table) throws IOException {
    List<String> paths = new ArrayList<>();
    for (String line : new String(Files.readAllBytes(corpus.resolve(table)), UTF_8).split("\n")) {
      paths.add(line.substring(0, Math.max(0, line.indexOf('\t'))));
    }
    return paths;
  }

  /** Reasons by capture and key. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new HashMap<>();
    try (InputStream in = TlsCorpusTest.class.getResourceAsStream("explained-differences.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        String[] row = line.split("\t");
        if (!line.startsWith("#") && row.length == 3) {
          for (String key : row[1].split(" ")) {
            reasons.put(row[0] + " " + key, row[2]);
          }
        }
      }
    }
    return reasons;
  }
}
