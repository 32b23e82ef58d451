package tapwarden.capture.source.file;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;

/**
 * Finds the captures that a person means by the arguments of a command. A file and {@code -} stand
 * for themselves, in the order given. A folder stands for every capture in it and in its subfolders
 * (symbolic links to folders are not followed), in the order of their first packets, then of their
 * paths; captures without a packet come last; files that are no captures are left out and listed.
 */
public final class CaptureFiles {
  /** The argument that means standard input. */
  public static final String STANDARD_INPUT = "-";

  /** Most files that are looked at in one folder; more is refused. */
  public static final int MAX_FOLDER_FILES = 100_000;

  /** Most levels of subfolders. */
  public static final int MAX_FOLDER_DEPTH = 32;

  private static final ReadableByteChannel NOTHING =
      Channels.newChannel(java.io.InputStream.nullInputStream());

  private final FrameBatch batch = new FrameBatch(1, FrameBatch.MAX_FRAME_BYTES);
  private final ByteWindow window = new ByteWindow(NOTHING);
  private final InputDigest noDigest = new InputDigest(false);
  private final List<String> inputs = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /** A file in a folder that is not read, and why. */
  public record Skipped(String path, String why) {}

  /**
   * What the arguments stand for.
   *
   * @param inputs captures to be read in this order; paths, or {@link #STANDARD_INPUT}
   * @param skipped files in folders that are no captures
   */
  public record Expansion(List<String> inputs, List<Skipped> skipped) {
    public Expansion {
      inputs = List.copyOf(inputs);
      skipped = List.copyOf(skipped);
    }
  }

  private record Found(String path, long firstNanos) {}

  private CaptureFiles() {}

  /**
   * Expands {@code arguments} and makes sure that each capture named can be opened.
   *
   * @throws CaptureFormatException if one cannot, if a folder has no capture, or if standard input
   *     is named twice
   */
  public static Expansion expand(List<String> arguments) throws IOException {
    CaptureFiles files = new CaptureFiles();
    for (String argument : arguments) {
      files.add(argument);
    }
    return new Expansion(files.inputs, files.skipped);
  }

  private void add(String argument) throws IOException {
    if (argument.equals(STANDARD_INPUT)) {
      if (inputs.contains(STANDARD_INPUT)) {
        throw new CaptureFormatException(
            "standard input", "is named twice, but can be read only once: name '-' once");
      }
      inputs.add(argument);
    } else if (isFolder(argument)) {
      addFolder(Path.of(argument));
    } else {
      if (isSeekable(argument)) {
        firstNanos(argument);
      }
      inputs.add(argument);
    }
  }

  private static boolean isFolder(String argument) {
    return argument.indexOf('\0') < 0 && Files.isDirectory(Path.of(argument));
  }

  /** A named pipe can be read only once, so it is not looked at before. */
  private static boolean isSeekable(String argument) {
    return argument.indexOf('\0') >= 0
        || !Files.exists(Path.of(argument))
        || Files.isRegularFile(Path.of(argument));
  }

  private void addFolder(Path folder) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path file : filesIn(folder)) {
      String path = file.toString();
      try {
        found.add(new Found(path, firstNanos(path)));
      } catch (CaptureFormatException e) {
        skipped.add(new Skipped(path, CaptureFormatException.reason(e)));
      }
    }
    if (found.isEmpty()) {
      throw new CaptureFormatException(
          folder.toString(), "is a folder without a capture: name one that has some");
    }
    found.sort(Comparator.comparingLong(Found::firstNanos).thenComparing(Found::path));
    found.forEach(each -> inputs.add(each.path));
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        MAX_FOLDER_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (files.size() == MAX_FOLDER_FILES) {
              throw new CaptureFormatException(
                  folder.toString(),
                  "has more than %,d files: name the captures or smaller folders"
                      .formatted(MAX_FOLDER_FILES));
            }
            if (Files.isRegularFile(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            throw new CaptureFormatException(
                file.toString(), "cannot be read: check its permissions (" + e.getMessage() + ")");
          }
        });
    files.sort(Comparator.naturalOrder());
    return files;
  }

  /** Stamp of the first frame; the largest number if there is none. */
  private long firstNanos(String path) throws IOException {
    try (OpenInput input = OpenInput.file(path, window, new InterfaceList(), noDigest)) {
      batch.clear();
      int read = 0;
      while (read == 0) {
        read = input.reader().read(batch);
      }
      return read == PacketSource.END ? Long.MAX_VALUE : batch.timestampNanos(0);
    }
  }
}
