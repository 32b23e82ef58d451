package tapwarden.inspect.codec.http;

/**
 * What Brotli may cost a worker. A content of a few bytes can ask for a window of megabytes, which
 * has to be cleared each time: windows are paid for with the bytes that came, so that a flood of
 * small contents is refused rather than decoded.
 */
final class BrotliAllowance {
  /** Bytes of windows that may be made before anything was earned. */
  static final long MOST_BYTES = 256L << 20;

  /** Bytes of window that a coded byte earns. */
  static final int EARNED_A_BYTE = 1_024;

  private long left = MOST_BYTES;

  void earn(int codedBytes) {
    left = Math.min(MOST_BYTES, left + (long) codedBytes * EARNED_A_BYTE);
  }

  /** False if it is too dear. */
  boolean spend(long windowBytes) {
    if (windowBytes > left) {
      return false;
    }
    left -= windowBytes;
    return true;
  }
}
