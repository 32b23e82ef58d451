package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The bytes of the datagram at hand as an array, which is what texts and events are written from.
 * One a worker, reused; it grows to what UDP carries. What lies beyond the length that was copied
 * is left of other datagrams.
 */
public final class DatagramBytes {
  /** Most bytes that are copied: what the length of UDP can say. */
  public static final int MOST_BYTES = 65_535;

  private static final int INITIAL_BYTES = 2_048;

  private byte[] bytes = new byte[INITIAL_BYTES];

  /** Copies the first {@link #MOST_BYTES}; the array is valid until the next call. */
  public byte[] copy(MemorySegment segment, long offset, int length) {
    int count = Math.min(length, MOST_BYTES);
    if (count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MOST_BYTES, Math.max(count, 2 * bytes.length)));
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, count);
    return bytes;
  }

  /** What is shown of a side's first bytes. */
  public byte[] copy(Opening opening) {
    return copy(opening.segment(), opening.offset(), opening.length());
  }
}
