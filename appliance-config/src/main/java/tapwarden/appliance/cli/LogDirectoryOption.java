package tapwarden.appliance.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which log directory is read. */
final class LogDirectoryOption {
  private static final Path SERVICE = Path.of("/var/log/tapwarden");

  @Option(
      names = {"-l", "--log-dir"},
      paramLabel = "DIR",
      description =
          "Log directory. Default: tapwarden-out/ in the working folder if there is one, else"
              + " /var/log/tapwarden.")
  private @Nullable Path directory;

  Path directory() {
    return directory(null);
  }

  /**
   * @param outer the same option of the command above, which holds unless this one is given
   */
  Path directory(@Nullable LogDirectoryOption outer) {
    if (directory != null) {
      return directory;
    }
    if (outer != null) {
      return outer.directory();
    }
    Path local = ReplayCommand.DEFAULT_LOG_DIRECTORY;
    return Files.isDirectory(local) ? local : SERVICE;
  }
}
