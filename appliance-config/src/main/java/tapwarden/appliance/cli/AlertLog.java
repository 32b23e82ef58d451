package tapwarden.appliance.cli;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The alerts of a log directory: {@code eve.json} and the files it was rotated to, read as a stream
 * with one line in memory.
 */
final class AlertLog {
  static final String CURRENT = "eve.json";

  /** A longer line is no line of ours. */
  static final int LONGEST_LINE = 1 << 20;

  private static final byte[] ALERT =
      "\"event_type\":\"alert\"".getBytes(StandardCharsets.US_ASCII);

  private final Path directory;
  private long skipped;

  AlertLog(Path directory) {
    this.directory = directory;
  }

  /** Lines that could not be read: too long, cut off, or not JSON. */
  long skipped() {
    return skipped;
  }

  /** The files of the log, rotated ones first, in the order of their names. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "eve*.json*")) {
      for (Path file : found) {
        if (Files.isRegularFile(file) && !file.endsWith(CURRENT)) {
          files.add(file);
        }
      }
    }
    files.sort(null);
    Path current = directory.resolve(CURRENT);
    if (Files.exists(current)) {
      files.add(current);
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(current.toString());
    }
    return files;
  }

  /** Hands every revision of every alert to {@code consumer}. */
  void read(Consumer<LoggedAlert> consumer) throws IOException {
    for (Path file : files()) {
      try (InputStream in = open(file)) {
        Lines lines = new Lines(LONGEST_LINE);
        byte[] block = new byte[1 << 16];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          lines.add(block, read, (line, length) -> alert(line, length, consumer));
        }
        skipped += lines.tooLong();
      } catch (NoSuchFileException rotatedAway) {
        // retention or rotation took it between listing and opening
      }
    }
  }

  /** Reads a line if it is an alert; cheap for every other line. */
  void alert(byte[] line, int length, Consumer<LoggedAlert> consumer) {
    if (!contains(line, length, ALERT)) {
      return;
    }
    LoggedAlert alert = LoggedAlert.read(line, 0, length);
    if (alert == null) {
      skipped++;
    } else {
      consumer.accept(alert);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    String name = file.toString();
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(in, 1 << 16);
    }
    return name.endsWith(".zst") ? new ZstdInputStream(in) : in;
  }

  private static boolean contains(byte[] line, int length, byte[] wanted) {
    for (int i = 0; i <= length - wanted.length; i++) {
      int j = 0;
      while (j < wanted.length && line[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
