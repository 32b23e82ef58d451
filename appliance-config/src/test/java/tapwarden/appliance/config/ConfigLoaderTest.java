package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.appliance.console.ConsoleOptions;
import tapwarden.capture.ring.RingOptions;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.stream.StreamOptions;

class ConfigLoaderTest {
  @TempDir Path directory;
  private ConfigFilesOnDisk files;

  @BeforeEach
  void openDirectory() {
    files = new ConfigFilesOnDisk(directory);
  }

  private static ConfigOverride set(String argument) {
    return Objects.requireNonNull(ConfigOverride.set(argument));
  }

  @Test
  void anEmptyFileGivesTheDefaultsThatTheModulesName() {
    LoadedConfig loaded = files.load("config-version: 1\n");
    assertThat(loaded.problems()).isEmpty();
    TapwardenConfig config = loaded.config();
    assertThat(config).hasToString(ConfigLoader.defaults().toString());
    assertThat(config.flow()).isEqualTo(FlowOptions.DEFAULT);
    assertThat(config.stream()).isEqualTo(StreamOptions.DEFAULT);
    assertThat(config.ring()).isEqualTo(RingOptions.DEFAULT);
    assertThat(config.evidence()).isEqualTo(EvidenceOptions.DEFAULT);
    assertThat(config.console()).isEqualTo(ConsoleOptions.DEFAULT);
    assertThat(config.networks().home().toString())
        .isEqualTo(
            "[10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, 169.254.0.0/16,"
                + " fc00::/7, fe80::/10]");
    assertThat(config.equipment()).isEmpty();
  }

  @Test
  void everyKeyReachesItsPlaceInTheConfiguration() throws IOException {
    files.write("c2.txt", "203.0.113.9\n");
    LoadedConfig loaded = files.load(resource("every-key.yaml"));
    assertThat(files.problems(loaded)).isEmpty();
    List<String> same = new ArrayList<>();
    collectUnchanged("", loaded.config(), ConfigLoader.defaults(), same);
    same.remove(".capture.each.interfaceName"); // the names are in capture.interfaces
    assertThat(same).as("options that no key in every-key.yaml changes").isEmpty();
  }

  @Test
  void everyKeyThatExistsIsInTheFileThatSetsAllOfThem() throws IOException {
    String text = resource("every-key.yaml");
    assertThat(ConfigLoader.keys())
        .allSatisfy(
            key -> assertThat(text).contains(key.substring(key.lastIndexOf('.') + 1) + ":"));
  }

  private static String resource(String name) throws IOException {
    try (var in = Objects.requireNonNull(ConfigLoaderTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Lists the options, at any depth, whose value is the default's. */
  private static void collectUnchanged(
      String path, Object value, Object fallback, List<String> same) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String below = path + "." + component.getName();
      Object own = read(component, value);
      Object other = fallback == null ? null : read(component, fallback);
      if (own instanceof Record && other != null) {
        collectUnchanged(below, own, other, same);
      } else if (own == null || own.toString().equals(String.valueOf(other)) || isEmpty(own)) {
        same.add(below);
      } else if (own instanceof List<?> list && list.getFirst() instanceof Record first) {
        collectUnchanged(below + "[0]", first, null, same);
      }
    }
  }

  private static boolean isEmpty(Object value) {
    return value instanceof Collection<?> items ? items.isEmpty() : "".equals(value);
  }

  private static Object read(RecordComponent component, Object owner) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFlagWinsOverTheEnvironmentOverTheOverlayOverTheFileOverTheDefault() {
    Path main =
        files.write(
            "tapwarden.yaml",
            """
            flow:
              capacity: 11000
              udp-new-timeout: 11s
              tcp-new-timeout: 11s
              tcp-closed-timeout: 11s
            """);
    files.write(
        "conf.d/10-site.yaml",
        "flow: { capacity: 12000, udp-new-timeout: 12s, tcp-new-timeout: 12s }\n");
    FlowOptions flow =
        files
            .load(
                main,
                Map.of("TAPWARDEN_FLOW_CAPACITY", "13000", "TAPWARDEN_FLOW_UDP_NEW_TIMEOUT", "13s"),
                set("flow.capacity=14000"))
            .config()
            .flow();
    assertThat(flow.capacity()).isEqualTo(14_000);
    assertThat(flow.udpNewTimeoutSeconds()).isEqualTo(13);
    assertThat(flow.tcpNewTimeoutSeconds()).isEqualTo(12);
    assertThat(flow.tcpClosedTimeoutSeconds()).isEqualTo(11);
    assertThat(flow.otherTimeoutSeconds()).isEqualTo(FlowOptions.DEFAULT.otherTimeoutSeconds());
  }

  @Test
  void overlaysAreReadInTheOrderOfTheirNames() {
    Path main = files.write("tapwarden.yaml", "");
    files.write("conf.d/20-b.yaml", "flow: { capacity: 20000 }\n");
    files.write("conf.d/10-a.yaml", "flow: { capacity: 10000 }\n");
    files.write("conf.d/30-c.yaml.disabled", "flow: { capacity: 30000 }\n");
    LoadedConfig loaded = files.load(main, Map.of());
    assertThat(loaded.config().flow().capacity()).isEqualTo(20_000);
    assertThat(loaded.files())
        .extracting(file -> directory.relativize(file).toString())
        .containsExactly("tapwarden.yaml", "conf.d/10-a.yaml", "conf.d/20-b.yaml");
  }

  @Test
  void equipmentOfSeveralFilesAddsUpAndAPolicyIsReplacedAsAWhole() {
    Path main =
        files.write(
            "tapwarden.yaml",
            """
            equipment: [{ id: a, match: { ip: 10.0.0.1 }, policy: p }]
            policies: { p: { learn-until: 2026-12-31, allow: [{ port: 1 }] } }
            """);
    Path more =
        files.write(
            "more.yaml",
            """
            equipment: [{ id: b, match: { ip: 10.0.0.2 } }]
            policies: { p: { allow: [{ port: 2 }] } }
            """);
    TapwardenConfig config =
        ConfigLoader.load(new ConfigRequest(main, List.of(more), List.of(), List.of(), Map.of()))
            .config();
    assertThat(config.equipment()).extracting(e -> e.id()).containsExactly("a", "b");
    assertThat(config.policies()).hasSize(1);
    assertThat(config.policies().getFirst().learnUntil()).isNull();
    assertThat(config.policies().getFirst().allow())
        .extracting(allow -> allow.portFrom())
        .containsExactly(2);
  }

  @Test
  void aFileOfEquipmentMayHoldNothingElse() {
    Path more = files.write("more.yaml", "flow: { capacity: 5000 }\n");
    LoadedConfig loaded =
        ConfigLoader.load(
            new ConfigRequest(
                files.write("tapwarden.yaml", ""), List.of(more), List.of(), List.of(), Map.of()));
    assertThat(files.problems(loaded))
        .startsWith("more.yaml:1:1: error: unknown key in a file of equipment 'flow'\n");
    assertThat(loaded.config().flow()).isEqualTo(FlowOptions.DEFAULT);
  }

  @Test
  void aListOfAFlagReplacesTheListOfTheFile() {
    Path main = files.write("tapwarden.yaml", "networks: { home: [10.0.0.0/8] }\n");
    TapwardenConfig config =
        files.load(main, Map.of(), set("networks.home=[192.0.2.0/24]")).config();
    assertThat(config.networks().home().toString()).isEqualTo("[192.0.2.0/24]");
  }

  @Test
  void anEmptyListOfHomeNetworksIsNotTheDefault() {
    assertThat(files.load("networks: { home: [] }\n").config().networks().home()).isEmpty();
  }

  @Test
  void aMisspelledVariableIsSaid() {
    LoadedConfig loaded =
        files.load(files.write("tapwarden.yaml", ""), Map.of("TAPWARDEN_FLOW_CAPASITY", "5000"));
    assertThat(files.problems(loaded))
        .startsWith(
            "TAPWARDEN_FLOW_CAPASITY: warning: this environment variable sets no key;"
                + " did you mean 'TAPWARDEN_FLOW_CAPACITY'?\n");
    assertThat(loaded.hasErrors()).isFalse();
  }

  @Test
  void relativePathsOfListsStartAtTheFileThatNamesThem() {
    files.write("lists/c2.txt", "203.0.113.9\n");
    LoadedConfig loaded = files.load("indicators: [{ file: lists/c2.txt }]\n");
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config().indicators().getFirst().file())
        .isEqualTo(directory.resolve("lists/c2.txt"));
  }

  @Test
  void aMissingListIsAnErrorAtItsPlace() {
    LoadedConfig loaded = files.load("indicators:\n  - { file: none.txt, format: plain }\n");
    assertThat(files.problems(loaded))
        .startsWith("tapwarden.yaml:2:13: error: there is no file none.txt\n");
  }

  @Test
  void refusesAFileThatAnybodyMayWrite() throws IOException {
    Path file = files.write("tapwarden.yaml", "flow: { capacity: 5000 }\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    LoadedConfig loaded = ConfigLoader.load(ConfigRequest.of(file));
    assertThat(files.problems(loaded))
        .startsWith("tapwarden.yaml: error: anybody on this machine may write it");
    assertThat(loaded.config().flow()).isEqualTo(FlowOptions.DEFAULT);
  }

  @Test
  void refusesAnOverlayDirectoryThatAnybodyMayWrite() throws IOException {
    Path main = files.write("tapwarden.yaml", "");
    files.write("conf.d/a.yaml", "");
    Files.setPosixFilePermissions(
        directory.resolve("conf.d"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(ConfigLoader.load(ConfigRequest.of(main)).hasErrors()).isTrue();
  }

  @Test
  void aFileThatWasAskedForMustExist() {
    LoadedConfig loaded = ConfigLoader.load(ConfigRequest.of(directory.resolve("none.yaml")));
    assertThat(files.problems(loaded)).isEqualTo("none.yaml: error: no such file\n");
  }

  @Test
  void wrongKindsOfValuesAreSaidInWords() {
    LoadedConfig loaded =
        files.load("flow: 3\nequipment: { a: 1 }\nring: { workers: [1] }\nindicators: [c2.txt]\n");
    assertThat(loaded.problems())
        .extracting(ConfigProblem::message)
        .containsExactly(
            "'flow' must be a section with keys",
            "'equipment' must be a list, each entry after a '-'",
            "'workers' must be a single value, not a list",
            "an entry of 'indicators' must be a section, not a single value");
  }

  @Test
  void aKeyWithoutAValueKeepsItsDefault() {
    LoadedConfig loaded = files.load("flow:\n  capacity:\nring:\n");
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.config()).hasToString(ConfigLoader.defaults().toString());
  }

  @Test
  void aListenAddressThatOthersReachIsWarnedOf() {
    LoadedConfig loaded = files.load("console: { listen: 0.0.0.0 }\n");
    assertThat(loaded.hasErrors()).isFalse();
    assertThat(loaded.problems()).hasSize(1);
    assertThat(loaded.config().console().listen()).isEqualTo("0.0.0.0");
  }
}
