package tapwarden.inspect.protocol.quic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.RecordingReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * QUIC facts of real captures against independent truth: tshark's names, versions, JA3, JA3S and
 * JA4 (made of its fields), the JA4 authors' own JA4, and nDPI's names, JA3 and user agents. All
 * captures that have such truth or are named after QUIC, and with {@code -Dcorpus=all} every other
 * too. What differs is in {@code explained-differences.tsv} with who is right and why, or fails the
 * test.
 */
class QuicCorpusTest {
  private static final boolean ALL = "all".equals(System.getProperty("corpus"));
  private static final int MOST_SHOWN = 400;

  /** Our key by the truth's. */
  private static final Map<String, String> KEYS =
      Map.of(
          "quic_sni", "sni",
          "quic_version", "version",
          "quic_ja3", "ja3",
          "quic_ja3s", "ja3s",
          "ja4_from_tshark_fields", "ja4",
          "rust.ja4", "ja4",
          "JA3C", "ja3",
          "Hostname/SNI", "sni",
          "User-Agent", "ua");

  private final Path corpus =
      Path.of(
          Optional.ofNullable(System.getenv("TAPWARDEN_SHARED")).orElse("../../shared"), "corpus");
  private final Map<String, int[]> tallies = new TreeMap<>();
  private final List<String> unexplained = new ArrayList<>();
  private final Set<String> stale = new TreeSet<>();

  @Test
  void agreesWithIndependentReaders() throws IOException {
    assumeTrue(Files.isDirectory(corpus.resolve("truth")), "no corpus: set TAPWARDEN_SHARED");
    Map<String, String> reasons = reasons();
    Map<String, Map<String, Set<String>>> truth = truth();
    for (String capture : captures(truth.keySet())) {
      if (Files.isRegularFile(corpus.resolve(capture))) {
        reasons.keySet().stream().filter(of -> of.startsWith(capture + " ")).forEach(stale::add);
        compare(capture, truth.getOrDefault(capture, Map.of()), reasons);
      }
    }
    StringBuilder report = new StringBuilder();
    tallies.forEach(
        (key, t) -> report.append("%s: %d of %d, ours %d%n".formatted(key, t[2], t[0], t[1])));
    assertThat(unexplained).as(report.toString()).isEmpty();
    assertThat(stale).as("explained, but equal").isEmpty();
    tallies.forEach((key, t) -> assertThat(t[2]).as(report.toString()).isEqualTo(t[0]));
    assertThat(Objects.requireNonNull(tallies.get("quic_sni"))[0]).isGreaterThan(120);
  }

  private Set<String> captures(Set<String> withTruth) throws IOException {
    Set<String> captures = new TreeSet<>(withTruth);
    for (String line : lines(corpus.resolve("truth/counts.tsv"))) {
      String path = line.substring(0, Math.max(0, line.indexOf('\t')));
      if (ALL || path.contains("quic")) {
        captures.add(path);
      }
    }
    return captures;
  }

  private void compare(String capture, Map<String, Set<String>> truth, Map<String, String> reasons)
      throws IOException {
    Map<String, Set<String>> said = said(capture);
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      boolean ofTshark = key.getKey().startsWith("quic") || key.getKey().startsWith("ja4");
      if (!ofTshark && !truth.containsKey(key.getKey())) {
        continue;
      }
      Set<String> theirs = truth.getOrDefault(key.getKey(), Set.of());
      Set<String> ours = said.getOrDefault(key.getValue(), Set.of());
      int[] tally = tallies.computeIfAbsent(key.getKey(), k -> new int[3]);
      tally[0] += theirs.size();
      tally[1] += ours.size();
      tally[2] += (int) theirs.stream().filter(ours::contains).count();
      String reason = capture + " " + key.getKey();
      if (!theirs.equals(ours) && !reasons.containsKey(reason)) {
        unexplained.add(reason + ": " + difference(theirs, ours));
      } else if (!theirs.equals(ours)) {
        stale.remove(reason);
      }
    }
  }

  private static String difference(Set<String> theirs, Set<String> ours) {
    Set<String> missing = new TreeSet<>(theirs);
    missing.removeAll(ours);
    Set<String> extra = new TreeSet<>(ours);
    extra.removeAll(theirs);
    String text = "missing " + missing + ", extra " + extra;
    return text.substring(0, Math.min(text.length(), MOST_SHOWN));
  }

  private Map<String, Set<String>> said(String capture) throws IOException {
    Map<String, Set<String>> said = new HashMap<>();
    for (QuicCapture.Flow flow : QuicCapture.of(corpus.resolve(capture)).flows) {
      RecordingReport report = flow.report;
      report.names.forEach(name -> add(said, "sni", name.substring("quic ".length())));
      for (String event : report.events) {
        JsonNode quic = JsonMapper.shared().readTree(event).get("quic");
        if (quic.has("version")) {
          add(said, "version", number(quic.get("version").asString()));
        }
        for (String key : List.of("ja4", "ua")) {
          if (quic.has(key)) {
            add(said, key, quic.get(key).asString());
          }
        }
        for (String key : List.of("ja3", "ja3s")) {
          if (quic.has(key)) {
            add(said, key, quic.get(key).get("hash").asString());
          }
        }
      }
    }
    return said;
  }

  private static void add(Map<String, Set<String>> to, String key, String value) {
    to.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
  }

  /** A version as tshark writes it. */
  private static String number(String version) {
    boolean isGoogle = version.startsWith("Q") || version.startsWith("T");
    String hex = isGoogle ? HexFormat.of().formatHex(version.getBytes(UTF_8)) : version;
    return "0x" + "0".repeat(8 - hex.length()) + hex;
  }

  private Map<String, Map<String, Set<String>>> truth() throws IOException {
    Map<String, Map<String, Set<String>>> truth = new HashMap<>();
    List<Path> tables = new ArrayList<>();
    try (Stream<Path> files = Files.list(corpus.resolve("truth/tshark"))) {
      files.forEach(tables::add);
    }
    tables.add(corpus.resolve("truth/expected_ja4.tsv"));
    tables.add(corpus.resolve("truth/expected_ndpi.tsv"));
    for (Path table : tables) {
      for (String line : lines(table)) {
        String[] row = line.split("\t", -1);
        if (row.length >= 4 && KEYS.containsKey(row[1]) && isOurs(row[0], row[1], row[2])) {
          Map<String, Set<String>> of = truth.computeIfAbsent(row[0], k -> new HashMap<>());
          add(of, row[1], row[2]);
        }
      }
    }
    return truth;
  }

  /** TLS is another analyser's; version 0 is negotiation, which is no version. */
  private static boolean isOurs(String capture, String key, String value) {
    return switch (key) {
      case "rust.ja4", "ja4_from_tshark_fields" -> value.startsWith("q");
      case "JA3C", "Hostname/SNI", "User-Agent" -> capture.startsWith("ndpi/pcap/quic");
      case "quic_version" -> !value.equals("0x00000000");
      default -> true;
    };
  }

  private static List<String> lines(Path table) throws IOException {
    return List.of(new String(Files.readAllBytes(table), UTF_8).split("\n", -1));
  }

  /** Reasons by capture and key. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new HashMap<>();
    try (InputStream in = QuicCorpusTest.class.getResourceAsStream("explained-differences.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
        String[] row = line.split("\t", -1);
        if (!line.startsWith("#") && row.length == 3) {
          for (String key : row[1].split(" ", -1)) {
            reasons.put(row[0] + " " + key, row[2]);
          }
        }
      }
    }
    return reasons;
  }
}
