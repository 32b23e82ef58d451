package tapwarden.capture.source.file;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/**
 * Several captures, one after the other, as one source: the frames of the next follow those of the
 * last, also within a batch, and interface indexes run on. An input that fails when its turn comes
 * is damage in its report and does not keep the others from being read. {@link #reports} is the
 * account of all.
 */
public final class SequenceSource implements PacketSource {
  private final List<String> paths;
  private final ReadableByteChannel standardInput;
  private final boolean digested;
  private final InputDigest digests;
  private final InterfaceList interfaces = new InterfaceList();
  private final ByteWindow window;

  /** Of inputs that are done; guarded by this. */
  private final List<Done> done = new ArrayList<>();

  /** Per input that was opened: its first interface and how many frames came before it. */
  private final List<Start> starts = new ArrayList<>();

  private volatile @Nullable OpenInput current;
  private volatile boolean interrupted;
  private int next;
  private long frames;
  private long damagedRecords;

  private record Done(InputReport report, CompletableFuture<@Nullable String> digest) {}

  private record Start(String path, int firstInterface, long framesBefore) {}

  private SequenceSource(List<String> paths, boolean digested, ReadableByteChannel standardInput) {
    this.paths = List.copyOf(paths);
    this.standardInput = standardInput;
    this.digested = digested;
    digests = new InputDigest(digested);
    window = new ByteWindow(standardInput);
  }

  /**
   * Opens the first of {@code paths}; the others are opened when their turn comes.
   *
   * @param paths as {@link CaptureFiles#expand} gives them: files, and {@code -} for standard input
   * @param digested whether the SHA-256 of the inputs is wanted
   * @throws CaptureFormatException if the first cannot be read as a capture
   */
  public static SequenceSource open(List<String> paths, boolean digested) throws IOException {
    return open(paths, digested, new FileInputStream(FileDescriptor.in).getChannel());
  }

  /**
   * Opens each of {@code paths} when its turn comes, the first too: one that is refused is damage
   * in its report.
   */
  public static SequenceSource inTurn(List<String> paths, boolean digested) {
    ReadableByteChannel standardInput = new FileInputStream(FileDescriptor.in).getChannel();
    return new SequenceSource(paths, digested, standardInput);
  }

  static SequenceSource open(
      List<String> paths, boolean digested, ReadableByteChannel standardInput) throws IOException {
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("no captures");
    }
    SequenceSource source = new SequenceSource(paths, digested, standardInput);
    try {
      source.openNext();
    } catch (IOException e) {
      source.close();
      throw e;
    }
    return source;
  }

  private void openNext() throws IOException {
    String path = paths.get(next++);
    int firstInterface = interfaces.size();
    OpenInput opened =
        CaptureFiles.STANDARD_INPUT.equals(path)
            ? OpenInput.stream(standardInput, window, interfaces, digested)
            : OpenInput.file(path, window, interfaces, digests);
    synchronized (this) {
      starts.add(new Start(path, firstInterface, frames));
    }
    current = opened;
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    while (!interrupted) {
      OpenInput input = current;
      if (input != null) {
        int read = input.reader().read(batch);
        if (read != END) {
          frames += read;
          return read;
        }
        if (!interrupted) {
          input.finish();
        }
        finish(input);
      } else if (next < paths.size()) {
        openOrReport();
      } else {
        return END;
      }
    }
    return END;
  }

  private void openOrReport() {
    try {
      openNext();
    } catch (IOException e) {
      String path = paths.get(next - 1);
      Path file = OpenInput.regularFile(path);
      CompletableFuture<@Nullable String> digest =
          file == null ? CompletableFuture.completedFuture(null) : digests.start(file);
      synchronized (this) {
        done.add(new Done(OpenInput.unreadable(path, file, e), digest));
      }
    }
  }

  private void finish(OpenInput input) throws IOException {
    current = null;
    InputReport report = input.report();
    synchronized (this) {
      damagedRecords += report.damagedRecords();
      done.add(new Done(report, input.digest()));
    }
    input.close();
  }

  /**
   * The account of every input that was opened, in order; to be asked when reading is over. Waits
   * for digests that are still being computed.
   */
  public List<InputReport> reports() {
    List<Done> all;
    synchronized (this) {
      all = List.copyOf(done);
    }
    List<InputReport> reports = new ArrayList<>();
    for (Done each : all) {
      reports.add(each.report.withSha256(each.digest.join()));
    }
    OpenInput open = current;
    if (open != null) {
      reports.add(open.report());
    }
    return reports;
  }

  /** Records of all inputs so far that had a readable header but no usable frame. */
  public long damagedRecords() {
    OpenInput open = current;
    synchronized (this) {
      return damagedRecords + (open == null ? 0 : open.reader().damagedRecords());
    }
  }

  /** The input, as {@link InputReport#path} calls it, that {@code interfaceIndex} belongs to. */
  public synchronized String path(int interfaceIndex) {
    return start(interfaceIndex).path;
  }

  /**
   * How many frames all inputs before that of {@code interfaceIndex} had: what to take from a
   * running frame number to get the number within its input, as Wireshark counts.
   */
  public synchronized long framesBefore(int interfaceIndex) {
    return start(interfaceIndex).framesBefore;
  }

  /** The last input whose first interface is not beyond. */
  private Start start(int interfaceIndex) {
    int low = 0;
    int high = starts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts.get(middle).firstInterface <= interfaceIndex) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return starts.get(low);
  }

  @Override
  public String name() {
    return paths.size() == 1 ? paths.getFirst() : paths.size() + " captures";
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return interfaces.list();
  }

  @Override
  public SourceStatistics statistics() {
    return new SourceStatistics(0, 0, 0, 0, damagedRecords());
  }

  @Override
  public void interrupt() {
    interrupted = true;
    digests.cancel();
    OpenInput open = current;
    if (open != null) {
      open.reader().interrupt();
    }
  }

  /** Gives up what was not read; digests of files that were read are still finished. */
  @Override
  public void close() throws IOException {
    OpenInput open = current;
    if (open != null) {
      finish(open);
    }
    digests.close();
  }
}
