package tapwarden.inspect.sink.evidence;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;

/**
 * The last frames of each piece of equipment, so that evidence shows what came before an alert: one
 * off-heap block a subject, made on first use, of a table with what is known of each frame and a
 * ring of bytes, in which frames lie one after the other and long ones displace more of the older
 * ones. Recording a frame copies it and allocates nothing. A frame longer than a quarter of the
 * ring is cut, which its comment says; subjects beyond the memory limit are not remembered, which
 * {@link Counter#EVIDENCE_HISTORY_REFUSED} counts. Used by one thread.
 */
public final class EvidenceHistory {
  /** Bytes a frame by default: 32 frames of 1,518 bytes fit, or 6 of 9,018, whole. */
  public static final int DEFAULT_FRAME_BYTES = 2_048;

  /** Most memory of all rings by default; 1,024 subjects with 32 frames each. */
  public static final long DEFAULT_MAX_BYTES = 64L << 20;

  // A row of the table: what is known of a frame.
  private static final int NUMBER = 0;
  private static final int NANOS = 8;
  private static final int SOURCE_HIGH = 16;
  private static final int SOURCE_LOW = 24;
  private static final int DESTINATION_HIGH = 32;
  private static final int DESTINATION_LOW = 40;
  private static final int WIRE_LENGTH = 48;
  private static final int CAPTURED_LENGTH = 52;
  private static final int KEPT_LENGTH = 56;
  private static final int LINK_TYPE = 60;
  private static final int INTERFACE_INDEX = 64;
  private static final int IP_VERSION = 68;
  private static final int SUBSCRIBER = 72;
  private static final int START = 80;
  private static final int ROW_BYTES = 88;

  private final int framesEach;
  private final int tableBytes;
  private final int ringBytes;
  private final int longestFrameBytes;
  private final int maxSubjects;
  private final EvidenceCutter cutter;
  private final CounterBlock counters;
  private @Nullable MemorySegment[] blocks = new @Nullable MemorySegment[64];
  private long[] recorded = new long[64];
  private long[] written = new long[64];
  private int blockCount;

  /**
   * @param framesEach most frames remembered of each subject
   * @param frameBytes memory for each of them on average, above 88, of which 88 are not frame
   * @param maxBytes most bytes of all subjects together
   */
  public EvidenceHistory(
      int framesEach, int frameBytes, long maxBytes, EvidenceCutter cutter, CounterBlock counters) {
    if (framesEach < 0 || frameBytes <= ROW_BYTES || (long) framesEach * frameBytes > 1 << 30) {
      throw new IllegalArgumentException(framesEach + " frames of " + frameBytes + " bytes");
    }
    this.framesEach = framesEach;
    tableBytes = framesEach * ROW_BYTES;
    ringBytes = framesEach * (frameBytes - ROW_BYTES);
    longestFrameBytes = Math.min(ringBytes, Math.max(ringBytes / 4, frameBytes - ROW_BYTES));
    long blockBytes = Math.max(1, (long) framesEach * frameBytes);
    this.maxSubjects = (int) Math.min(Integer.MAX_VALUE / 2, maxBytes / blockBytes);
    this.cutter = cutter;
    this.counters = counters;
  }

  /** Remembers the packet's frame, forgetting the subject's oldest. */
  public void record(int subjectIndex, Packet packet) {
    if (framesEach == 0) {
      return;
    }
    MemorySegment block = subjectIndex < blocks.length ? blocks[subjectIndex] : null;
    if (block == null) {
      block = newBlock(subjectIndex);
      if (block == null) {
        counters.increment(Counter.EVIDENCE_HISTORY_REFUSED);
        return;
      }
    }
    long row = recorded[subjectIndex]++ % framesEach * ROW_BYTES;
    written[subjectIndex] += write(block, row, written[subjectIndex], packet);
  }

  /**
   * The remembered frames of a subject that the filter takes, oldest first, as copies.
   *
   * @param interfaceNames names of the interfaces by index
   */
  public List<EvidenceFrame> last(
      int subjectIndex, EvidenceFilter filter, IntFunction<String> interfaceNames) {
    List<EvidenceFrame> frames = new ArrayList<>();
    MemorySegment block = subjectIndex < blocks.length ? blocks[subjectIndex] : null;
    if (block == null) {
      return frames;
    }
    long oldest = written[subjectIndex] - ringBytes;
    long end = recorded[subjectIndex];
    for (long i = Math.max(0, end - framesEach); i < end; i++) {
      long row = i % framesEach * ROW_BYTES;
      if (block.get(JAVA_LONG, row + START) >= oldest
          && filter.test(
              block.get(JAVA_INT, row + IP_VERSION),
              block.get(JAVA_LONG, row + SOURCE_HIGH),
              block.get(JAVA_LONG, row + SOURCE_LOW),
              block.get(JAVA_LONG, row + DESTINATION_HIGH),
              block.get(JAVA_LONG, row + DESTINATION_LOW))) {
        frames.add(read(block, row, interfaceNames));
      }
    }
    return frames;
  }

  /** Answers how many bytes of the ring it took. */
  private int write(MemorySegment block, long row, long start, Packet packet) {
    int kept = Math.min(cutter.keptBytes(packet), longestFrameBytes);
    block.set(JAVA_LONG, row + NUMBER, packet.number());
    block.set(JAVA_LONG, row + NANOS, packet.timestampNanos());
    block.set(JAVA_LONG, row + SOURCE_HIGH, packet.sourceHigh());
    block.set(JAVA_LONG, row + SOURCE_LOW, packet.sourceLow());
    block.set(JAVA_LONG, row + DESTINATION_HIGH, packet.destinationHigh());
    block.set(JAVA_LONG, row + DESTINATION_LOW, packet.destinationLow());
    block.set(JAVA_INT, row + WIRE_LENGTH, packet.wireLength());
    block.set(JAVA_INT, row + CAPTURED_LENGTH, packet.capturedLength());
    block.set(JAVA_INT, row + KEPT_LENGTH, kept);
    block.set(JAVA_INT, row + LINK_TYPE, packet.linkType());
    block.set(JAVA_INT, row + INTERFACE_INDEX, packet.interfaceIndex());
    block.set(JAVA_INT, row + IP_VERSION, packet.ipVersion());
    block.set(JAVA_INT, row + SUBSCRIBER, EvidenceCutter.carriesSubscriber(packet) ? 1 : 0);
    block.set(JAVA_LONG, row + START, start);
    int at = (int) (start % ringBytes);
    int first = Math.min(kept, ringBytes - at);
    long from = packet.frameOffset();
    MemorySegment.copy(packet.segment(), from, block, tableBytes + at, first);
    MemorySegment.copy(packet.segment(), from + first, block, tableBytes, kept - first);
    return kept;
  }

  private EvidenceFrame read(MemorySegment block, long row, IntFunction<String> interfaceNames) {
    int kept = block.get(JAVA_INT, row + KEPT_LENGTH);
    int at = (int) (block.get(JAVA_LONG, row + START) % ringBytes);
    int first = Math.min(kept, ringBytes - at);
    MemorySegment bytes = MemorySegment.ofArray(new byte[kept]);
    MemorySegment.copy(block, tableBytes + at, bytes, 0, first);
    MemorySegment.copy(block, tableBytes, bytes, first, kept - first);
    return new EvidenceFrame(
        bytes.asReadOnly(),
        block.get(JAVA_INT, row + WIRE_LENGTH),
        block.get(JAVA_LONG, row + NANOS),
        block.get(JAVA_INT, row + LINK_TYPE),
        interfaceNames.apply(block.get(JAVA_INT, row + INTERFACE_INDEX)),
        block.get(JAVA_LONG, row + NUMBER),
        EvidenceCutter.comment(
            kept,
            block.get(JAVA_INT, row + CAPTURED_LENGTH),
            block.get(JAVA_INT, row + SUBSCRIBER) != 0));
  }

  /** The one place that allocates: at most once a subject. */
  private @Nullable MemorySegment newBlock(int subjectIndex) {
    if (blockCount == maxSubjects || subjectIndex > 1 << 24) {
      return null;
    }
    if (subjectIndex >= blocks.length) {
      int length = Math.max(2 * blocks.length, subjectIndex + 1);
      blocks = Arrays.copyOf(blocks, length);
      recorded = Arrays.copyOf(recorded, length);
      written = Arrays.copyOf(written, length);
    }
    blockCount++;
    MemorySegment block = Arena.ofAuto().allocate((long) tableBytes + ringBytes, 8);
    blocks[subjectIndex] = block;
    return block;
  }
}
