package tapwarden.appliance.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Writes configuration files for a test and loads them. */
final class ConfigFilesOnDisk {
  private final Path directory;

  ConfigFilesOnDisk(Path directory) {
    this.directory = directory;
  }

  Path write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-x---"));
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loads this text as the main file. */
  LoadedConfig load(String text) {
    return ConfigLoader.load(ConfigRequest.of(write("tapwarden.yaml", text)));
  }

  LoadedConfig load(Path file, Map<String, String> environment, ConfigOverride... overrides) {
    return ConfigLoader.load(
        new ConfigRequest(file, List.of(), List.of(), List.of(overrides), environment));
  }

  /** All problems as they are printed, with the directory's name left out. */
  String problems(LoadedConfig loaded) {
    StringBuilder out = new StringBuilder();
    loaded.problems().forEach(problem -> out.append(problem.render()));
    return out.toString().replace(directory + "/", "");
  }
}
