package tapwarden.capture.packet;

import java.lang.foreign.MemorySegment;

/**
 * A view of one captured frame inside a {@link FrameBatch}: owns nothing, is moved from frame to
 * frame, and must not be kept after the call that handed it out. The bytes lie in {@link
 * #segment()} from {@link #offset()} to {@code offset() + capturedLength()}; a decoder never reads
 * beyond.
 */
public final class Frame {
  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private int capturedLength;
  private int wireLength;
  private long timestampNanos;
  private int linkType;
  private int interfaceIndex;
  private long number;

  /**
   * Points this view at {@code capturedLength} bytes of {@code segment} starting at {@code offset}.
   */
  public Frame wrap(
      MemorySegment segment,
      long offset,
      int capturedLength,
      int wireLength,
      long timestampNanos,
      int linkType,
      int interfaceIndex,
      long number) {
    this.segment = segment;
    this.offset = offset;
    this.capturedLength = capturedLength;
    this.wireLength = wireLength;
    this.timestampNanos = timestampNanos;
    this.linkType = linkType;
    this.interfaceIndex = interfaceIndex;
    this.number = number;
    return this;
  }

  public MemorySegment segment() {
    return segment;
  }

  /** Where the first byte of the frame lies in {@link #segment()}. */
  public long offset() {
    return offset;
  }

  /** Bytes that were captured (caplen); never more than {@link #wireLength()} in a sane file. */
  public int capturedLength() {
    return capturedLength;
  }

  /** Bytes that the frame had on the wire. */
  public int wireLength() {
    return wireLength;
  }

  /** Capture time in nanoseconds since 1970-01-01 UTC. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** See {@link LinkType}. */
  public int linkType() {
    return linkType;
  }

  /** Index into {@link tapwarden.capture.source.PacketSource#interfaces()}. */
  public int interfaceIndex() {
    return interfaceIndex;
  }

  /** Place of the frame in its input, from 1: what Wireshark calls the frame number. */
  public long number() {
    return number;
  }

  @Override
  public String toString() {
    return "frame %d: %d of %d bytes, link type %d, interface %d, %d ns"
        .formatted(number, capturedLength, wireLength, linkType, interfaceIndex, timestampNanos);
  }
}
