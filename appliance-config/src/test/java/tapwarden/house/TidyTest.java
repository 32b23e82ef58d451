package tapwarden.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code tests itself: what a reviewer would otherwise have to say again and again. */
class TidyTest {
  private static final int MOST_LINES = 500;
  private static final long MOST_BYTES = 1 << 20;

  /** A word that must not be in main code, and what to do instead. */
  private static final Map<Pattern, String> BANNED =
      Map.of(
          Pattern.compile("\\b(TODO|FIXME|XXX:)"), "finish it, or say it in the note",
          Pattern.compile("Thread\\.sleep"), "wait for an event, or park with a bound",
          Pattern.compile("printStackTrace"), "log it or count it",
          Pattern.compile("sun\\.misc\\.Unsafe"), "use MemorySegment",
          Pattern.compile("\\bsendPacket\\b"), "a tap never sends",
          Pattern.compile("@SuppressWarnings\\(\"all\"\\)"), "name the warning");

  private static final Path ROOT = root();

  @Test
  void noSourceFileIsLongerThanAReaderCanHold() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources("src/main", "src/test")) {
      long lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        tooLong.add(ROOT.relativize(file) + " has " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void mainCodeHasNoBannedWords() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources("src/main")) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        for (Map.Entry<Pattern, String> rule : BANNED.entrySet()) {
          if (rule.getKey().matcher(lines.get(i)).find()) {
            found.add(
                ROOT.relativize(file)
                    + ":"
                    + (i + 1)
                    + ": "
                    + rule.getKey()
                    + ": "
                    + rule.getValue());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    Set<Path> without = new TreeSet<>();
    for (Path file : sources("src/main")) {
      Path folder = Optional.ofNullable(file.getParent()).orElse(file);
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
        without.add(ROOT.relativize(folder));
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void noMachinePathOrHugeFileIsInTheTree() throws IOException {
    Pattern machinePath = Pattern.compile("(^|[^A-Za-z0-9_.])/(work|farm|root|home)/");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(TidyTest::isOurs).toList()) {
        if (Files.size(file) > MOST_BYTES) {
          found.add(ROOT.relativize(file) + " is larger than " + MOST_BYTES + " bytes");
        }
        if (file.toString().matches(".*\\.(java|md|xml|ya?ml|sh)")
            && machinePath.matcher(Files.readString(file, StandardCharsets.UTF_8)).find()
            && !file.endsWith("TidyTest.java")) {
          found.add(ROOT.relativize(file) + " names a path of somebody's machine");
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyParserOfHostileInputHasAFuzzTestWithSeeds() throws IOException {
    Set<String> fuzzTests =
        sources("src/test").stream()
            .map(p -> p.getFileName().toString())
            .filter(n -> n.endsWith("FuzzTest.java"))
            .map(n -> n.substring(0, n.length() - ".java".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(fuzzTests).containsAll(FuzzList.REQUIRED);
    assertThat(FuzzList.REQUIRED).as("every fuzz test is on the list").containsAll(fuzzTests);
    for (String name : fuzzTests) {
      try (Stream<Path> files = Files.walk(ROOT)) {
        List<Path> seeds =
            files
                .filter(TidyTest::isOurs)
                .filter(p -> p.toString().contains("/" + name + "Inputs/"))
                .toList();
        assertThat(seeds).as("seeds of " + name).hasSizeGreaterThanOrEqualTo(3);
      }
    }
  }

  @Test
  void changelogIsKept() throws IOException {
    String changelog = Files.readString(ROOT.resolve("CHANGELOG.md"));
    assertThat(changelog).startsWith("# Changelog").contains("## [Unreleased]");
  }

  private static List<Path> sources(String... kinds) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String module : List.of("capture", "inspect", "appliance-config", "benchmarks")) {
      for (String kind : kinds) {
        Path folder = ROOT.resolve(module).resolve(kind).resolve("java");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files.filter(f -> f.toString().endsWith(".java")).forEach(all::add);
          }
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(50);
    return all;
  }

  private static boolean isOurs(Path file) {
    String path = ROOT.relativize(file).toString();
    return Files.isRegularFile(file)
        && !path.startsWith(".git/")
        && !path.contains("target/")
        && !path.startsWith("tapwarden-out")
        && !path.startsWith("perf-captures");
  }

  private static Path root() {
    String given = System.getenv("TAPWARDEN_ROOT");
    return given == null ? Path.of("").toAbsolutePath().getParent() : Path.of(given);
  }
}
