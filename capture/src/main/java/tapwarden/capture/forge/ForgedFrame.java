package tapwarden.capture.forge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame and when it was "captured".
 *
 * @param timestampNanos nanoseconds since 1970-01-01 UTC
 * @param bytes what was captured; not to be changed
 * @param wireLength how long the frame was on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ForgedFrame(long timestampNanos, byte[] bytes, int wireLength) {
  /** A frame that was captured whole. */
  public ForgedFrame(long timestampNanos, byte[] bytes) {
    this(timestampNanos, bytes, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ForgedFrame frame
        && timestampNanos == frame.timestampNanos
        && wireLength == frame.wireLength
        && Arrays.equals(bytes, frame.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(timestampNanos) + Arrays.hashCode(bytes);
  }
}
