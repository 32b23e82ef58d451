package tapwarden.capture.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the SHA-256 of files on one thread of its own, one file after the other: a second
 * sequential read, which finds what the replay reads in the page cache.
 */
final class InputDigest implements AutoCloseable {
  private static final int BLOCK_BYTES = 256 << 10;

  private final @Nullable ExecutorService thread;
  private volatile boolean cancelled;

  InputDigest(boolean wanted) {
    thread =
        wanted
            ? Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("input-digest").factory())
            : null;
  }

  /** Whether digests are wanted at all. */
  boolean isWanted() {
    return thread != null;
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Starts on {@code file}; the result is null if it is not wanted, not readable or cancelled. */
  CompletableFuture<@Nullable String> start(Path file) {
    if (thread == null) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.supplyAsync(() -> digest(file), thread);
  }

  private @Nullable String digest(Path file) {
    MessageDigest digest = newDigest();
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    byte[] bytes = new byte[BLOCK_BYTES];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (!cancelled && channel.read(block) >= 0) {
        int length = block.flip().remaining();
        block.get(bytes, 0, length).clear();
        digest.update(bytes, 0, length);
      }
    } catch (IOException e) {
      return null;
    }
    return cancelled ? null : hex(digest);
  }

  /** Gives up what is not done yet. */
  void cancel() {
    cancelled = true;
  }

  /** Lets the files that were started be finished; the thread ends then. */
  @Override
  public void close() {
    if (thread != null) {
      thread.shutdown();
    }
  }
}
