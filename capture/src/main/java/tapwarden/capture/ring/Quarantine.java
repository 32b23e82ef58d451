package tapwarden.capture.ring;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.source.file.PcapngWriter;

/**
 * Keeps the frames whose inspection failed, each with what went wrong as its comment, in one pcapng
 * file that is made when the first such frame comes. Bounded: beyond {@link #MAX_FRAMES} frames or
 * {@link #MAX_BYTES} bytes further frames are counted (by the ring) but not kept.
 */
public final class Quarantine implements PoisonListener, AutoCloseable {
  public static final int MAX_FRAMES = 10_000;
  public static final long MAX_BYTES = 64L << 20;

  private static final int MOST_STACK_LINES = 8;

  private final Path file;
  private final Map<Integer, Integer> interfaceByLinkType = new HashMap<>();
  private @Nullable PcapngWriter writer;
  private boolean failed;
  private long frames;

  /**
   * @param file where the frames go; its folder is made if missing
   */
  public Quarantine(Path file) {
    this.file = file;
  }

  @Override
  public synchronized void onPoison(int worker, Frame frame, Throwable problem) {
    if (failed || frames >= MAX_FRAMES) {
      return;
    }
    try {
      PcapngWriter out = writer();
      if (out.bytesWritten() >= MAX_BYTES) {
        return;
      }
      Integer known = interfaceByLinkType.get(frame.linkType());
      int index =
          known != null
              ? known
              : out.addInterface("quarantine-" + frame.linkType(), "", frame.linkType(), 0);
      interfaceByLinkType.put(frame.linkType(), index);
      out.write(index, frame, List.of("frame " + frame.number(), describe(problem)));
      out.flush();
      frames++;
    } catch (IOException | RuntimeException disk) {
      failed = true;
      FrameRing.LOG.log(
          System.Logger.Level.WARNING, "quarantine " + file + " cannot be written: " + disk);
    }
  }

  /** Frames kept so far. */
  public synchronized long frames() {
    return frames;
  }

  private PcapngWriter writer() throws IOException {
    PcapngWriter open = writer;
    if (open == null) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      open =
          new PcapngWriter(
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              "Tapwarden",
              List.of("Frames whose inspection failed; please send them to the maintainers."));
      writer = open;
    }
    return open;
  }

  /** The class and place only: a message may quote the packet. */
  private static String describe(Throwable problem) {
    StringBuilder text = new StringBuilder(problem.getClass().getName());
    StackTraceElement[] stack = problem.getStackTrace();
    for (int i = 0; i < Math.min(stack.length, MOST_STACK_LINES); i++) {
      text.append("\n  at ").append(stack[i]);
    }
    return text.toString();
  }

  @Override
  public synchronized void close() throws IOException {
    PcapngWriter open = writer;
    if (open != null) {
      writer = null;
      failed = true;
      open.close();
    }
  }
}
