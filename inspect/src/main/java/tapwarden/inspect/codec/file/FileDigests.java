package tapwarden.inspect.codec.file;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;

/** One worker's file digests, used again and again, within its budget of memory. */
public final class FileDigests {
  /** Files looked at at a time; one that finds no place is not looked at. */
  public static final int MOST_IN_USE = 2_048;

  /** What one takes: three digests with their blocks, and the first bytes. */
  public static final int BYTES_EACH = 1_536;

  private static final int MOST_IDLE = 64;

  private final ArrayDeque<FileDigest> idle = new ArrayDeque<>(MOST_IDLE);
  private final StreamMemory memory;
  private int inUse;

  public FileDigests(StreamMemory memory) {
    this.memory = memory;
  }

  /** Null if too many are in use, or the budget is spent. */
  public @Nullable FileDigest take() {
    if (inUse == MOST_IN_USE || !memory.take(BYTES_EACH)) {
      return null;
    }
    inUse++;
    FileDigest digest = idle.poll();
    return digest == null ? new FileDigest() : digest;
  }

  public void give(FileDigest digest) {
    inUse--;
    memory.give(BYTES_EACH);
    if (idle.size() < MOST_IDLE) {
      digest.reset();
      idle.push(digest);
    }
  }
}
