package tapwarden.capture.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #maxFrames()} frames that lie one after the other in one off-heap segment: what a
 * source fills, the ring hands over and the workers read. Allocated once, reused for ever.
 *
 * <p>A source either copies frames in with {@link #append} (live) or reads a block of a file
 * straight into {@link #data()} and registers the frames where they lie with {@link #register} (no
 * copy). The producer then numbers the frames, assigns each to a worker and may put notices between
 * frames: messages that every worker must see at exactly that place in the stream.
 */
public final class FrameBatch {
  /**
   * Largest frame that is accepted; longer records are damage. libpcap's largest default snaplen.
   */
  public static final int MAX_FRAME_BYTES = 262_144;

  /** Most headers of a frame end before. */
  private static final int HEADERS_BYTES = 64;

  private final MemorySegment data;
  private final ByteBuffer dataBuffer;
  private final int maxFrames;
  private final int[] offset;
  private final int[] capturedLength;
  private final int[] wireLength;
  private final long[] timestampNanos;
  private final int[] linkType;
  private final int[] interfaceIndex;
  private final int[] rejectedBefore;
  private int rejected;
  private int size;
  private int used;
  private long firstNumber;
  private long handedOverNanos;

  private int workers;
  private int[][] assigned = new int[0][];
  private int[] assignedCount = new int[0];
  private final List<Notice> notices = new ArrayList<>(4);

  /** A message for every worker, to be handled before the frame at {@code beforeFrame}. */
  public record Notice(int beforeFrame, Object message) {}

  /**
   * @param maxFrames most frames in the batch
   * @param dataBytes capacity of the segment in bytes; at least {@link #MAX_FRAME_BYTES}
   */
  public FrameBatch(int maxFrames, int dataBytes) {
    if (maxFrames < 1 || dataBytes < MAX_FRAME_BYTES) {
      throw new IllegalArgumentException("batch of " + maxFrames + " frames in " + dataBytes);
    }
    this.maxFrames = maxFrames;
    // Lives as long as the batch: the ring's batches live as long as the process.
    data = Arena.ofAuto().allocate(dataBytes, 64);
    dataBuffer = data.asByteBuffer();
    offset = new int[maxFrames];
    capturedLength = new int[maxFrames];
    wireLength = new int[maxFrames];
    timestampNanos = new long[maxFrames];
    linkType = new int[maxFrames];
    interfaceIndex = new int[maxFrames];
    rejectedBefore = new int[maxFrames];
  }

  public int maxFrames() {
    return maxFrames;
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == maxFrames;
  }

  /** The segment that holds the frames; sources that read blocks write into it directly. */
  public MemorySegment data() {
    return data;
  }

  /**
   * {@link #data()} as a buffer, for channels. Its position and limit belong to the source that is
   * reading; nobody else looks at them.
   */
  public ByteBuffer dataBuffer() {
    return dataBuffer;
  }

  /** Where the unused rest of {@link #data()} starts, rounded up to 8 bytes. */
  public int usedBytes() {
    return used;
  }

  /** Forgets all frames, assignments and notices. */
  public void clear() {
    size = 0;
    used = 0;
    rejected = 0;
    workers = 0;
    notices.clear();
  }

  /**
   * Copies a frame to the end of the batch.
   *
   * @return false if the batch has no room for it; nothing was changed then
   */
  public boolean append(
      MemorySegment source,
      long sourceOffset,
      int captured,
      int wire,
      long nanos,
      int link,
      int interfaceIndex) {
    if (size == maxFrames || captured > data.byteSize() - used) {
      return false;
    }
    MemorySegment.copy(source, sourceOffset, data, used, captured);
    register(used, captured, wire, nanos, link, interfaceIndex);
    return true;
  }

  /**
   * Registers a frame that already lies in {@link #data()}. The caller checked {@link #isFull()}.
   */
  public void register(
      int offsetInData, int captured, int wire, long nanos, int link, int interfaceIndex) {
    int i = size++;
    offset[i] = offsetInData;
    capturedLength[i] = captured;
    wireLength[i] = wire;
    timestampNanos[i] = nanos;
    linkType[i] = link;
    this.interfaceIndex[i] = interfaceIndex;
    rejectedBefore[i] = rejected;
    used = Math.max(used, (offsetInData + captured + 7) & ~7);
  }

  /**
   * Puts the frame at {@code from} in the place {@code to} before it; its bytes stay where they
   * lie. How a filter closes the gaps that rejected frames leave.
   */
  public void move(int from, int to) {
    offset[to] = offset[from];
    capturedLength[to] = capturedLength[from];
    wireLength[to] = wireLength[from];
    timestampNanos[to] = timestampNanos[from];
    linkType[to] = linkType[from];
    interfaceIndex[to] = interfaceIndex[from];
    rejectedBefore[to] = rejectedBefore[from] + from - to;
  }

  /**
   * Forgets the frames from {@code newSize} on, which a filter rejected: they keep their numbers;
   * {@link #append} uses their room again.
   */
  public void truncate(int newSize) {
    rejected += size - newSize;
    size = newSize;
    int end = newSize == 0 ? 0 : offset[newSize - 1] + capturedLength[newSize - 1];
    used = Math.min(used, (end + 7) & ~7);
  }

  /** Adds {@code by} to the interface index of the frames from {@code from} on. */
  public void shiftInterfaces(int from, int by) {
    for (int i = from; i < size; i++) {
      interfaceIndex[i] += by;
    }
  }

  public int linkType(int index) {
    return linkType[index];
  }

  /** Number of the first frame, rejected or not; the others follow. */
  public long firstNumber() {
    return firstNumber;
  }

  public void firstNumber(long number) {
    firstNumber = number;
  }

  /** Number of the frame at {@code index}: frames that a filter rejected count too. */
  public long number(int index) {
    return firstNumber + index + rejectedBefore[index];
  }

  /** Frames that a filter took out of this batch. */
  public int rejected() {
    return rejected;
  }

  /** Number of the last frame, rejected or not. */
  public long lastNumber() {
    return firstNumber + size + rejected - 1;
  }

  /** {@link System#nanoTime()} of the hand-over; for latency only. */
  public long handedOverNanos() {
    return handedOverNanos;
  }

  public void handedOverNanos(long nanos) {
    handedOverNanos = nanos;
  }

  public long timestampNanos(int index) {
    return timestampNanos[index];
  }

  public int capturedLength(int index) {
    return capturedLength[index];
  }

  public int wireLength(int index) {
    return wireLength[index];
  }

  /** Points {@code view} at the frame at {@code index}. */
  public Frame frame(int index, Frame view) {
    return view.wrap(
        data,
        offset[index],
        capturedLength[index],
        wireLength[index],
        timestampNanos[index],
        linkType[index],
        interfaceIndex[index],
        number(index));
  }

  /**
   * Reads where a frame's headers lie, to be called for several frames before any is decoded so
   * that the accesses overlap; the answer means nothing.
   */
  public long touch(int index) {
    int end = capturedLength[index] - 1;
    long at = offset[index];
    return end < 0
        ? 0
        : data.get(ValueLayout.JAVA_BYTE, at)
            + data.get(ValueLayout.JAVA_BYTE, at + Math.min(end, HEADERS_BYTES));
  }

  /** Starts assigning frames to {@code workers}; without it every frame is worker 0's. */
  public void beginAssignment(int workers) {
    if (assigned.length < workers) {
      assigned = new int[workers][maxFrames];
      assignedCount = new int[workers];
    }
    java.util.Arrays.fill(assignedCount, 0);
    this.workers = workers;
  }

  /** Gives the frame at {@code index} to {@code worker}; indexes must rise. */
  public void assign(int index, int worker) {
    assigned[worker][assignedCount[worker]++] = index;
  }

  /** How many frames are {@code worker}'s. */
  public int assignedCount(int worker) {
    if (workers == 0) {
      return worker == 0 ? size : 0;
    }
    return assignedCount[worker];
  }

  /** Index in the batch of the {@code nth} frame of {@code worker}. */
  public int assignedIndex(int worker, int nth) {
    return workers == 0 ? nth : assigned[worker][nth];
  }

  /**
   * Puts a message before the frame at {@code beforeFrame} (or {@link #size()}: after the last).
   */
  public void addNotice(int beforeFrame, Object message) {
    notices.add(new Notice(beforeFrame, message));
  }

  public int noticeCount() {
    return notices.size();
  }

  public @Nullable Notice notice(int index) {
    return index < notices.size() ? notices.get(index) : null;
  }
}
