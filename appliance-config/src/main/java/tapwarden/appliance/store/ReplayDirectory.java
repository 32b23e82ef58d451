package tapwarden.appliance.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The log directory of a replay holds that replay alone: what an earlier replay left is removed,
 * and a directory with the log of a live run is refused, because that cannot be made again. Only
 * regular files with exactly the names that Tapwarden gives are touched.
 */
public final class ReplayDirectory {
  private static final Pattern ROTATED =
      Pattern.compile("eve-\\d{8}T\\d{6}-\\d{4,9}\\.json(\\.gz|\\.zst)?");
  private static final Pattern EVIDENCE = Pattern.compile("[a-z2-7]{26}\\.pcapng(\\.part)?");
  private static final Pattern QUARANTINE = Pattern.compile("frames\\.pcapng");
  private static final String LOG = "eve.json";

  /** How far into a log it is looked for where its events come from. */
  private static final int HEAD_BYTES = 64 << 10;

  private ReplayDirectory() {}

  /**
   * Makes the directory, or makes it ready for another replay.
   *
   * @throws IOException if it holds the log of a live run, or cannot be made ready
   */
  public static void prepare(Path directory) throws IOException {
    LogDirectoryMaker.make(directory);
    refuseLiveLogs(directory);
    Files.deleteIfExists(directory.resolve(LOG));
    Files.deleteIfExists(directory.resolve("coverage.json"));
    clean(directory.resolve("evidence"), EVIDENCE);
    clean(directory.resolve("quarantine"), QUARANTINE);
  }

  private static void refuseLiveLogs(Path directory) throws IOException {
    Path live = directory.resolve(LOG);
    boolean found = isLive(live);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        // A replay never puts its log aside.
        if (ROTATED.matcher(String.valueOf(entry.getFileName())).matches()) {
          live = entry;
          found = true;
        }
      }
    }
    if (found) {
      throw new IOException(
          live
              + " is the log of a live run: a replay would mix with it. Give another directory with"
              + " -l, or move it away");
    }
  }

  private static boolean isLive(Path log) throws IOException {
    if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(log, LinkOption.NOFOLLOW_LINKS)) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
      return head.contains("\"in_iface\":");
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static void clean(Path folder, Pattern names) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (names.matcher(String.valueOf(entry.getFileName())).matches()
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(entry);
        }
      }
    }
  }
}
