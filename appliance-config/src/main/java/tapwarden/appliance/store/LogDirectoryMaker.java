package tapwarden.appliance.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;

/** Makes a log directory, or says which path stands in the way, why, and what to do about it. */
public final class LogDirectoryMaker {
  private static final String REMEDY = " give another directory with -l";

  private LogDirectoryMaker() {}

  /**
   * Makes the directory and its parents; nothing happens if it is there and can be written.
   *
   * @throws IOException with a sentence for a person
   */
  public static void make(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IOException(sentence(directory, e), e);
    }
    if (!Files.isWritable(directory)) {
      throw new IOException(sentence(directory, new AccessDeniedException(directory.toString())));
    }
  }

  static String sentence(Path directory, IOException e) {
    return "the log directory " + directory + " cannot be used: " + cause(directory, e);
  }

  private static String cause(Path directory, IOException e) {
    for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(at)) {
        return at + " is not a directory; remove it, or" + REMEDY;
      }
    }
    return switch (e) {
      case AccessDeniedException denied ->
          ("%s cannot be written by the user %s (its permissions, or a disk that is mounted"
                  + " read-only); grant that, or%s")
              .formatted(denied.getFile(), System.getProperty("user.name"), REMEDY);
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason().toLowerCase(Locale.ROOT) + ";" + REMEDY;
      case FileSystemException other -> other.getFile() + " cannot be made;" + REMEDY;
      default -> e.getMessage() + ";" + REMEDY;
    };
  }
}
