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
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;

/**
 * Finds the captures that a person means by the arguments of a command. A file and {@code -} stand
 * for themselves, in the order given. A folder stands for every capture in it and in its subfolders
 * (symbolic links to folders are not followed), in the order of their first packets, then of their
 * paths; captures without a packet come last; whatever else is in it is left out and listed.
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

  /** What is in a folder and not read, and why. */
  public record Skipped(String path, String why) {}

  /**
   * What the arguments stand for.
   *
   * @param inputs captures to be read in this order; paths, or {@link #STANDARD_INPUT}
   * @param skipped what folders have beside captures
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
        String why = CaptureFormatException.reason(e);
        String named = path + " ";
        skipped.add(new Skipped(path, why.startsWith(named) ? why.substring(named.length()) : why));
      }
    }
    if (found.isEmpty()) {
      throw new CaptureFormatException(
          folder.toString(), "is a folder without a capture: name one that has some");
    }
    found.sort(Comparator.comparingLong(Found::firstNanos).thenComparing(Found::path));
    found.forEach(each -> inputs.add(each.path));
  }

  private List<Path> filesIn(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        MAX_FOLDER_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (files.size() + skipped.size() >= MAX_FOLDER_FILES) {
              throw new CaptureFormatException(
                  folder.toString(),
                  "has more than %,d files: name the captures or smaller folders"
                      .formatted(MAX_FOLDER_FILES));
            }
            String odd = whyNotRead(file, attributes);
            if (odd == null) {
              files.add(file);
            } else {
              skipped.add(new Skipped(file.toString(), odd));
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

  /** Null if it is a file, or a link to one. */
  private static @Nullable String whyNotRead(Path entry, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return "is a folder more than %d levels deep: name it".formatted(MAX_FOLDER_DEPTH);
    }
    if (Files.isRegularFile(entry)) {
      return null;
    }
    if (!attributes.isSymbolicLink()) {
      return "is a pipe, socket or device: name it to have it read";
    }
    return Files.isDirectory(entry)
        ? "is a link to a folder, which is not followed: name it"
        : "is a link that leads to no file";
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
