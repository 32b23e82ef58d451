package tapwarden.capture.source;

import java.io.IOException;
import java.util.List;
import tapwarden.capture.packet.FrameBatch;

/**
 * A stream of frames: a capture file, a live interface, a remote mirror. One thread reads it; only
 * {@link #interrupt()} may be called from another.
 */
public interface PacketSource extends AutoCloseable {
  /** What {@link #read} returns when there will never be another frame. */
  int END = -1;

  /** What a person calls this source: the interface or file name. */
  String name();

  /** True for a wire (frames are lost when nobody reads), false for a file (reading may wait). */
  boolean isLive();

  /** The interfaces frames come from, by {@code interfaceIndex}; may grow while reading. */
  List<CaptureInterface> interfaces();

  /**
   * Adds frames to the end of {@code batch}. A live source returns after at most a few milliseconds
   * even on a silent link.
   *
   * @return how many frames were added; 0 when none came in time; {@link #END} after the last
   * @throws IOException when reading failed for good; frames returned before stay good
   */
  int read(FrameBatch batch) throws IOException;

  /** The source's own account so far: kernel drops of a wire, damaged records of a file. */
  SourceStatistics statistics();

  /**
   * Makes a {@link #read} that waits in another thread return soon, and later ones {@link #END}: at
   * once, or for a wire when the frames that the kernel held at that moment have been read.
   */
  void interrupt();

  @Override
  void close() throws IOException;
}
