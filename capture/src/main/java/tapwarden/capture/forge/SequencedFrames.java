package tapwarden.capture.forge;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.packet.Frame;

/**
 * Small UDP frames that carry a magic word and a 64-bit sequence number, so that a test can say by
 * set, not by sum, which frames arrived. The frames of one sender differ in the number alone; the
 * UDP checksum is absent (0), so that a sender can write the number into a template.
 */
public final class SequencedFrames {
  /** Where the number lies in a frame: Ethernet 14, IPv4 20, UDP 8, magic 8. */
  public static final int NUMBER_OFFSET = 50;

  public static final int FRAME_BYTES = NUMBER_OFFSET + Long.BYTES;

  /** UDP discard (RFC 863). */
  public static final int PORT = 9;

  /** {@link #numberOf} of a frame that is not one of these. */
  public static final long FOREIGN = -1;

  private static final long MAGIC = 0x5461_7077_6172_6465L; // "Tapwarde"
  private static final ValueLayout.OfLong BIG_ENDIAN_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SequencedFrames() {}

  /** The frame with this number. */
  public static byte[] frame(long number) {
    return Forge.frame(
        Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
        Forge.ipv4("10.0.0.1", "10.0.0.2"),
        Forge.udp(40_000, PORT).checksum(0),
        Forge.payload(new Octets().u64(MAGIC).u64(number).toArray()));
  }

  /** Frames {@code first} to {@code first + count - 1}, {@code gapNanos} apart. */
  public static List<ForgedFrame> frames(long first, int count, long startNanos, long gapNanos) {
    List<ForgedFrame> frames = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      frames.add(new ForgedFrame(startNanos + i * gapNanos, frame(first + i)));
    }
    return frames;
  }

  /** The number a captured frame carries, or {@link #FOREIGN}. Allocates nothing. */
  public static long numberOf(Frame frame) {
    return frame.capturedLength() < FRAME_BYTES
        ? FOREIGN
        : numberAt(frame.segment(), frame.offset());
  }

  /** The number of the frame that starts at {@code offset} and has {@link #FRAME_BYTES} bytes. */
  public static long numberAt(MemorySegment segment, long offset) {
    long magic = segment.get(BIG_ENDIAN_LONG, offset + NUMBER_OFFSET - Long.BYTES);
    return magic == MAGIC ? segment.get(BIG_ENDIAN_LONG, offset + NUMBER_OFFSET) : FOREIGN;
  }
}
