package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tapwarden.capture.source.file.CaptureFiles;

/** The captures of {@code --each} and the directories that their results go to. */
final class EachCapture {
  private static final int LONGEST_NAME = 200;

  private EachCapture() {}

  /**
   * Every capture by itself; a directory gives those in it, in the order of first packets.
   *
   * @param skipped gets what else is in a directory
   */
  static List<Path> expand(List<Path> captures, Consumer<CaptureFiles.Skipped> skipped)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path capture : captures) {
      if (Files.isDirectory(capture)) {
        CaptureFiles.Expansion found = CaptureFiles.expand(List.of(capture.toString()));
        found.inputs().stream().map(Path::of).forEach(files::add);
        found.skipped().forEach(skipped);
      } else {
        files.add(capture);
      }
    }
    return files;
  }

  /** {@code 0001-case.pcap}; characters that are not visible become {@code _}. */
  static String directoryName(int number, Path capture) {
    Path fileName = capture.getFileName();
    String name = fileName == null ? "" : fileName.toString();
    if (capture.equals(ReplayRequest.STANDARD_INPUT)) {
      name = "stdin";
    }
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints()
        .limit(LONGEST_NAME)
        .forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '_' : c));
    return String.format(Locale.ROOT, "%04d-%s", number, safe);
  }
}
