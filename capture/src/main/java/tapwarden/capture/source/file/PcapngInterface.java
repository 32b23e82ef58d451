package tapwarden.capture.source.file;

/**
 * An interface of a pcapng section as its packets need it (draft-ietf-opsawg-pcapng, section 4.2):
 * its link type and how its stamps become nanoseconds since 1970.
 */
final class PcapngInterface {
  /** The latest stamp, in 2116: all later ones become it, so that adding a timeout is safe. */
  static final long LATEST_NANOS = Long.MAX_VALUE / 2;

  /** Value of if_tsresol that holds without the option: microseconds. */
  static final int DEFAULT_RESOLUTION = 6;

  private static final int BINARY = 0x80;
  private static final int NANOS_EXPONENT = 9;
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  final int linkType;
  final int index;
  final int snapLengthBytes;
  private final long multiplier;
  private final long largestTicks;
  private final long divisor;
  private final int binaryDigits;
  private final long offsetNanos;

  /**
   * @param index in the running list of interfaces
   * @param snapLengthBytes 0 for unlimited
   * @param resolution value of if_tsresol: a negative power of 10, or of 2 if bit 7 is set
   * @param offsetSeconds value of if_tsoffset
   */
  PcapngInterface(
      int linkType, int index, int snapLengthBytes, int resolution, long offsetSeconds) {
    this.linkType = linkType;
    this.index = index;
    this.snapLengthBytes = snapLengthBytes;
    int exponent = resolution & ~BINARY;
    boolean binary = (resolution & BINARY) != 0;
    binaryDigits = binary ? exponent : -1;
    multiplier = exponent <= NANOS_EXPONENT ? powerOfTen(NANOS_EXPONENT - exponent) : 0;
    largestTicks = multiplier == 0 ? 0 : LATEST_NANOS / multiplier;
    divisor = exponent > NANOS_EXPONENT ? powerOfTen(exponent - NANOS_EXPONENT) : 1;
    offsetNanos =
        NANOS_A_SECOND
            * Math.clamp(
                offsetSeconds, -LATEST_NANOS / NANOS_A_SECOND, LATEST_NANOS / NANOS_A_SECOND);
  }

  /**
   * Nanoseconds since 1970, from 0 to {@link #LATEST_NANOS}.
   *
   * @param ticks unsigned
   */
  long nanos(long ticks) {
    long nanos;
    if (binaryDigits >= 0) {
      nanos = binaryNanos(ticks);
    } else if (multiplier == 0) {
      nanos = Long.divideUnsigned(ticks, divisor);
    } else {
      nanos = ticks < 0 || ticks > largestTicks ? LATEST_NANOS : ticks * multiplier;
    }
    nanos = nanos < 0 || nanos > LATEST_NANOS ? LATEST_NANOS : nanos;
    return Math.clamp(nanos + offsetNanos, 0, LATEST_NANOS);
  }

  private long binaryNanos(long ticks) {
    if (binaryDigits >= Long.SIZE) {
      return 0;
    }
    long seconds = binaryDigits == 0 ? ticks : ticks >>> binaryDigits;
    if (seconds < 0 || seconds >= LATEST_NANOS / NANOS_A_SECOND) {
      return LATEST_NANOS;
    }
    long fraction = binaryDigits == 0 ? 0 : ticks << (Long.SIZE - binaryDigits);
    return seconds * NANOS_A_SECOND + Math.unsignedMultiplyHigh(fraction, NANOS_A_SECOND);
  }

  /** Saturates beyond 10^18: no stamp of such a resolution reaches a nanosecond's worth of use. */
  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < Math.min(exponent, 18); i++) {
      power *= 10;
    }
    return power;
  }
}
