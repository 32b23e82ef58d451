package tapwarden.inspect.sink.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tapwarden.capture.source.file.PcapngWriter;
import tapwarden.inspect.sink.LogDirectory;

/** The evidence of one alert while it is written. */
final class EvidenceFile {
  /** How files are called that are not complete. */
  static final String UNFINISHED_SUFFIX = ".pcapng.part";

  /** Most bytes a block has beside frame and comment, rounded up. */
  private static final int BLOCK_OVERHEAD_BYTES = 96;

  private final String alertId;
  private final Path unfinished;
  private final Path target;
  private final FileChannel channel;
  private final PcapngWriter writer;
  private final Map<Port, Integer> ports = new HashMap<>();
  private final long begunNanos;
  private int countAfter;

  /** At first the headers are. */
  private boolean unflushed = true;

  /** Interface and link type: pcapng gives each pair a number. */
  private record Port(String interfaceName, int linkType) {}

  private EvidenceFile(
      String alertId,
      Path unfinished,
      Path target,
      FileChannel channel,
      PcapngWriter writer,
      long begunNanos) {
    this.alertId = alertId;
    this.unfinished = unfinished;
    this.target = target;
    this.channel = channel;
    this.writer = writer;
    this.begunNanos = begunNanos;
  }

  static EvidenceFile create(Path directory, String alertId, String comment, long begunNanos)
      throws IOException {
    Path unfinished = directory.resolve(alertId + UNFINISHED_SUFFIX);
    FileChannel channel = LogDirectory.openEmpty(unfinished);
    try {
      lock(channel);
      PcapngWriter writer = new PcapngWriter(channel, "Tapwarden", List.of(comment));
      return new EvidenceFile(
          alertId, unfinished, directory.resolve(alertId + ".pcapng"), channel, writer, begunNanos);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  /**
   * Tells {@link EvidenceRecovery} of another process that this file is not left over; the lock
   * goes with the process. Where the file system has no locks, nobody is told.
   */
  private static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException unsupported) {
      System.getLogger(EvidenceFile.class.getName())
          .log(System.Logger.Level.DEBUG, "evidence is written without a lock", unsupported);
    }
  }

  String alertId() {
    return alertId;
  }

  /** Packet time by the clock when the alert was raised. */
  long begunNanos() {
    return begunNanos;
  }

  /** Frames offered since {@link #beforeIsWritten()}. */
  int countAfter() {
    return countAfter;
  }

  void beforeIsWritten() {
    countAfter = 0;
  }

  void leaveOut() {
    countAfter++;
  }

  long bytes() {
    return writer.bytesWritten();
  }

  /** Bytes that a frame takes in the file, never less than it really does. */
  static long bytesOf(EvidenceFrame frame) {
    String cut = frame.cutComment();
    return frame.bytes().byteSize() + BLOCK_OVERHEAD_BYTES + (cut == null ? 0 : 3L * cut.length());
  }

  void write(EvidenceFrame frame) throws IOException {
    countAfter++;
    unflushed = true;
    Port port = new Port(frame.interfaceName(), frame.linkType());
    Integer index = ports.get(port);
    if (index == null) {
      index = writer.addInterface(port.interfaceName(), "", port.linkType(), 0);
      ports.put(port, index);
    }
    List<String> comments = new ArrayList<>(2);
    comments.add("frame " + frame.number() + " of the capture");
    if (frame.cutComment() != null) {
      comments.add(frame.cutComment());
    }
    writer.write(
        index,
        frame.timestampNanos(),
        frame.bytes(),
        0,
        (int) frame.bytes().byteSize(),
        frame.wireLength(),
        comments);
  }

  /** Hands what was written to the operating system, if that has not been done. */
  void flush() throws IOException {
    if (unflushed) {
      writer.flush();
      unflushed = false;
    }
  }

  /** Closes the file and gives it its name, in place of an older one of the same alert. */
  void complete() throws IOException {
    writer.close();
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes what was written, as far as the disk lets it be removed. */
  void discard() {
    try {
      // Not through the writer, which would try once more to write what it holds.
      channel.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // Retention removes unfinished files when they are old.
      return;
    }
  }
}
