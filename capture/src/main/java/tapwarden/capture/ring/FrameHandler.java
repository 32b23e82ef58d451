package tapwarden.capture.ring;

import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;

/**
 * What one worker does with its frames. All calls come from that worker's thread, in stream order.
 * Whatever a call throws costs that one frame, never the worker.
 */
public interface FrameHandler {
  /** A batch begins. */
  default void onBatchStart(FrameBatch batch) {}

  /** One frame; the view is valid during the call only. */
  void onFrame(Frame frame);

  /** A message that every worker sees at the same place in the stream. */
  void onNotice(Object message);

  /** The batch is done: everything up to {@code lastNumber} was seen by this worker. */
  default void onBatchEnd(FrameBatch batch, long lastNumber) {}

  /** No more batches will come. */
  default void onEnd() {}
}
