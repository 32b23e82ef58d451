package tapwarden.capture.source.live;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.RawPacketListener;
import tapwarden.capture.packet.FrameBatch;

/**
 * Reads by pcap4j's own {@code dispatch}, for when its native handle cannot be reached: about ten
 * times as expensive as {@link NativeFrameReader}, and it allocates for every frame.
 */
final class Pcap4jFrameReader implements FrameReader {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final String name;
  private final PcapHandle handle;
  private final int linkType;

  /** Frames that the batch had no room for; never more than one batch holds. */
  private final ArrayDeque<Kept> overflow = new ArrayDeque<>();

  private record Kept(MemorySegment bytes, int wireLength, long nanos) {}

  Pcap4jFrameReader(String name, PcapHandle handle, int linkType) {
    this.name = name;
    this.handle = handle;
    this.linkType = linkType;
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    int before = batch.size();
    while (!overflow.isEmpty() && append(batch, overflow.peekFirst())) {
      overflow.removeFirst();
    }
    if (overflow.isEmpty() && !batch.isFull()) {
      dispatch(batch, before);
    }
    return batch.size() - before;
  }

  private void dispatch(FrameBatch batch, int before) throws IOException {
    try {
      RawPacketListener listener = bytes -> take(batch, bytes);
      int count = handle.dispatch(batch.maxFrames() - batch.size(), listener);
      if (count == 0 && batch.size() == before) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (PcapNativeException | NotOpenException failed) {
      if (FrameReader.isPassing(String.valueOf(failed.getMessage()))) {
        LockSupport.parkNanos(PAUSE_NANOS);
        return;
      }
      throw new CaptureException(
          CaptureException.Reason.INTERFACE_LOST,
          "%s can no longer be read: %s".formatted(name, failed.getMessage()),
          failed);
    } catch (InterruptedException broken) {
      // pcap4j reports breakLoop so; the source's own flag decides what follows.
      Thread.currentThread().interrupt();
    }
  }

  /** Called for each frame on the reading thread; pcap4j would swallow anything thrown here. */
  private void take(FrameBatch batch, byte[] bytes) {
    Timestamp stamp = handle.getTimestamp();
    long nanos = Math.floorDiv(stamp.getTime(), 1_000L) * NANOS_A_SECOND + stamp.getNanos();
    Kept kept = new Kept(MemorySegment.ofArray(bytes), handle.getOriginalLength(), nanos);
    if (!overflow.isEmpty() || !append(batch, kept)) {
      overflow.addLast(kept);
    }
  }

  private boolean append(FrameBatch batch, Kept kept) {
    int captured = (int) Math.min(kept.bytes.byteSize(), FrameBatch.MAX_FRAME_BYTES);
    return batch.append(kept.bytes, 0, captured, kept.wireLength, kept.nanos, linkType, 0);
  }
}
