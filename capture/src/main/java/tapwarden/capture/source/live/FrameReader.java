package tapwarden.capture.source.live;

import java.io.IOException;
import tapwarden.capture.packet.FrameBatch;

/** One way to get the frames out of an opened handle. */
interface FrameReader {
  /** How long a read waits on a silent link before it returns without a frame. */
  int WAIT_MILLIS = 5;

  /**
   * Adds frames to the batch; returns after {@link #WAIT_MILLIS} at the latest when there are none.
   *
   * @return how many; may be 0
   */
  int read(FrameBatch batch) throws IOException;

  /**
   * Whether libpcap's error is that the link was switched off, which ends by itself; only libpcap
   * before 1.10 reports it.
   */
  static boolean isPassing(String error) {
    return error.contains("went down");
  }
}
