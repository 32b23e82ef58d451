package tapwarden.inspect.codec.file;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One worker's file digests, used again and again. */
public final class FileDigests {
  /** Files looked at at a time; one that finds no place is not looked at. */
  public static final int MOST_IN_USE = 2_048;

  /** What one takes: three digests with their blocks, and the first bytes. */
  public static final int BYTES_EACH = 1_536;

  private static final int MOST_IDLE = 64;

  private final ArrayDeque<FileDigest> idle = new ArrayDeque<>(MOST_IDLE);
  private int inUse;

  /** Null if too many are in use. */
  public @Nullable FileDigest take() {
    if (inUse == MOST_IN_USE) {
      return null;
    }
    inUse++;
    FileDigest digest = idle.poll();
    return digest == null ? new FileDigest() : digest;
  }

  public void give(FileDigest digest) {
    inUse--;
    if (idle.size() < MOST_IDLE) {
      digest.reset();
      idle.push(digest);
    }
  }
}
