package tapwarden.inspect.sink.eve;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.sink.LogDirectory;

/**
 * One open file of lines in which every line is whole: a line that was written in part, by this
 * process or by one that died, is cut off again.
 */
final class EveLogFile implements Closeable {
  private static final int TAIL_BLOCK_BYTES = 64 << 10;

  /** Longest piece in which lines are copied; no line is longer. */
  private static final int COPY_BYTES = 16 << 20;

  /** How a file is opened to be read and written. */
  @FunctionalInterface
  interface Opener {
    FileChannel open(Path path) throws IOException;
  }

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object fileKey;
  private final long cutBytes;
  private long end;
  private long synced;
  private @Nullable IOException failure;

  private EveLogFile(
      Path path, FileChannel channel, @Nullable Object fileKey, long size, long end) {
    this.path = path;
    this.channel = channel;
    this.fileKey = fileKey;
    this.end = end;
    this.synced = end;
    this.cutBytes = size - end;
  }

  /** Opens or makes the file; what follows the last line end is cut off. */
  static EveLogFile open(Path path, Opener opener) throws IOException {
    FileChannel channel = opener.open(path);
    try {
      long size = channel.size();
      long end = endOfLastLine(channel, size);
      if (end < size) {
        channel.truncate(end);
      }
      return new EveLogFile(path, channel, LogDirectory.fileKey(path), size, end);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Bytes of an unfinished line that were cut off when the file was opened. */
  long cutBytes() {
    return cutBytes;
  }

  /** Bytes of whole lines in the file. */
  long size() {
    return end;
  }

  /** Why the last {@link #append} did not write everything; null if it did. */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * Appends lines, each with its line end.
   *
   * @return bytes of whole lines that are in the file now; if fewer than {@code count}, {@link
   *     #failure()} says why
   */
  int append(byte[] lines, int count) {
    int written = 0;
    failure = null;
    try {
      settle();
      ByteBuffer buffer = ByteBuffer.wrap(lines, 0, count);
      while (written < count) {
        int n = channel.write(buffer, end + written);
        if (n <= 0) {
          throw new IOException("nothing could be written");
        }
        written += n;
      }
    } catch (IOException e) {
      failure = e;
    }
    int whole = written;
    while (whole > 0 && lines[whole - 1] != '\n') {
      whole--;
    }
    end += whole;
    if (whole < written) {
      cutTornLine();
    }
    return whole;
  }

  /** Whether the path still leads to this file: not when somebody moved or removed it. */
  boolean isInPlace() throws IOException {
    return LogDirectory.isSameFile(path, fileKey);
  }

  void sync() throws IOException {
    channel.force(false);
    synced = end;
  }

  /**
   * Appends to {@code target} the lines that no {@link #sync()} has confirmed.
   *
   * @throws IOException if they could not be read back or written; then some may be lost
   */
  void copyUnconfirmed(EveLogFile target) throws IOException {
    while (synced < end) {
      ByteBuffer block = ByteBuffer.allocate((int) Math.min(end - synced, COPY_BYTES));
      while (block.hasRemaining() && channel.read(block, synced + block.position()) > 0) {}
      int whole = target.append(block.array(), block.position());
      IOException problem = target.failure();
      if (problem != null || whole == 0) {
        throw problem != null ? problem : new IOException("lines could not be read back");
      }
      synced += whole;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Cuts what an earlier failure left behind, and follows a truncation by somebody else. */
  private void settle() throws IOException {
    long size = channel.size();
    if (size > end) {
      channel.truncate(end);
    }
    end = Math.min(end, size);
  }

  private void cutTornLine() {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // settle() tries again before the next line, and open() if there is none in this process.
      failure = failure == null ? e : failure;
    }
  }

  private static long endOfLastLine(FileChannel channel, long size) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(TAIL_BLOCK_BYTES);
    for (long blockEnd = size; blockEnd > 0; ) {
      long start = Math.max(0, blockEnd - TAIL_BLOCK_BYTES);
      block.clear().limit((int) (blockEnd - start));
      while (block.hasRemaining() && channel.read(block, start + block.position()) > 0) {}
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          return start + i + 1;
        }
      }
      blockEnd = start;
    }
    return 0;
  }
}
