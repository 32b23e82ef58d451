package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/**
 * The ones' complement checksum of RFC 1071, over a header or over a transport packet with its
 * pseudo-header (RFC 9293 section 3.1, RFC 8200 section 8.1).
 */
final class InternetChecksum {
  private InternetChecksum() {}

  /** Sum of the 16-bit words, not folded; an odd last byte is padded with zero. */
  static long sum(MemorySegment segment, long offset, int length) {
    long sum = 0;
    int at = 0;
    for (; at + 1 < length; at += 2) {
      sum += Bytes.u16(segment, offset + at);
    }
    return at < length ? sum + (Bytes.u8(segment, offset + at) << 8) : sum;
  }

  /** Sum of the pseudo-header. */
  static long pseudo(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int protocol,
      int length) {
    return words(sourceHigh)
        + words(sourceLow)
        + words(destinationHigh)
        + words(destinationLow)
        + protocol
        + words(length);
  }

  private static long words(long bits) {
    return (bits >>> 48) + (bits >>> 32 & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits & 0xFFFF);
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded >>> 16 != 0) {
      folded = (folded & 0xFFFF) + (folded >>> 16);
    }
    return (int) folded;
  }

  /**
   * What to say of a checksum field.
   *
   * @param sum over everything, the field itself included
   */
  static String verdict(long sum, int field) {
    if (fold(sum) == 0xFFFF) {
      return "correct";
    }
    // Taking the field out of the sum leaves what it should have been, complemented.
    int right = ~fold(sum + (~field & 0xFFFF)) & 0xFFFF;
    return "wrong, should be " + Fields.hexText(right, 4);
  }
}
