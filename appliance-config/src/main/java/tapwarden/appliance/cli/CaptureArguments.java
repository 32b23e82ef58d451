package tapwarden.appliance.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The captures that a command line names. */
final class CaptureArguments {
  @Parameters(
      arity = "0..*",
      paramLabel = "CAPTURE",
      description =
          "pcap or pcapng file, also compressed (.gz .zst .lz4 .xz); a directory of such files, in"
              + " the order of their first packets; or - for standard input.")
  private List<Path> captures = new ArrayList<>();

  @Option(
      names = "--file-list",
      paramLabel = "FILE",
      description = "Reads the captures' paths from FILE, one a line.")
  private @Nullable Path fileList;

  /** At least one capture, in the order given; those of the list come last. */
  List<Path> all(CommandLine command) throws IOException {
    List<Path> all = new ArrayList<>(captures);
    if (fileList != null) {
      try (BufferedReader lines = open(fileList)) {
        lines.lines().filter(line -> !line.isBlank()).map(Path::of).forEach(all::add);
      } catch (java.nio.file.NoSuchFileException e) {
        throw new CommandLine.ParameterException(command, "there is no file " + fileList);
      }
    }
    if (all.isEmpty()) {
      throw new CommandLine.ParameterException(command, "name at least one CAPTURE");
    }
    return all;
  }

  private static BufferedReader open(Path file) throws IOException {
    return file.equals(ReplayRequest.STANDARD_INPUT)
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(file, StandardCharsets.UTF_8);
  }
}
