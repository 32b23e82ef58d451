package tapwarden.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.cases.Commands;

class ReplayDirectoryTest {
  private static final Path SAMPLE = Path.of("src/main/conf/sample");
  private static final String EVIDENCE = "evidence/abcdefghijklmnopqrstuvwxyz.pcapng";

  @TempDir Path work;

  private Path file(String name, String text) throws IOException {
    Path file = work.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      return all.filter(f -> Files.isRegularFile(f) || Files.isSymbolicLink(f))
          .map(f -> work.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void removesWhatAnEarlierReplayLeftAndNothingElse() throws IOException {
    file("eve.json", "{\"pcap_filename\":\"a.pcap\",\"event_type\":\"alert\"}\n");
    file("coverage.json", "{}");
    file(EVIDENCE, "");
    file(EVIDENCE + ".part", "");
    file("quarantine/frames.pcapng", "");
    file("notes.txt", "mine");
    file("evidence/mine.pcapng", "mine");
    file("quarantine/mine.txt", "mine");
    ReplayDirectory.prepare(work);
    assertThat(files()).containsExactly("evidence/mine.pcapng", "notes.txt", "quarantine/mine.txt");
  }

  @Test
  void refusesTheLogOfALiveRunAndLeavesItAlone() throws IOException {
    file("eve.json", "{\"in_iface\":\"eth1\",\"event_type\":\"alert\"}\n");
    file(EVIDENCE, "");
    assertThatThrownBy(() -> ReplayDirectory.prepare(work))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("eve.json is the log of a live run");
    assertThat(files()).containsExactly("eve.json", EVIDENCE);
  }

  @Test
  void refusesALogThatWasPutAsideBecauseOnlyLiveRunsDoThat() throws IOException {
    file("eve-20261123T101500-0001.json", "{}");
    assertThatThrownBy(() -> ReplayDirectory.prepare(work))
        .hasMessageContaining("eve-20261123T101500-0001.json");
  }

  @Test
  void followsNoLinkOutOfTheDirectory() throws IOException {
    Path outside = Files.createDirectories(work.resolve("outside"));
    file("outside/abcdefghijklmnopqrstuvwxyz.pcapng", "precious");
    Path log = Files.createDirectory(work.resolve("log"));
    Files.createSymbolicLink(log.resolve("evidence"), outside);
    ReplayDirectory.prepare(log);
    assertThat(outside.resolve("abcdefghijklmnopqrstuvwxyz.pcapng")).hasContent("precious");
  }

  @Test
  void aReplayIntoAnUsedDirectoryLeavesWhatAFreshOneDoes() throws IOException {
    Path clean = Files.writeString(work.resolve("empty.yaml"), "config-version: 1\n");
    Path site = SAMPLE.resolve("tapwarden.yaml");
    assertThat(replay(site)).isZero();
    assertThat(files()).filteredOn(name -> name.startsWith("out/evidence/")).hasSize(7);
    assertThat(replay(clean)).isZero();
    // Without the site's inventory and list only the camera of an excluded vendor is left.
    assertThat(files()).filteredOn(name -> name.startsWith("out/evidence/")).hasSizeLessThan(7);
    file("out/eve-20261123T101500-0001.json", "{}");
    assertThat(replay(site)).isEqualTo(1);
  }

  private int replay(Path configuration) {
    return Commands.run(
        "replay",
        SAMPLE.resolve("site.pcap").toString(),
        "-c",
        configuration.toString(),
        "-l",
        work.resolve("out").toString(),
        "-q");
  }
}
