package tapwarden.inspect.pipeline;

import java.util.List;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

/**
 * A finding on its way to the alert desk.
 *
 * @param frames packets from before the finding, then the packet itself; empty when this worker has
 *     sent them for the same incident already
 * @param handedOverNanos {@link System#nanoTime()} at which the packet was handed to the worker
 * @param interest where the desk says whether it wants packets after the finding
 */
record Raised(
    Finding finding, List<EvidenceFrame> frames, long handedOverNanos, Interest interest) {
  Raised {
    frames = List.copyOf(frames);
  }
}
