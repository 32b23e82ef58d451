package tapwarden.capture.ring;

import tapwarden.capture.packet.FrameBatch;

/**
 * Decides, on the capture thread, which worker gets which frame, and which notices go between them.
 * Its answer is a pure function of the frames so far and the configuration, so that live and replay
 * agree.
 */
public interface BatchPlanner {
  /** Assigns every frame of a full, numbered batch before it is handed over. */
  void plan(FrameBatch batch);

  /**
   * Called on a silent live link now and then: adds notices to an empty batch, or does nothing.
   *
   * @param empty a batch whose first number is that of the next frame
   * @param monotonicNanos the present, on the scale of {@link FrameBatch#handedOverNanos()}
   * @return true if the batch should be handed over for the sake of its notices
   */
  default boolean planIdle(FrameBatch empty, long monotonicNanos) {
    return false;
  }
}
