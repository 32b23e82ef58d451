package tapwarden.inspect.sink.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tapwarden.inspect.sink.LogDirectory;

/**
 * Completes the evidence that a process left unfinished because it was killed: cuts a file after
 * its last whole block and gives it its name. A file that another process writes is left alone; so
 * is everything that is not called as evidence is. Blocks are those of pcapng
 * (draft-ietf-opsawg-pcapng, section 3.1): type, length, body, and the length again.
 */
public final class EvidenceRecovery {
  private static final Pattern UNFINISHED =
      Pattern.compile("[a-z2-7]{26}" + Pattern.quote(EvidenceFile.UNFINISHED_SUFFIX));

  private static final int SECTION_HEADER = 0x0A0D_0D0A;
  private static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
  private static final int ENHANCED_PACKET = 6;
  private static final int LEAST_BLOCK_BYTES = 12;

  /** How far a file is whole. */
  private record Whole(long bytes, int frames) {}

  private EvidenceRecovery() {}

  /**
   * Recovers what is left over; to be called before evidence is recorded.
   *
   * @return what was done, a sentence for each file; a file that resists is said, too
   */
  public static List<String> recover(Path logDirectory) {
    List<String> said = new ArrayList<>();
    Path directory = logDirectory.resolve("evidence");
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return said;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (UNFINISHED.matcher(String.valueOf(entry.getFileName())).matches()
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          said.add(recoverOrSay(entry));
        }
      }
    } catch (IOException e) {
      said.add("unfinished evidence cannot be looked for: " + e);
    }
    said.sort(null);
    return said;
  }

  private static String recoverOrSay(Path file) {
    try (FileChannel channel = LogDirectory.openOrCreate(file)) {
      return isBeingWritten(channel)
          ? file + " is being written by another process and was left alone"
          : recover(file, channel);
    } catch (IOException e) {
      return "unfinished evidence cannot be recovered: " + e;
    }
  }

  private static boolean isBeingWritten(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException byUs) {
      return true;
    }
  }

  private static String recover(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    Whole whole = whole(channel, size);
    String name = file.getFileName().toString().replace(EvidenceFile.UNFINISHED_SUFFIX, ".pcapng");
    Path target = file.resolveSibling(name);
    if (whole.frames == 0) {
      Files.delete(file);
      return file + " was left unfinished without a whole frame and was removed";
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(file);
      return file + " was left unfinished and removed, because " + name + " is complete";
    }
    channel.truncate(whole.bytes);
    channel.force(true);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    String cut =
        whole.bytes == size
            ? ""
            : "; its last %,d bytes were no whole block".formatted(size - whole.bytes);
    return "%s was recovered: an earlier process left it unfinished, with %,d frames%s"
        .formatted(target, whole.frames, cut);
  }

  /** Walks over the blocks up to the first that is not whole. */
  private static Whole whole(FileChannel channel, long size) throws IOException {
    ByteBuffer ends = ByteBuffer.allocate(LEAST_BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long at = 0;
    int frames = 0;
    while (size - at >= LEAST_BLOCK_BYTES) {
      readFully(channel, ends.clear(), at);
      int type = ends.getInt(0);
      long length = ends.getInt(4) & 0xFFFF_FFFFL;
      boolean begins = type == SECTION_HEADER && ends.getInt(8) == BYTE_ORDER_MAGIC;
      if (length < LEAST_BLOCK_BYTES || length % 4 != 0 || length > size - at || begins != at < 1) {
        break;
      }
      readFully(channel, ends.clear().limit(4), at + length - 4);
      if ((ends.getInt(0) & 0xFFFF_FFFFL) != length) {
        break;
      }
      frames += type == ENHANCED_PACKET ? 1 : 0;
      at += length;
    }
    return new Whole(at, frames);
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, long at)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("became shorter while it was read");
      }
    }
  }
}
