package tapwarden.inspect.sink;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Deletes the oldest event logs and evidence of a log directory until age, total size, number and
 * free disk are within {@link RetentionOptions}. Only regular files with exactly the names that the
 * sinks give are touched, links are not followed, and {@code eve.json} is none of them. Nothing is
 * thrown; what cannot be deleted is counted. Used by one thread, not the one that inspects.
 */
public final class Retention {
  private static final Pattern LOG =
      Pattern.compile("eve-\\d{8}T\\d{6}-\\d{4,9}\\.json(\\.gz|\\.zst)?");
  private static final Pattern EVIDENCE = Pattern.compile("[a-z2-7]{26}\\.pcapng");
  private static final Pattern UNFINISHED = Pattern.compile("[a-z2-7]{26}\\.pcapng\\.part");

  /** Age at which an unfinished evidence file is one that a process left behind. */
  private static final long ABANDONED_MILLIS = 86_400_000L;

  private final Path directory;
  private final RetentionOptions options;
  private final Clock clock;
  private final Space space;
  private final CounterBlock counters;
  private final Trouble trouble = new Trouble(Retention.class);

  /** How much room a disk has. */
  @FunctionalInterface
  interface Space {
    /** Bytes usable by us, in per cent of all. */
    double freePercent(Path directory) throws IOException;
  }

  private record Old(Path path, long bytes, long changedMillis) {}

  /**
   * @param clock the wall clock: how old a file is has nothing to do with packets
   */
  public Retention(
      Path logDirectory, RetentionOptions options, Clock clock, CounterBlock counters) {
    this(logDirectory, options, clock, Retention::freePercent, counters);
  }

  Retention(
      Path logDirectory,
      RetentionOptions options,
      Clock clock,
      Space space,
      CounterBlock counters) {
    directory = logDirectory;
    this.options = options;
    this.clock = clock;
    this.space = space;
    this.counters = counters;
  }

  /**
   * Looks once and deletes what is too much.
   *
   * @return how many files were deleted
   */
  public int enforce() {
    try {
      return enforceOrThrow();
    } catch (IOException e) {
      error(directory, e);
      return 0;
    }
  }

  private int enforceOrThrow() throws IOException {
    long now = clock.millis();
    List<Old> files = new ArrayList<>();
    collect(directory, LOG, 0, now, files);
    collect(directory.resolve("evidence"), EVIDENCE, 0, now, files);
    collect(directory.resolve("evidence"), UNFINISHED, ABANDONED_MILLIS, now, files);
    files.sort(
        Comparator.comparingLong(Old::changedMillis).thenComparing(old -> old.path().toString()));
    long bytes = files.stream().mapToLong(Old::bytes).sum();
    int left = files.size();
    int deleted = 0;
    for (Old oldest : files) {
      boolean tooOld =
          !options.maxAge().isZero() && now - oldest.changedMillis() > options.maxAge().toMillis();
      if (!tooOld
          && left <= options.maxFiles()
          && bytes <= options.maxTotalBytes()
          && space.freePercent(directory) >= options.minFreePercent()) {
        return deleted;
      }
      deleted += delete(oldest.path()) ? 1 : 0;
      // Counted as gone even if it is not: younger files shall not pay for one that cannot go.
      bytes -= oldest.bytes();
      left--;
    }
    return deleted;
  }

  private void collect(Path folder, Pattern names, long minAgeMillis, long now, List<Old> files)
      throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (names.matcher(String.valueOf(entry.getFileName())).matches()) {
          add(entry, minAgeMillis, now, files);
        }
      }
    }
  }

  private void add(Path entry, long minAgeMillis, long now, List<Old> files) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      long changed = attributes.lastModifiedTime().toMillis();
      if (attributes.isRegularFile() && now - changed >= minAgeMillis) {
        files.add(new Old(entry, attributes.size(), changed));
      }
    } catch (NoSuchFileException e) {
      return; // completed or deleted since the folder was listed
    } catch (IOException e) {
      error(entry, e);
    }
  }

  private boolean delete(Path file) {
    try {
      Files.delete(file);
      counters.increment(Counter.RETENTION_DELETED);
      return true;
    } catch (IOException e) {
      error(file, e);
      return false;
    }
  }

  private void error(Path file, IOException e) {
    counters.increment(Counter.RETENTION_ERRORS);
    trouble.say("retention", "old files cannot be examined or deleted: " + file + ": " + e);
  }

  private static double freePercent(Path directory) throws IOException {
    var store = Files.getFileStore(directory);
    long total = store.getTotalSpace();
    return total <= 0 ? 100 : 100.0 * store.getUsableSpace() / total;
  }
}
