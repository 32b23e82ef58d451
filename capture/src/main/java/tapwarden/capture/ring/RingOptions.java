package tapwarden.capture.ring;

import tapwarden.capture.packet.FrameBatch;

/**
 * How frames travel from the capture thread to the workers.
 *
 * @param workers inspection threads, 1 to {@link #MAX_WORKERS}
 * @param batches batches in the ring, a power of two; what the ring can hold while a worker stalls
 * @param batchFrames most frames in one batch
 * @param batchBytes bytes one batch can hold
 * @param waiting how an idle worker waits for the next batch
 */
public record RingOptions(int workers, int batches, int batchFrames, int batchBytes, Wait waiting) {
  public static final int MAX_WORKERS = 64;
  public static final int MAX_BATCHES = 1 << 16;
  public static final int MAX_BATCH_FRAMES = 1 << 16;

  public static final RingOptions DEFAULT =
      new RingOptions(1, 32, 4096, 2 * FrameBatch.MAX_FRAME_BYTES, Wait.BLOCKING);

  /** How a worker waits. Spinning pays only on cores that nothing else runs on. */
  public enum Wait {
    BLOCKING,
    SLEEPING,
    YIELDING,
    BUSY_SPIN
  }

  public RingOptions {
    check(workers >= 1 && workers <= MAX_WORKERS, "workers must be 1 to " + MAX_WORKERS);
    check(
        Integer.bitCount(batches) == 1 && batches >= 2 && batches <= MAX_BATCHES,
        "batches must be a power of two from 2 to " + MAX_BATCHES);
    check(
        batchFrames >= 1 && batchFrames <= MAX_BATCH_FRAMES,
        "frames in a batch must be 1 to " + MAX_BATCH_FRAMES);
    check(
        batchBytes >= FrameBatch.MAX_FRAME_BYTES,
        "a batch must hold at least one frame of " + FrameBatch.MAX_FRAME_BYTES + " bytes");
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
