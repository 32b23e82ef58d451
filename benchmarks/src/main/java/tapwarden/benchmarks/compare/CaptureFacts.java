package tapwarden.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.RingOptions;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.SequenceSource;

/**
 * What a capture holds.
 *
 * @param bytes captured bytes of all frames
 */
record CaptureFacts(long packets, long bytes, long firstNanos, long lastNanos) {
  /** Sees each frame of a capture in order; the view is valid during the call only. */
  @FunctionalInterface
  interface FrameReader {
    void frame(Frame frame) throws IOException;
  }

  static CaptureFacts of(Path capture) throws IOException {
    return read(capture, frame -> {});
  }

  /** Shows every frame to {@code reader} and says what they were. */
  static CaptureFacts read(Path capture, FrameReader reader) throws IOException {
    FrameBatch batch =
        new FrameBatch(RingOptions.DEFAULT.batchFrames(), RingOptions.DEFAULT.batchBytes());
    Frame frame = new Frame();
    long packets = 0;
    long bytes = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    try (PacketSource source = SequenceSource.open(List.of(capture.toString()), false)) {
      while (source.read(batch) != PacketSource.END) {
        for (int i = 0; i < batch.size(); i++) {
          reader.frame(batch.frame(i, frame));
          bytes += frame.capturedLength();
          first = Math.min(first, frame.timestampNanos());
          last = Math.max(last, frame.timestampNanos());
        }
        packets += batch.size();
        batch.clear();
      }
    }
    return new CaptureFacts(packets, bytes, first, last);
  }

  /** Lines that a shell can read as assignments. */
  String asAssignments() {
    return "packets=%d%nbytes=%d%nspan_seconds=%d%n".formatted(packets, bytes, spanSeconds());
  }

  /** Time from the first to the last stamp, in whole seconds, rounded up. */
  long spanSeconds() {
    return packets == 0 ? 0 : Math.ceilDiv(lastNanos - firstNanos, 1_000_000_000L);
  }
}
