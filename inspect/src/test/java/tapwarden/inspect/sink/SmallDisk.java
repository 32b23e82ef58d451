package tapwarden.inspect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A tmpfs of 256 KiB, for tests of what happens when a disk is full; needs root. */
public final class SmallDisk implements AutoCloseable {
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /**
   * Mounts the disk over {@code directory}; the test is skipped aloud where that is not allowed.
   */
  public static SmallDisk mount(Path directory) {
    if (!run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString())) {
      System.err.println("SKIPPED: a full disk cannot be tried without the right to mount one");
      abort("mounting a tmpfs is not allowed here");
    }
    return new SmallDisk(directory);
  }

  /** Fills the disk to the last byte. */
  public void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(root.resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** Frees what {@link #fill} took. */
  public void free() throws IOException {
    Files.delete(root.resolve("filler"));
  }

  @Override
  public void close() {
    if (!run("umount", root.toString())) {
      run("umount", "-l", root.toString());
    }
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
