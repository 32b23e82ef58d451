package tapwarden.inspect.sink.evidence;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;

/**
 * A copy of one frame that is to go into an evidence file, cut already.
 *
 * @param bytes the bytes that are kept, from the start of the frame
 * @param wireLength bytes that the frame had on the wire
 * @param timestampNanos capture time since 1970-01-01 UTC
 * @param linkType see {@link tapwarden.capture.packet.LinkType}
 * @param interfaceName where it was captured; empty if that has no name
 * @param number number of the frame in the capture
 * @param cutComment what was cut and why; null if nothing was
 */
public record EvidenceFrame(
    MemorySegment bytes,
    int wireLength,
    long timestampNanos,
    int linkType,
    String interfaceName,
    long number,
    @Nullable String cutComment) {
  /** Copies what {@code cutter} leaves of the packet. */
  public static EvidenceFrame of(Packet packet, EvidenceCutter cutter, String interfaceName) {
    int kept = cutter.keptBytes(packet);
    return new EvidenceFrame(
        copy(packet.segment(), packet.frameOffset(), kept),
        packet.wireLength(),
        packet.timestampNanos(),
        packet.linkType(),
        interfaceName,
        packet.number(),
        EvidenceCutter.comment(
            kept, packet.capturedLength(), EvidenceCutter.carriesSubscriber(packet)));
  }

  static MemorySegment copy(MemorySegment segment, long offset, int count) {
    return MemorySegment.ofArray(segment.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE))
        .asReadOnly();
  }
}
