package tapwarden.inspect.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens files for writing where others may have been before: what is not a regular file (a symbolic
 * link, a FIFO, a device) is refused, and a new file is readable by its owner and group only.
 */
public final class LogDirectory {
  /** {@code rw-r-----}. */
  public static final Set<PosixFilePermission> FILE_MODE =
      Set.copyOf(PosixFilePermissions.fromString("rw-r-----"));

  private static final FileAttribute<?> FILE_ATTRIBUTE =
      PosixFilePermissions.asFileAttribute(FILE_MODE);
  private static final FileAttribute<?> DIRECTORY_ATTRIBUTE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

  private LogDirectory() {}

  /** Makes {@code directory} and its parents, mode 0750; nothing happens if it is there. */
  public static void create(Path directory) throws IOException {
    Files.createDirectories(directory, DIRECTORY_ATTRIBUTE);
  }

  /** Opens {@code file} to be read and written; makes it, mode 0640, if it is not there. */
  public static FileChannel openOrCreate(Path file) throws IOException {
    BasicFileAttributes before = attributes(file);
    if (before == null) {
      return create(file, StandardOpenOption.CREATE_NEW);
    }
    refuseUnlessRegular(file, before);
    // Reading as well: a FIFO that took the file's place meanwhile does not block the open then.
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    if (!isSameFile(file, before.fileKey())) {
      channel.close();
      throw new FileSystemException(file.toString(), null, "was replaced while it was opened");
    }
    return channel;
  }

  /** Opens {@code file} as an empty file, mode 0640; an old regular file is replaced. */
  public static FileChannel openEmpty(Path file) throws IOException {
    BasicFileAttributes before = attributes(file);
    if (before != null) {
      refuseUnlessRegular(file, before);
      Files.delete(file);
    }
    return create(file, StandardOpenOption.CREATE_NEW);
  }

  /** What tells the file at this path from another that takes its place; null if none is there. */
  public static @Nullable Object fileKey(Path file) throws IOException {
    BasicFileAttributes attributes = attributes(file);
    return attributes == null ? null : attributes.fileKey();
  }

  /** Whether {@code file} is still the regular file with this key. */
  public static boolean isSameFile(Path file, @Nullable Object key) throws IOException {
    BasicFileAttributes attributes = attributes(file);
    return attributes != null
        && attributes.isRegularFile()
        && Objects.equals(attributes.fileKey(), key);
  }

  private static FileChannel create(Path file, OpenOption createNew) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                createNew,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            FILE_ATTRIBUTE);
    // The process's umask may have taken the group's right away.
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      view.setPermissions(FILE_MODE);
    }
    return channel;
  }

  private static void refuseUnlessRegular(Path file, BasicFileAttributes attributes)
      throws FileSystemException {
    if (!attributes.isRegularFile()) {
      String kind =
          attributes.isSymbolicLink()
              ? "a symbolic link"
              : attributes.isDirectory() ? "a directory" : "a FIFO or device";
      throw new FileSystemException(
          file.toString(), null, "is " + kind + ", not a file; it is not written to");
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
