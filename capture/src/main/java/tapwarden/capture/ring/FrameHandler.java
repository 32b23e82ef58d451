package tapwarden.capture.ring;

import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;

/**
 * What one worker does with its frames. All calls come from that worker's thread, in stream order.
 * Whatever a call throws costs that one frame, never the worker.
 *
 * <p>Frames come in groups of up to {@link #LOOK_AHEAD}: each of a group is announced by {@link
 * #expect}, then {@link #fetch} is called once, then {@link #onFrame} for each, with the notices
 * that stand between them. So a handler can start the memory accesses of a whole group at once
 * instead of waiting for each in turn, which is what a packet mostly costs when tables are larger
 * than the caches.
 */
public interface FrameHandler {
  /** Most frames of a group. */
  int LOOK_AHEAD = 32;

  /** A batch begins. */
  default void onBatchStart(FrameBatch batch) {}

  /**
   * A frame that {@link #onFrame} will get: what can be known of it without those before it may be
   * worked out now. Notices and frames before it may not have been handled yet.
   *
   * @param place of the frame in its group, from 0, below {@link #LOOK_AHEAD}
   * @param frame the view; valid until the frame's {@link #onFrame} returns
   */
  default void expect(int place, Frame frame) {}

  /** The {@code count} frames of a group were announced: what they will touch may be fetched. */
  default void fetch(int count) {}

  /** One frame; the view is valid during the call only. */
  void onFrame(int place, Frame frame);

  /** A message that every worker sees at the same place in the stream. */
  void onNotice(Object message);

  /** The batch is done: everything up to {@code lastNumber} was seen by this worker. */
  default void onBatchEnd(FrameBatch batch, long lastNumber) {}

  /** No more batches will come. */
  default void onEnd() {}
}
