package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.LongFunction;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/** A wire of a million frames a second, and in the middle of them a few of another kind. */
final class FloodSource implements PacketSource {
  private static final long NANOS_A_FRAME = 1_000;

  private final long frames;
  private final LongFunction<byte[]> flood;
  private final Queue<byte[]> contacts;
  private final Runnable atEachHalf;
  private final long half;
  private long next;
  private long nanos = OneWorker.START;

  /**
   * @param flood the frame of a number; read before the next one is asked for
   * @param contacts what comes in the middle, spread over it
   * @param atEachHalf called when half of the flood is over, and behind its last frame
   */
  FloodSource(long frames, LongFunction<byte[]> flood, List<byte[]> contacts, Runnable atEachHalf) {
    this.frames = frames;
    this.flood = flood;
    this.contacts = new ArrayDeque<>(contacts);
    this.atEachHalf = atEachHalf;
    half = frames / 2;
  }

  @Override
  public int read(FrameBatch batch) {
    int before = batch.size();
    while (!batch.isFull() && next < frames) {
      byte[] contact = next >= half && next % 100 == 0 ? contacts.peek() : null;
      if (contact != null && append(batch, contact)) {
        contacts.remove();
      }
      if (batch.isFull() || !append(batch, flood.apply(next))) {
        break;
      }
      next++;
      if (next == half || next == frames) {
        atEachHalf.run();
      }
    }
    return next < frames || batch.size() > before ? batch.size() - before : END;
  }

  private boolean append(FrameBatch batch, byte[] frame) {
    boolean fits =
        batch.append(
            MemorySegment.ofArray(frame),
            0,
            frame.length,
            frame.length,
            nanos,
            LinkType.ETHERNET,
            0);
    nanos += fits ? NANOS_A_FRAME : 0;
    return fits;
  }

  @Override
  public String name() {
    return "flood";
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return List.of(new CaptureInterface("flood", LinkType.ETHERNET, 0, ""));
  }

  @Override
  public SourceStatistics statistics() {
    return SourceStatistics.NONE;
  }

  @Override
  public void interrupt() {
    next = frames;
  }

  @Override
  public void close() {}
}
