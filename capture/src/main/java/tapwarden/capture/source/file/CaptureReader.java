package tapwarden.capture.source.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.Damage;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/**
 * Reads the records of one capture file, whatever its format. Blocks of the file are read straight
 * into the batch, and plain records are registered where they lie ({@link #walk}); only what is cut
 * off at the end of a block is copied. Whatever is not plain is left to {@link #readOddRecord},
 * which may look ahead as far as it needs. Both judge by the bytes of the file alone, so that the
 * frames do not depend on where blocks or batches end.
 */
abstract class CaptureReader implements PacketSource {
  static final ValueLayout.OfShort SHORT_LE =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT_LE =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** A block is read at once when the batch has the frames for it: fits the second-level cache. */
  private static final int MAX_BLOCK_BYTES = 256 << 10;

  private static final int MIN_BLOCK_BYTES = 4 << 10;

  /** Records longer than this are put together in the window and copied once. */
  private static final int LONG_RECORD_BYTES = 32 << 10;

  /** Why {@link #walk} stopped. */
  enum Stop {
    /** The batch takes no more. */
    FULL,
    /** The next record is not all there; {@link #neededBytes} says how much of it must be. */
    SHORT,
    /** The next record is not a plain one. */
    ODD
  }

  final ByteWindow window;
  final InterfaceList interfaces;
  int neededBytes;

  private final DamageLog damage = new DamageLog();
  private final String name;
  private final ReadableByteChannel channel;
  private final boolean waits;
  private Stop stop = Stop.SHORT;
  private boolean finished;
  private int recordBytes = 128;
  private long frames;
  private long firstNanos;
  private long lastNanos;
  private volatile boolean interrupted;

  CaptureReader(CaptureInput input) {
    name = input.name();
    channel = input.channel();
    window = input.window();
    interfaces = input.interfaces();
    waits = input.waits();
  }

  /**
   * Adds the plain records between {@code from} and {@code to} to the batch and tells with {@link
   * #stopped} why it ended.
   *
   * @param inPlace true if {@code segment} is the batch's own, so that nothing is copied
   * @return where the first record starts that was not added
   */
  abstract int walk(MemorySegment segment, int from, int to, FrameBatch batch, boolean inPlace);

  /**
   * Deals with what lies at the window's position and is not plain: adds at most one frame, or
   * skips something, or {@link #finish}es. The batch has room for the longest frame.
   */
  abstract void readOddRecord(FrameBatch batch);

  final int stopped(Stop why, int position) {
    stop = why;
    return position;
  }

  /** There is nothing more to read. */
  final void finish() {
    IOException failure = window.failure();
    if (failure != null) {
      damaged(
          window.offset(),
          -1,
          "reading stopped before the end: " + CaptureFormatException.reason(failure));
    }
    finished = true;
  }

  /** Bytes of which no record could be made. */
  final void damaged(long offset, long bytes, String why) {
    if (!interrupted) {
      damage.add(offset, bytes, why);
    }
  }

  /** A record whose header can be read but whose frame cannot be used. */
  final void damagedRecord(long offset, long bytes, String why) {
    if (!interrupted) {
      damage.addRecord(offset, bytes, why);
    }
  }

  @Override
  public final int read(FrameBatch batch) {
    int start = batch.size();
    boolean more = !batch.isFull();
    while (more && !finished && !interrupted) {
      more = advance(batch) && !batch.isFull() && !(waits && batch.size() > start);
    }
    int added = batch.size() - start;
    if (added > 0) {
      firstNanos = frames == 0 ? batch.timestampNanos(start) : firstNanos;
      lastNanos = batch.timestampNanos(batch.size() - 1);
      frames += added;
      return added;
    }
    return finished || interrupted ? END : 0;
  }

  /** One step; false if the batch has no room for another. */
  private boolean advance(FrameBatch batch) {
    int end = walk(window.segment(), window.position(), window.limit(), batch, false);
    window.skip(end - window.position());
    if (stop == Stop.FULL) {
      return false;
    }
    if (stop == Stop.ODD || window.ended()) {
      boolean room = batch.data().byteSize() - batch.usedBytes() >= FrameBatch.MAX_FRAME_BYTES;
      if (room) {
        readOddRecord(batch);
      }
      return room;
    }
    if (neededBytes > LONG_RECORD_BYTES) {
      window.ensure(neededBytes);
      return true;
    }
    return readBlock(batch);
  }

  /** Reads a block behind the frames of the batch, led by what the window still holds. */
  private boolean readBlock(FrameBatch batch) {
    int start = batch.usedBytes();
    int tail = window.remaining();
    int room = (int) batch.data().byteSize() - start - tail;
    if (room < MIN_BLOCK_BYTES) {
      return false;
    }
    MemorySegment.copy(window.segment(), window.position(), batch.data(), start, tail);
    int read = window.readInto(batch.dataBuffer(), start + tail, Math.min(room, blockBytes(batch)));
    if (read == 0) {
      return true;
    }
    int limit = start + tail + read;
    int before = batch.size();
    int end = walk(batch.data(), start, limit, batch, true);
    window.clear(window.offset() + end - start);
    window.load(batch.data(), end, limit - end);
    if (batch.size() > before) {
      recordBytes = (end - start) / (batch.size() - before) + 1;
    }
    return stop != Stop.FULL;
  }

  /** About as much as the batch has frames for, so that little has to be kept for the next. */
  private int blockBytes(FrameBatch batch) {
    long wanted = (long) recordBytes * (batch.maxFrames() - batch.size());
    return Math.clamp(wanted, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean isLive() {
    return false;
  }

  @Override
  public final List<CaptureInterface> interfaces() {
    return interfaces.list();
  }

  @Override
  public final SourceStatistics statistics() {
    return new SourceStatistics(0, 0, 0, 0, damage.records());
  }

  /** Frames handed out so far. */
  final long frames() {
    return frames;
  }

  /** Stamp of the first frame; 0 before it. */
  final long firstNanos() {
    return firstNanos;
  }

  /** Stamp of the last frame handed out. */
  final long lastNanos() {
    return lastNanos;
  }

  /** What could not be used so far, by offset. */
  public final List<Damage> damage() {
    return damage.list();
  }

  /** Records so far that had a readable header but no usable frame. */
  public final long damagedRecords() {
    return damage.records();
  }

  @Override
  public final void interrupt() {
    interrupted = true;
    if (!waits) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // Closing only wakes up a read that waits; the flag ends it in any case.
    }
  }

  @Override
  public final void close() throws IOException {
    channel.close();
  }
}
