package tapwarden.capture.source.live;

import tapwarden.capture.packet.FrameBatch;

/**
 * How a live interface is opened.
 *
 * @param interfaceName the system's name, or {@code any}
 * @param snapLengthBytes most bytes kept of a frame. The default is the largest there is, 262,144,
 *     and costs nothing: libpcap's ring (TPACKET_V3, which it uses because immediate mode is never
 *     asked for) packs frames of any length one after the other into blocks, so that the snap
 *     length takes no room from short frames, and a segment of 64 KiB that the card has put
 *     together, whose headers exceed 65,535, is not cut
 * @param promiscuous whether frames for other stations are taken too; a mirror port needs it
 * @param bufferBytes size of the kernel's ring: what holds the frames while nobody reads. It holds
 *     time more than bytes: a block of 256 KiB is closed after {@code blockMillis} however empty it
 *     is, so 64 MiB are 256 blocks and bridge a pause of at least 2.56 s
 * @param blockMillis after how long the kernel hands over a block that is not full: the delay of a
 *     frame on a quiet link
 * @param filter libpcap filter expression; empty for none
 * @param nanoseconds ask for stamps in nanoseconds; microseconds are taken where there are none
 */
public record LiveOptions(
    String interfaceName,
    int snapLengthBytes,
    boolean promiscuous,
    int bufferBytes,
    int blockMillis,
    String filter,
    boolean nanoseconds) {
  public static final int DEFAULT_SNAP_LENGTH_BYTES = FrameBatch.MAX_FRAME_BYTES;
  public static final int DEFAULT_BUFFER_BYTES = 64 << 20;
  public static final int DEFAULT_BLOCK_MILLIS = 10;

  private static final int MINIMUM_SNAP_LENGTH_BYTES = 64;
  private static final int MINIMUM_BUFFER_BYTES = 1 << 20;
  private static final int MAXIMUM_BLOCK_MILLIS = 1_000;

  public LiveOptions {
    requireWithin(
        "snap length", snapLengthBytes, MINIMUM_SNAP_LENGTH_BYTES, FrameBatch.MAX_FRAME_BYTES);
    requireWithin("buffer bytes", bufferBytes, MINIMUM_BUFFER_BYTES, Integer.MAX_VALUE);
    // 0 would make libpcap wait for full blocks: a quiet link would never deliver a frame.
    requireWithin("block milliseconds", blockMillis, 1, MAXIMUM_BLOCK_MILLIS);
  }

  /** Everything by default: the whole frame, promiscuous, 64 MiB, nanoseconds, no filter. */
  public static LiveOptions of(String interfaceName) {
    return new LiveOptions(
        interfaceName,
        DEFAULT_SNAP_LENGTH_BYTES,
        true,
        DEFAULT_BUFFER_BYTES,
        DEFAULT_BLOCK_MILLIS,
        "",
        true);
  }

  public LiveOptions withFilter(String expression) {
    return new LiveOptions(
        interfaceName,
        snapLengthBytes,
        promiscuous,
        bufferBytes,
        blockMillis,
        expression,
        nanoseconds);
  }

  private static void requireWithin(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s %d is not between %d and %d".formatted(what, value, least, most));
    }
  }
}
