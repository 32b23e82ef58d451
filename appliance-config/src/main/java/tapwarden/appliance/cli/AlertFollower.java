package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands on the alerts that are added to {@code eve.json} from now on, over rotation and truncation:
 * what was added to the old file before it was put aside is still read from it.
 */
final class AlertFollower {
  private static final long PERIOD_MILLIS = 200;

  private final Path file;
  private final AlertLog log;
  private final Lines lines = new Lines(AlertLog.LONGEST_LINE);
  private final ByteBuffer block = ByteBuffer.allocate(1 << 16);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Pause pause;
  private @Nullable SeekableByteChannel channel;
  private @Nullable Object key;

  /** What happens between two looks at the file. */
  @FunctionalInterface
  interface Pause {
    /** Waits; whether it is over. */
    boolean isLast() throws IOException, InterruptedException;
  }

  AlertFollower(Path directory) {
    this(directory, null);
  }

  /**
   * @param pause null to wait for {@link #PERIOD_MILLIS} or {@link #stop}
   */
  AlertFollower(Path directory, @Nullable Pause pause) {
    this.pause = pause == null ? () -> stopped.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS) : pause;
    this.file = directory.resolve(AlertLog.CURRENT);
    this.log = new AlertLog(directory);
  }

  /** Makes {@link #follow} return soon. */
  void stop() {
    stopped.countDown();
  }

  /** Returns after {@link #stop}. */
  void follow(Consumer<LoggedAlert> consumer) throws IOException {
    try {
      open();
      if (channel != null) {
        channel.position(channel.size());
      }
      while (!pause.isLast()) {
        poll(consumer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void poll(Consumer<LoggedAlert> consumer) throws IOException {
    boolean replaced = !Objects.equals(key, keyOfFile());
    SeekableByteChannel open = channel;
    if (open != null) {
      if (open.size() < open.position()) {
        open.position(0);
        lines.clear();
      }
      while (open.read(block.clear()) > 0) {
        lines.add(
            block.array(), block.position(), (line, length) -> log.alert(line, length, consumer));
      }
    }
    if (replaced) {
      close();
      lines.clear();
      open();
    }
  }

  private void open() throws IOException {
    try {
      key = keyOfFile();
      channel = key == null ? null : Files.newByteChannel(file);
    } catch (NoSuchFileException justRotated) {
      key = null;
      channel = null;
    }
  }

  /** What tells the file from another of the same name; null if there is none. */
  private @Nullable Object keyOfFile() throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
