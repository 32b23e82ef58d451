package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tapwarden.appliance.config.ConfigLoader;
import tapwarden.appliance.config.ConfigOverride;
import tapwarden.appliance.config.ConfigRequest;
import tapwarden.appliance.config.LoadedConfig;
import tapwarden.appliance.ops.SelftestCase;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Signature;

/**
 * Runs a self-test the way a user would: capture, list and configuration are files, the whole
 * engine replays them, and the alerts come out at the end.
 */
final class SelftestRunner {
  /** Small tables: a test of a few frames needs no memory for a million flows. */
  private static final List<ConfigOverride> SMALL =
      List.of(
          Objects.requireNonNull(ConfigOverride.set("flow.capacity=1000")),
          Objects.requireNonNull(ConfigOverride.set("identity.macs=1000")),
          Objects.requireNonNull(ConfigOverride.set("identity.addresses=1000")));

  private final CommandServices services;

  SelftestRunner(CommandServices services) {
    this.services = services;
  }

  /** What went wrong in one sentence; empty if nothing did. */
  String run(SelftestCase test) {
    try {
      Path directory =
          Files.createTempDirectory(
              "tapwarden-selftest",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        return run(test, directory);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      return "failed: " + Objects.toString(e.getMessage(), e.getClass().getSimpleName());
    }
  }

  private String run(SelftestCase test, Path directory) throws IOException {
    Path capture = directory.resolve("selftest.pcap");
    Path configuration = directory.resolve("tapwarden.yaml");
    Path list = directory.resolve("list.txt");
    test.traffic().writePcap(capture);
    Files.writeString(configuration, test.configuration(), StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
    Files.write(list, test.indicators(), StandardCharsets.UTF_8);
    LoadedConfig loaded =
        ConfigLoader.load(
            new ConfigRequest(configuration, List.of(), List.of(list), SMALL, Map.of()));
    if (loaded.hasErrors()) {
      return "its configuration is invalid: " + loaded.problems().getFirst().message();
    }
    Set<Signature> signatures = EnumSet.noneOf(Signature.class);
    Set<String> ids = new HashSet<>();
    SessionListener listener =
        new SessionListener() {
          @Override
          public void alert(Alert alert) {
            signatures.add(alert.finding().signature());
            ids.add(alert.id());
          }
        };
    ReplayRequest request =
        new ReplayRequest(
            loaded.config(), List.of(capture), directory.resolve("out"), null, false, false);
    Coverage coverage = services.replay(request, listener).coverage();
    return difference(test, List.copyOf(signatures), ids.size(), coverage);
  }

  private static String difference(
      SelftestCase test, List<Signature> signatures, int alerts, Coverage coverage) {
    long inspected = coverage.frames().inspected();
    int forged = test.traffic().frames().size();
    if (inspected != forged) {
      return inspected + " of " + forged + " frames were inspected";
    }
    if (!signatures.equals(test.expected()) || alerts != test.expected().size()) {
      return "expected " + names(test.expected()) + ", got " + names(signatures);
    }
    return "";
  }

  private static String names(List<Signature> signatures) {
    return signatures.isEmpty()
        ? "no alert"
        : String.join(" and ", signatures.stream().map(s -> "'" + s.text() + "'").toList());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
