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
 * off-heap ring a subject, made on first use. Recording a frame copies it and allocates nothing. A
 * frame longer than a slot is cut, which its comment says; subjects beyond the memory limit are not
 * remembered, which {@link Counter#EVIDENCE_HISTORY_REFUSED} counts. Used by one thread.
 */
public final class EvidenceHistory {
  /** Bytes of a slot by default: a frame of 1,518 bytes fits whole. */
  public static final int DEFAULT_SLOT_BYTES = 2_048;

  /** Most memory of all rings by default; 1,024 subjects with 32 frames each. */
  public static final long DEFAULT_MAX_BYTES = 64L << 20;

  // A slot: what is known of the frame, then its bytes.
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
  private static final int DATA = 80;

  private final int framesEach;
  private final int slotBytes;
  private final int maxSubjects;
  private final EvidenceCutter cutter;
  private final CounterBlock counters;
  private @Nullable MemorySegment[] rings = new @Nullable MemorySegment[64];
  private long[] recorded = new long[64];
  private int ringCount;

  /**
   * @param framesEach frames remembered of each subject
   * @param slotBytes bytes of a slot, a multiple of 8 above 80; 80 of them are not frame
   * @param maxBytes most bytes of all rings together
   */
  public EvidenceHistory(
      int framesEach, int slotBytes, long maxBytes, EvidenceCutter cutter, CounterBlock counters) {
    if (framesEach < 0 || slotBytes <= DATA || slotBytes % 8 != 0) {
      throw new IllegalArgumentException(framesEach + " slots of " + slotBytes + " bytes");
    }
    this.framesEach = framesEach;
    this.slotBytes = slotBytes;
    long ringBytes = Math.max(1, (long) framesEach * slotBytes);
    this.maxSubjects = (int) Math.min(Integer.MAX_VALUE / 2, maxBytes / ringBytes);
    this.cutter = cutter;
    this.counters = counters;
  }

  /** Remembers the packet's frame, forgetting the subject's oldest. */
  public void record(int subjectIndex, Packet packet) {
    if (framesEach == 0) {
      return;
    }
    MemorySegment ring = subjectIndex < rings.length ? rings[subjectIndex] : null;
    if (ring == null) {
      ring = newRing(subjectIndex);
      if (ring == null) {
        counters.increment(Counter.EVIDENCE_HISTORY_REFUSED);
        return;
      }
    }
    write(ring, recorded[subjectIndex]++ % framesEach * slotBytes, packet);
  }

  /**
   * The remembered frames of a subject that the filter takes, oldest first, as copies.
   *
   * @param interfaceNames names of the interfaces by index
   */
  public List<EvidenceFrame> last(
      int subjectIndex, EvidenceFilter filter, IntFunction<String> interfaceNames) {
    List<EvidenceFrame> frames = new ArrayList<>();
    MemorySegment ring = subjectIndex < rings.length ? rings[subjectIndex] : null;
    if (ring == null) {
      return frames;
    }
    long end = recorded[subjectIndex];
    for (long i = Math.max(0, end - framesEach); i < end; i++) {
      long slot = i % framesEach * slotBytes;
      if (filter.test(
          ring.get(JAVA_INT, slot + IP_VERSION),
          ring.get(JAVA_LONG, slot + SOURCE_HIGH),
          ring.get(JAVA_LONG, slot + SOURCE_LOW),
          ring.get(JAVA_LONG, slot + DESTINATION_HIGH),
          ring.get(JAVA_LONG, slot + DESTINATION_LOW))) {
        frames.add(read(ring, slot, interfaceNames));
      }
    }
    return frames;
  }

  private void write(MemorySegment ring, long slot, Packet packet) {
    int kept = Math.min(cutter.keptBytes(packet), slotBytes - DATA);
    ring.set(JAVA_LONG, slot + NUMBER, packet.number());
    ring.set(JAVA_LONG, slot + NANOS, packet.timestampNanos());
    ring.set(JAVA_LONG, slot + SOURCE_HIGH, packet.sourceHigh());
    ring.set(JAVA_LONG, slot + SOURCE_LOW, packet.sourceLow());
    ring.set(JAVA_LONG, slot + DESTINATION_HIGH, packet.destinationHigh());
    ring.set(JAVA_LONG, slot + DESTINATION_LOW, packet.destinationLow());
    ring.set(JAVA_INT, slot + WIRE_LENGTH, packet.wireLength());
    ring.set(JAVA_INT, slot + CAPTURED_LENGTH, packet.capturedLength());
    ring.set(JAVA_INT, slot + KEPT_LENGTH, kept);
    ring.set(JAVA_INT, slot + LINK_TYPE, packet.linkType());
    ring.set(JAVA_INT, slot + INTERFACE_INDEX, packet.interfaceIndex());
    ring.set(JAVA_INT, slot + IP_VERSION, packet.ipVersion());
    ring.set(JAVA_INT, slot + SUBSCRIBER, EvidenceCutter.carriesSubscriber(packet) ? 1 : 0);
    MemorySegment.copy(packet.segment(), packet.frameOffset(), ring, slot + DATA, kept);
  }

  private static EvidenceFrame read(
      MemorySegment ring, long slot, IntFunction<String> interfaceNames) {
    int kept = ring.get(JAVA_INT, slot + KEPT_LENGTH);
    return new EvidenceFrame(
        EvidenceFrame.copy(ring, slot + DATA, kept),
        ring.get(JAVA_INT, slot + WIRE_LENGTH),
        ring.get(JAVA_LONG, slot + NANOS),
        ring.get(JAVA_INT, slot + LINK_TYPE),
        interfaceNames.apply(ring.get(JAVA_INT, slot + INTERFACE_INDEX)),
        ring.get(JAVA_LONG, slot + NUMBER),
        EvidenceCutter.comment(
            kept,
            ring.get(JAVA_INT, slot + CAPTURED_LENGTH),
            ring.get(JAVA_INT, slot + SUBSCRIBER) != 0));
  }

  /** The one place that allocates: at most once a subject. */
  private @Nullable MemorySegment newRing(int subjectIndex) {
    if (ringCount == maxSubjects || subjectIndex > 1 << 24) {
      return null;
    }
    if (subjectIndex >= rings.length) {
      int length = Math.max(2 * rings.length, subjectIndex + 1);
      rings = Arrays.copyOf(rings, length);
      recorded = Arrays.copyOf(recorded, length);
    }
    ringCount++;
    MemorySegment ring = Arena.ofAuto().allocate((long) framesEach * slotBytes, 8);
    rings[subjectIndex] = ring;
    return ring;
  }
}
