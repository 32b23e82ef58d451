package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Every folder under {@code src/test/cases/<word>/<case>}: the input is replayed with the case's
 * configuration by the real command, with one worker and with three. {@code expected.jsonl} has one
 * line an alert, in the order of the first revisions; each field in it must be in the alert's last
 * revision. No line means that there must be no alert. {@code expected-<type>.jsonl} says the same
 * of all events of that type.
 */
class CasesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path CASES = Path.of("src/test/cases");

  @TempDir Path work;

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.walk(CASES)) {
      folders =
          files.filter(f -> f.endsWith("expected.jsonl")).map(Path::getParent).sorted().toList();
    }
    assertThat(folders).hasSizeGreaterThan(10);
    return folders.stream()
        .map(f -> DynamicTest.dynamicTest(CASES.relativize(f).toString(), () -> check(f)));
  }

  private void check(Path folder) throws IOException {
    assertThat(folder.resolve("README.md")).exists();
    Path input = input(folder);
    List<JsonNode> expected = lines(folder.resolve("expected.jsonl"));
    for (String workers : List.of("1", "3")) {
      Path out = Files.createTempDirectory(work, "out");
      int code =
          Commands.run(
              "replay",
              input.toString(),
              "-c",
              folder.resolve("tapwarden.yaml").toString(),
              "-l",
              out.toString(),
              "--workers",
              workers,
              "-q");
      assertThat(code).as("exit code").isZero();
      Map<String, JsonNode> alerts = new LinkedHashMap<>();
      List<JsonNode> events = lines(out.resolve("eve.json"));
      for (String type : typesExpected(folder)) {
        assertEvents(folder, type, events, workers);
      }
      for (JsonNode event : events) {
        if (event.path("event_type").asString().equals("alert")) {
          alerts.put(event.path("tapwarden").path("id").asString(), event);
        }
      }
      assertThat(alerts.values()).as("alerts with %s workers", workers).hasSameSizeAs(expected);
      List<JsonNode> got = new ArrayList<>(alerts.values());
      for (int i = 0; i < expected.size(); i++) {
        assertContains(got.get(i), expected.get(i), "alert " + (i + 1));
      }
    }
  }

  private static List<String> typesExpected(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("expected-") && name.endsWith(".jsonl"))
          .map(name -> name.substring("expected-".length(), name.length() - ".jsonl".length()))
          .sorted()
          .toList();
    }
  }

  private static void assertEvents(Path folder, String type, List<JsonNode> events, String workers)
      throws IOException {
    List<JsonNode> expected = lines(folder.resolve("expected-" + type + ".jsonl"));
    List<JsonNode> got =
        events.stream().filter(e -> e.path("event_type").asString().equals(type)).toList();
    assertThat(got).as("%s events with %s workers", type, workers).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertContains(got.get(i), expected.get(i), type + " event " + (i + 1));
    }
  }

  private Path input(Path folder) throws IOException {
    Path pcap = folder.resolve("input.pcap");
    if (Files.exists(pcap)) {
      return pcap;
    }
    List<ForgedFrame> frames =
        ForgeScript.frames(Files.readAllLines(folder.resolve("input.forge")));
    Path made = Files.createTempDirectory(work, "input").resolve("input.pcap");
    try (PcapWriter writer =
        new PcapWriter(
            FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            LinkType.ETHERNET)) {
      for (ForgedFrame frame : frames) {
        writer.write(frame.timestampNanos(), frame.bytes());
      }
    }
    return made;
  }

  private static void assertContains(JsonNode actual, JsonNode expected, String where) {
    if (expected.isObject()) {
      for (Map.Entry<String, JsonNode> field : expected.properties()) {
        assertContains(actual.path(field.getKey()), field.getValue(), where + "." + field.getKey());
      }
    } else {
      assertThat(actual).as(where).isEqualTo(expected);
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        nodes.add(JSON.readTree(line));
      }
    }
    return nodes;
  }
}
