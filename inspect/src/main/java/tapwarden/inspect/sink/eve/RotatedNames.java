package tapwarden.inspect.sink.eve;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for event logs that are put aside: {@code eve-20261123T101500-0001.json}. The number rises
 * by one from file to file and across restarts, so that names sort in the order of writing even
 * when time runs backwards, and none is used twice.
 */
final class RotatedNames {
  private static final Pattern ROTATED = Pattern.compile("eve-\\d{8}T\\d{6}-(\\d{4,9})\\.json.*");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path directory;
  private long number;

  RotatedNames(Path directory) throws IOException {
    this.directory = directory;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "eve-*.json*")) {
      for (Path entry : entries) {
        Matcher matcher = ROTATED.matcher(String.valueOf(entry.getFileName()));
        if (matcher.matches()) {
          number = Math.max(number, Long.parseLong(matcher.group(1)));
        }
      }
    }
  }

  /**
   * @param lastEventNanos packet time of the last event in the file
   */
  Path next(long lastEventNanos) {
    Instant time = Instant.ofEpochSecond(Math.floorDiv(lastEventNanos, 1_000_000_000L));
    Path path;
    do {
      number++;
      path = directory.resolve("eve-%s-%04d.json".formatted(STAMP.format(time), number));
    } while (Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    return path;
  }
}
